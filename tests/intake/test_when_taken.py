"""When a medicine was taken is one question; what only matters during this depression has a page of its own."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from intake.questionnaire.when_taken import STANDS_FOR, WHEN_TAKEN, when_taken, with_when
from tests.intake import pat
from tests.intake.screen import words

SLUG = "medicines-tried"
ENTRY = reverse("intake:entry", args=[SLUG, pat.KEY])
MORE = reverse("intake:more", args=[SLUG, pat.KEY])
LIST = pat.address(SLUG)


def trial(client: Client) -> dict:
    (entry,) = pat.draft_of(client).answers["antidepressants"]["trials"]
    return entry


def first_page(client: Client, **changes: str):
    if "intake" not in client.session:
        pat.begin(client)
    return client.post(ENTRY, {**pat.MEDICINE, **changes})


def test_each_answer_stands_for_two_and_is_found_again() -> None:
    assert set(STANDS_FOR) == set(WHEN_TAKEN.values)
    for chosen in STANDS_FOR:
        assert (
            when_taken(with_when({"drug": "x", "still_taking": "no", "this_episode": "yes"}, chosen))
            == chosen
        )


@pytest.mark.parametrize(
    "entry",
    [{}, {"still_taking": "yes"}, {"still_taking": "yes", "this_episode": "no"}, {"this_episode": "yes"}],
)
def test_what_none_of_the_four_says_is_not_put_into_anybodys_mouth(entry: dict) -> None:
    assert when_taken(entry) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "stored", "leads"),
    [
        ("still", ("yes", "yes"), MORE),
        ("stopped", ("no", "yes"), MORE),
        ("before", ("no", "no"), LIST),
        ("not_sure", (None, "not_sure"), MORE),
        ("", (None, None), MORE),
    ],
)
def test_the_second_page_follows_unless_it_was_only_before(client, chosen, stored, leads):
    assert first_page(client, when_taken=chosen).url == leads
    assert (trial(client).get("still_taking"), trial(client).get("this_episode")) == stored
    assert pat.shown(client.get(ENTRY)).get("when_taken", [""]) == [chosen]


@pytest.mark.django_db
def test_still_taken_asks_for_warning_signs_and_not_why_it_was_stopped(client):
    first_page(client, when_taken="still")
    page = words(client.get(MORE).content.decode())
    assert "Since you started it or the dose changed" in page
    assert "reason you stopped" not in page and "When did you stop it?" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["stopped", "not_sure"])
def test_all_else_asks_why_it_was_stopped_and_not_for_warning_signs(client, chosen):
    first_page(client, when_taken=chosen)
    page = words(client.get(MORE).content.decode())
    assert "What was the main reason you stopped?" in page and "When did you stop it?" in page
    assert "dose changed" not in page


@pytest.mark.django_db
def test_the_second_page_is_called_by_the_name_and_its_title_is_not(client):
    first_page(client)
    page = client.get(MORE).content.decode()
    assert re.search(r"<h1[^>]*>sertraline \(Zoloft\), during this depression</h1>", page)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title and "Medicine 1 of 1, during this depression" in " ".join(title[1].split())
    assert "sertraline" not in title[1]
    assert client.post(MORE, {"leave": "back"}).url == ENTRY


@pytest.mark.django_db
def test_each_page_leaves_what_the_other_asks(client):
    first_page(client, dose_choice="other", dose_mg="100-150")
    client.post(MORE, pat.MEDICINE_MORE)
    both = trial(client)
    assert (both["dose_typed"], both["stopped"], both["side_effects"]) == ("100-150", "2026", "dry mouth")
    first_page(client, dose_choice="other", dose_mg="100-150")
    assert trial(client) == both
    client.post(MORE, {**pat.MEDICINE_MORE, "side_effects": ""})
    assert trial(client) == {key: value for key, value in both.items() if key != "side_effects"}


@pytest.mark.django_db
def test_no_answer_about_when_leaves_what_was_stored(client):
    first_page(client, when_taken="still")
    first_page(client, when_taken="")
    assert trial(client)["still_taking"] == "yes"


@pytest.mark.django_db
def test_another_answer_takes_out_what_hangs_on_the_one_before(client):
    first_page(client, when_taken="still")
    client.post(MORE, {**pat.MEDICINE_MORE, "warning_signs": ["worse"]})
    assert trial(client)["warning_signs"] == ["worse"] and "stopped_because" not in trial(client)
    first_page(client, when_taken="not_sure")
    assert "warning_signs" not in trial(client) and "still_taking" not in trial(client)
    client.post(MORE, pat.MEDICINE_MORE)
    assert trial(client)["stopped_because"] == "no_benefit"
    first_page(client, when_taken="still")
    assert "stopped_because" not in trial(client) and "stopped" not in trial(client)


@pytest.mark.django_db
def test_who_leaves_keeps_when_it_was(client):
    first_page(client, when_taken="still")
    answer = client.post(ENTRY, {**pat.MEDICINE, "dose_mg": "half", "when_taken": "not_sure", "tasks": "1"})
    assert answer.url == reverse("intake:tasks")
    assert "still_taking" not in trial(client) and trial(client)["this_episode"] == "not_sure"


@pytest.mark.django_db
@pytest.mark.parametrize("button", ["tasks", "later"])
def test_who_stops_before_the_second_page_goes_on_with_it(client, button):
    pat.fill(client, leaving_out=[SLUG])
    first_page(client)
    assert client.post(MORE, {"taken_most_days": "yes", button: "1"}).url == reverse(f"intake:{button}")
    assert trial(client)["taken_most_days"] == "yes"
    assert f'href="{MORE}"' in client.get(reverse("intake:tasks")).content.decode()
    client.post(MORE, pat.MEDICINE_MORE)
    assert MORE not in client.get(reverse("intake:tasks")).content.decode()


@pytest.mark.django_db
def test_a_fault_folded_away_is_open(client):
    first_page(client)
    page = client.post(MORE, {**pat.MEDICINE_MORE, "started": "last spring"}).content.decode()
    assert re.search(r"<details[^>]*\bopen>", page) and 'value="last spring"' in page
    assert not re.search(r"clinic-fold\"[^>]*\bopen", client.get(MORE).content.decode())


OTHER_KEY = "fedcba9876543210"


def added(client: Client, **told: str) -> dict:
    first_page(client)
    pat.add(client, SLUG, OTHER_KEY, drug="Lexapro 20", when_taken="before")
    client.post(MORE, {**pat.MEDICINE_MORE, "added_to_another": "yes", **told})
    return pat.draft_of(client).answers["antidepressants"]["trials"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "stored", "shown"),
    [
        ({"added_to_one": "Lexapro 20"}, "Lexapro 20", ("Lexapro 20", "")),
        ({"added_to_one": "other", "added_to": "Prozac"}, "Prozac", ("other", "Prozac")),
        ({"added_to": "Prozac"}, "Prozac", ("other", "Prozac")),
        ({"added_to_one": "Lexapro 20", "added_to": "x" * 600}, "Lexapro 20", ("Lexapro 20", "")),
        ({"added_to_one": "one that was renamed"}, "one that was renamed", ("other", "one that was renamed")),
        ({"added_to_one": "other"}, None, (None, "")),
    ],
)
def test_what_it_was_added_to_is_chosen_or_written(client, told, stored, shown):
    assert added(client, **told).get("added_to") == stored
    page = client.get(MORE)
    assert "Lexapro (escitalopram)" in words(page.content.decode())
    held = pat.shown(page)
    assert (held.get("added_to_one", [None])[0], held["added_to"][0]) == shown


@pytest.mark.django_db
def test_the_only_medicine_has_a_box_for_what_it_was_added_to(client):
    first_page(client)
    page = client.get(MORE).content.decode()
    assert "added_to_one" not in page and page.count('name="added_to"') == 1
    assert page.count("clinic-reveal-1") == 2, "the medicine it was added to, and the side effects"


@pytest.mark.django_db
def test_a_fault_out_of_sight_holds_nobody_up_and_takes_nothing_out(client):
    first_page(client)
    client.post(MORE, {**pat.MEDICINE_MORE, "stopped_because": "side_effects"})
    long = {**pat.MEDICINE_MORE, "stopped_because": "cost", "side_effects": "x" * 600}
    assert client.post(MORE, long).status_code == 302
    assert (trial(client)["stopped_because"], trial(client)["side_effects"]) == ("cost", "dry mouth")
    assert client.post(MORE, {**long, "stopped_because": "side_effects"}).status_code == 200


@pytest.mark.django_db
def test_side_effects_of_what_is_still_taken_are_under_the_fold(client):
    first_page(client, when_taken="still")
    page = client.get(MORE).content.decode()
    assert "side_effects" in page[page.index("clinic-fold") : page.index("</details>")]


@pytest.mark.django_db
def test_the_second_page_of_what_is_gone_or_was_only_before_leads_to_the_list(client):
    pat.begin(client)
    assert client.get(MORE).url == LIST
    answer = client.post(MORE, pat.MEDICINE_MORE)
    assert answer.url == LIST
    assert "taken out of your list" in words(client.get(LIST).content.decode())
    first_page(client, when_taken="before")
    assert client.get(MORE).url == LIST
    client.post(MORE, {"side_effects": "from a tab that was open"})
    assert trial(client)["side_effects"] == "from a tab that was open"
    assert client.get(reverse("intake:more", args=["therapies", pat.KEY])).status_code == 404


@pytest.mark.django_db
def test_a_page_that_was_open_since_both_were_one_is_taken_whole(client):
    pat.begin(client)
    old = {
        "drug": "sertraline",
        "dose_mg": "50",
        "still_taking": "no",
        "this_episode": "yes",
        **pat.MEDICINE_MORE,
    }
    client.post(ENTRY, old)
    assert trial(client)["stopped_because"] == "no_benefit" and trial(client)["still_taking"] == "no"


@pytest.mark.django_db
def test_a_name_is_changed_under_a_fold_and_asked_at_once_where_it_is_not_known(client):
    pat.begin(client)
    assert "Change the name" not in client.get(ENTRY).content.decode()
    first_page(client)
    assert "Change the name" in client.get(ENTRY).content.decode()
    first_page(client, drug="Prozac")
    assert trial(client)["drug"] == "Prozac"
    assert "Change the name" not in first_page(client, drug="").content.decode()
