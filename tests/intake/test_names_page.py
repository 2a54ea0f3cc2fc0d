"""The names of all medicines come first, on one page; then each has a page of its own, then the list."""

import re
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.document import MOST_ENTRIES
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import buttons, summary, words

pytestmark = pytest.mark.django_db

SLUG = "medicines-tried"
PAGE = INTAKE.by_slug[SLUG]
MEMORY = reverse("intake:memory", args=[SLUG])
NAMES = {"drug-1": "sertraline", "drug-2": "the yellow one", "drug-3": ""}
BEFORE = "highs"
NOTHING = "Medicines: write a name, or choose one of the answers below"
BOTH = "Medicines: you wrote a name and chose “I never took one”. Keep one of them"


def opened(client: Client) -> str:
    return client.get(pat.address(SLUG)).content.decode()


def posted(client: Client, **told: str) -> HttpResponse:
    """The page as it is shown now, sent with ``told`` (dashes written as two underscores)."""
    html = opened(client)
    hidden = dict(re.findall(r'type="hidden" name="(stem|boxes)" value="(\w+)"', html))
    return client.post(pat.address(SLUG), hidden | {k.replace("__", "-"): v for k, v in told.items()})


def send(client: Client, told: Mapping[str, str], **more: str) -> HttpResponse:
    return posted(client, **{**told, **more})


def drugs(client: Client) -> list[str] | None:
    entries = pat.draft_of(client).entries(PAGE)
    return entries and [entry["drug"] for entry in entries]


def entry_address(client: Client, place: int) -> str:
    return reverse("intake:entry", args=[SLUG, pat.draft_of(client).entry_keys(PAGE)[place]])


def test_three_boxes_the_choices_and_the_buttons_stand_on_the_page(client):
    pat.begin(client)
    html = opened(client)
    assert "Which medicines have you ever taken for depression?" in words(html)
    assert [name for name in pat.shown(client.get(pat.address(SLUG))) if name.startswith("drug")] == [
        "drug-1", "drug-2", "drug-3",
    ]  # fmt: skip
    own = html[html.index('id="main"') :]
    assert buttons(own) == ["add", "continue", "memory"]


def test_enter_in_a_box_goes_on_and_does_not_press_back(client):
    """A browser presses the first button that belongs to the form, wherever it stands."""
    pat.begin(client)
    own = re.findall(r'<button[^>]*form="answers"[^>]*name="(\w+)"', opened(client))
    assert own == ["continue", "leave", "leave", "leave"]


def test_names_come_first_then_the_page_of_each_then_the_list(client):
    pat.begin(client)
    answer = send(client, NAMES)
    assert drugs(client) == ["sertraline", "the yellow one"]
    assert answer.url == entry_address(client, 0)
    first = client.get(answer.url).content.decode()
    assert "Medicine 1 of 2." in words(first) and "<title>" in first
    assert re.search(r"<h1[^>]*>sertraline \(Zoloft\)</h1>", first)
    assert re.search(r"<title>\s*Medicine 1 of 2\s", first), "a title never names a medicine"
    answer = client.post(answer.url, {**pat.MEDICINE})
    assert answer.url == entry_address(client, 0) + "more/"
    answer = client.post(answer.url, {**pat.MEDICINE_MORE})
    assert answer.url == entry_address(client, 1)
    second = client.get(answer.url).content.decode()
    assert "Medicine 2 of 2." in words(second) and re.search(r"<h1[^>]*>the yellow one</h1>", second)
    answer = client.post(answer.url, {"drug": "the yellow one", "when_taken": "before"})
    assert answer.url == pat.address(SLUG)
    assert "You told us about 2 medicines" in words(opened(client))


def test_the_list_asks_for_the_details_that_are_still_to_come(client):
    draft = pat.begin(client)
    send(client, NAMES)
    assert pat.send(client).status_code == 422
    assert client.post(pat.address(SLUG), {"more": "no"}).url == entry_address(client, 0)
    for _each in range(2):
        client.post(entry_address(client, _each), {"drug": f"drug {_each}"})
        second = entry_address(client, _each) + "more/"
        assert client.post(pat.address(SLUG), {"more": "no"}).url == second
        client.post(second, {})
    following = INTAKE.pages[INTAKE.pages.index(PAGE) + 1]
    assert client.post(pat.address(SLUG), {"more": "no"}).url == pat.address(following.slug)
    draft.refresh_from_db()
    assert SLUG in draft.saved_pages() and draft.waiting(PAGE) == []


def test_the_page_of_a_medicine_left_untouched_says_nothing_of_it(client):
    draft = pat.begin(client)
    send(client, NAMES)
    client.post(entry_address(client, 0), {"drug": "sertraline", "dose_mg": "", "later": "1"})
    draft.refresh_from_db()
    assert draft.entries(PAGE) == [{"drug": "sertraline"}, {"drug": "the yellow one"}]
    assert len(draft.waiting(PAGE)) == 2


def test_a_removed_medicine_is_not_waited_for(client):
    pat.begin(client)
    send(client, NAMES)
    client.post(entry_address(client, 0) + "remove/")
    assert client.post(pat.address(SLUG), {"more": "no"}).url == entry_address(client, 0)
    assert drugs(client) == ["the yellow one"]


def test_sent_twice_nothing_is_added_twice(client):
    pat.begin(client)
    told = {**NAMES, "stem": "0123456789abcd", "boxes": "3"}
    first = client.post(pat.address(SLUG), told)
    assert client.post(pat.address(SLUG), told).url == first.url
    assert drugs(client) == ["sertraline", "the yellow one"]
    client.post(pat.address(SLUG), {**told, "drug-2": "Cymbalta"})  # after Back, the name was corrected
    assert drugs(client) == ["sertraline", "Cymbalta"]
    client.post(pat.address(SLUG), {**told, "drug-1": "", "drug-2": ""})  # a blank takes nothing out
    assert drugs(client) == ["sertraline", "Cymbalta"]


def test_a_finished_list_stays_finished_when_its_names_come_once_more(client):
    draft = pat.begin(client)
    told = {"drug-1": "Zoloft", "stem": "0" * 14}
    client.post(pat.address(SLUG), told)
    client.post(entry_address(client, 0), {"drug": "Zoloft", "when_taken": "before"})
    client.post(pat.address(SLUG), {"more": "no"})
    assert client.post(pat.address(SLUG), told).url == pat.address(SLUG)
    draft.refresh_from_db()
    assert SLUG in draft.saved_pages()


def test_the_same_name_from_another_tab_or_in_two_boxes_is_one_medicine(client):
    pat.begin(client)
    client.post(pat.address(SLUG), {"drug-1": "Zoloft", "drug-2": "zoloft", "stem": "0" * 14})
    client.post(pat.address(SLUG), {"drug-1": "ZOLOFT", "drug-2": "Prozac", "stem": "1" * 14})
    assert drugs(client) == ["Zoloft", "Prozac"]


def test_more_boxes_keep_what_is_typed_and_save_nothing_yet(client):
    draft = pat.begin(client)
    answer = send(client, {**NAMES, "drug-3": "  <i>  "}, add="1", instead="unknown")
    shown = pat.shown(answer)
    assert [shown[f"drug-{n}"] for n in (1, 2, 3, 4, 6)] == [
        ["sertraline"],
        ["the yellow one"],
        ["  <i>  "],
        [""],
        [""],
    ]
    assert "drug-7" not in shown and shown["instead"] == ["unknown"]
    assert re.search(r'name="drug-4"[^>]*autofocus', answer.content.decode())
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN
    client.post(pat.address(SLUG), {"drug-1": "a", "drug-6": "b", "boxes": "6"})
    assert drugs(client) == ["a", "b"]


def test_there_are_no_more_boxes_than_a_list_holds(client):
    pat.begin(client)
    answer = client.post(pat.address(SLUG), {"boxes": str(MOST_ENTRIES - 1), "add": "1"})
    assert f"drug-{MOST_ENTRIES}" in pat.shown(answer) and f"drug-{MOST_ENTRIES + 1}" not in pat.shown(answer)
    assert "add" not in buttons(answer.content.decode())


@pytest.mark.parametrize("boxes", ["", "-1", "²", "1e9", "99999999999", "999"])
def test_any_number_of_boxes_may_be_claimed(client, boxes):
    pat.begin(client)
    for more in ({}, {"add": "1"}):
        told = {"boxes": boxes, "stem": "<b>", "drug-2": "x" * 600, **more}
        assert client.post(pat.address(SLUG), told).status_code == 200


@pytest.mark.parametrize(
    ("chosen", "stored", "leads"),
    [
        ("never", [], pat.address("other-treatments")),
        ("unknown", None, MEMORY),
        ("not_sure", None, MEMORY),
    ],
)
def test_without_a_name_one_of_the_answers_is_enough(client, chosen, stored, leads):
    draft = pat.begin(client)
    assert send(client, {"instead": chosen}).url == leads
    draft.refresh_from_db()
    assert draft.entries(PAGE) == stored
    assert (SLUG in draft.saved_pages()) is (stored == [])


@pytest.mark.parametrize("told", [{"memory": "1"}, {"instead": "unknown"}, {"instead": "not_sure"}])
def test_names_are_kept_on_the_way_to_those_that_may_help(client, told):
    pat.begin(client)
    assert send(client, NAMES, **told).url == MEMORY
    assert drugs(client) == ["sertraline", "the yellow one"]


def test_never_is_shown_again_and_can_be_taken_back(client):
    draft = pat.begin(client)
    send(client, {"instead": "never"})
    assert pat.shown(client.get(pat.address(SLUG)))["instead"] == ["never"]
    send(client, {"instead": "not_sure"})
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN
    send(client, {"instead": "never"})
    send(client, {"drug-1": "Zoloft"})
    assert drugs(client) == ["Zoloft"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, NOTHING),
        ({"drug-1": "  "}, NOTHING),
        ({"drug-2": "Zoloft", "instead": "never"}, BOTH),
        (
            {"instead": "nothing of it"},
            "“Or, if you have no name to write”: choose from the answers on this page",
        ),
    ],
)
def test_an_error_says_what_to_do_and_keeps_what_is_typed(client, told, said):
    draft = pat.begin(client)
    answer = send(client, told)
    assert answer.status_code == 200
    assert summary(answer.content.decode()) == [said]
    assert said in words(answer.content.decode().split("</ul>", 1)[1]), "the same words stand at the field"
    shown = pat.shown(answer)
    assert all(shown[name] == [value] for name, value in told.items() if name.startswith("drug"))
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


def test_never_does_not_take_out_what_another_tab_has_named(client):
    pat.begin(client)
    send(client, {"drug-1": "Zoloft"})
    assert client.post(pat.address(SLUG), {"instead": "never"}).url == entry_address(client, 0)
    assert drugs(client) == ["Zoloft"]


@pytest.mark.parametrize(
    ("button", "leads"),
    [("tasks", reverse("intake:tasks")), ("later", reverse("intake:later")), ("back", pat.address(BEFORE))],
)
@pytest.mark.parametrize("instead", ["", "never"])
def test_each_button_that_leaves_saves_the_names(client, button, leads, instead):
    draft = pat.begin(client)
    answer = send(client, NAMES, instead=instead, **{button: "1"})
    assert answer.url == leads
    assert drugs(client) == ["sertraline", "the yellow one"]
    text = words(client.get(reverse("intake:tasks")).content.decode())
    assert ("it was not clear" in text) is bool(instead)
    draft.refresh_from_db()
    assert SLUG not in draft.saved_pages()


@pytest.mark.parametrize("button", ["tasks", "later", "back"])
def test_an_untouched_page_is_left_without_a_word(client, button):
    draft = pat.begin(client)
    assert send(client, {"drug-1": ""}, **{button: "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN and draft.saved_pages() == []


def test_from_the_check_page_names_and_details_lead_back_to_it(client):
    pat.fill(client)
    answer = client.post(pat.address(SLUG) + "?return=check", NAMES)
    for place in range(2):
        assert answer.url == entry_address(client, place) + "?return=check"
        answer = client.post(answer.url, {"drug": f"drug {place}"})
        assert answer.url == entry_address(client, place) + "more/?return=check"
        answer = client.post(answer.url, {})
    assert answer.url == pat.address(SLUG) + "?return=check"
    assert client.post(answer.url, {"more": "no"}).url == reverse("intake:check")
    assert client.post(pat.address(SLUG) + "?return=check", {"back": "1", "drug-1": ""}).url == reverse(
        "intake:check"
    )


def test_a_list_that_is_full_says_so(client):
    pat.begin(client)
    for number in range(MOST_ENTRIES):
        pat.add(client, SLUG, f"{number:016x}", drug=f"drug {number}")
    answer = client.post(pat.address(SLUG), {"drug-1": "Zoloft"})
    said = f"Medicines: {MOST_ENTRIES} is the most. Write the others in a message after you send"
    assert summary(answer.content.decode()) == [said]
    assert len(drugs(client) or []) == MOST_ENTRIES


def test_names_typed_on_a_page_that_can_not_be_saved_are_given_back(client):
    pat.fill(client)
    pat.send(client)
    answer = client.post(pat.address(SLUG), NAMES)
    assert answer.status_code == 409
    text = words(answer.content.decode())
    assert "sertraline" in text and "the yellow one" in text


def test_a_page_open_too_long_gives_the_names_back():
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/").content.decode())[1]
    client.post(reverse("intake:start"), {"csrfmiddlewaretoken": token})
    answer = client.post(pat.address(SLUG), {**NAMES, "instead": "unknown", "csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403
    shown = pat.shown(answer)
    assert (shown["drug-1"], shown["drug-2"], shown["instead"]) == (
        ["sertraline"],
        ["the yellow one"],
        ["unknown"],
    )
    assert "open for a long time" in words(answer.content.decode())
