"""Two tabs, the Back button, a page left open too long: nothing is lost and nothing is there twice."""

import pytest
from django.test import Client
from django.urls import reverse

from intake import document
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import summary, words

pytestmark = pytest.mark.django_db

OTHER_KEY = "fedcba9876543210"


def entries(draft, slug: str) -> list[dict]:
    draft.refresh_from_db()
    return draft.entries(INTAKE.by_slug[slug]) or []


def test_two_pages_saved_from_two_tabs_are_both_kept(client):
    draft = pat.begin(client)
    other = Client()
    other.cookies = client.cookies
    pat.save(client, "reason")
    pat.save(other, "now")
    pat.save(client, "past")
    draft.refresh_from_db()
    assert set(draft.answers) == {"about", "reason", "history", "safety"}


def test_two_pages_of_one_questionnaire_saved_in_any_order_are_both_kept(client):
    draft = pat.begin(client)
    pat.save(client, "thoughts", **{"safety-cssrs-q2": "yes"})
    pat.save(client, "past")
    pat.save(client, "plans")
    pat.save(client, "thoughts", **{"safety-cssrs-q1": "declined", "safety-cssrs-q2": "yes"})
    draft.refresh_from_db()
    assert draft.answers["safety"]["cssrs"] == {
        "q1": "declined", "q2": "yes", "q3": "no", "q4": "no", "q5": "no", "q6": "no",
    }  # fmt: skip


def test_a_cleared_answer_is_taken_out(client):
    draft = pat.begin(client)
    pat.save(client, "visits")
    client.post(pat.address("visits"), {"practical-insurer": "Example Health"})
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN | {"practical": {"insurer": "Example Health"}}


def test_starting_again_in_the_same_browser_goes_on_with_the_same_draft(client):
    draft = pat.begin(client)
    assert pat.begin(client) == draft
    assert "Go on with your form" in words(client.get("/").content.decode())


def test_starting_again_after_sending_begins_a_new_form(client):
    first = pat.fill(client)
    pat.send(client)
    assert pat.begin(client) != first


@pytest.mark.parametrize("slug", pat.ENTRIES)
def test_an_entry_sent_again_with_back_is_there_once(client, slug):
    draft = pat.begin(client)
    for _time in range(3):
        assert pat.add(client, slug).url == pat.address(slug)
    assert len(entries(draft, slug)) == 1
    pat.add(client, slug, OTHER_KEY)
    assert len(entries(draft, slug)) == 2


def test_an_entry_sent_again_with_changes_is_changed(client):
    draft = pat.begin(client)
    pat.add(client, "medicines-tried")
    pat.add(client, "medicines-tried", OTHER_KEY, drug="venlafaxine")
    pat.add(client, "medicines-tried", dose_mg="200")
    told = entries(draft, "medicines-tried")
    assert [(entry["drug"], entry["dose_mg"]) for entry in told] == [
        ("sertraline", 200),
        ("venlafaxine", 150),
    ]


def test_an_entry_is_shown_again_as_it_was_saved(client):
    pat.begin(client)
    pat.add(client, "medicines-tried")
    shown = pat.shown(client.get(reverse("intake:entry", args=["medicines-tried", pat.KEY])))
    assert {name: values[0] for name, values in shown.items()} == pat.MEDICINE


def test_an_entry_removed_twice_is_gone_once(client):
    draft = pat.begin(client)
    pat.add(client, "allergies")
    pat.add(client, "allergies", OTHER_KEY, substance="nuts")
    address = reverse("intake:remove", args=["allergies", pat.KEY])
    assert "penicillin" in words(client.get(address).content.decode())
    for _time in range(2):
        assert client.post(address).url == pat.address("allergies")
    assert [entry["substance"] for entry in entries(draft, "allergies")] == ["nuts"]
    assert client.get(address).url == pat.address("allergies")


def test_the_last_entry_removed_leaves_the_question_open(client):
    draft = pat.begin(client)
    pat.add(client, "allergies")
    client.post(reverse("intake:remove", args=["allergies", pat.KEY]))
    draft.refresh_from_db()
    assert draft.entries(INTAKE.by_slug["allergies"]) is None


@pytest.mark.parametrize("key", ["0" * 15, "0" * 17, "ABCDEF0123456789", "../../../etc", "zzzzzzzzzzzzzzzz"])
def test_an_entry_key_that_makes_no_sense_is_not_found(client, key):
    pat.begin(client)
    assert client.get(f"/intake/allergies/{key}/").status_code == 404
    assert client.post(f"/intake/allergies/{key}/remove/").status_code == 404


def test_no_and_not_sure_say_different_things_about_a_list(client):
    draft = pat.begin(client)
    pat.save(client, "allergies", more="not_sure")
    assert draft.entries(INTAKE.by_slug["allergies"]) is None
    pat.save(client, "allergies", more="no")
    draft.refresh_from_db()
    assert draft.entries(INTAKE.by_slug["allergies"]) == []


def test_no_more_entries_keeps_the_ones_there_are(client):
    draft = pat.begin(client)
    pat.add(client, "allergies")
    pat.save(client, "allergies", more="no")
    assert len(entries(draft, "allergies")) == 1


def test_a_full_list_says_so_and_keeps_what_was_typed(client):
    draft = pat.begin(client)
    for number in range(document.MOST_ENTRIES):
        pat.add(client, "allergies", f"{number:016x}", substance=f"pollen {number}")
    response = pat.add(client, "allergies", OTHER_KEY, substance="cats")
    assert response.status_code == 200
    assert summary(response.content.decode()) == [
        f"Allergies, and two more questions: {document.MOST_ENTRIES} is the most. "
        "Write the others in a message after you send"
    ]
    assert pat.shown(response)["substance"] == ["cats"]
    assert len(entries(draft, "allergies")) == document.MOST_ENTRIES
    assert pat.add(client, "allergies", f"{7:016x}", substance="dust").status_code == 302


# --- A safety token that no longer fits -----------------------------------------------------------------


@pytest.fixture
def strict(db) -> Client:
    """A browser with a draft whose open pages have become stale."""
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    token = client.cookies["csrftoken"].value
    client.post("/", {"csrfmiddlewaretoken": token})
    return client


@pytest.mark.parametrize(
    "slug", [slug for slug in pat.PAGES if slug not in pat.ENTRIES and slug not in pat.BRINGS_UP]
)
def test_a_stale_page_is_not_saved_and_keeps_what_was_typed(strict, slug):
    draft = pat.draft_of(strict)
    response = pat.save(strict, slug)
    assert response.status_code == 403
    assert "Your answers are still here" in words(response.content.decode())
    shown = pat.shown(response)
    for name, value in pat.answered(slug).items():
        assert [each.replace("\r\n", "\n") for each in shown[name]] == (
            value if isinstance(value, list) else [value]
        )
    draft.refresh_from_db()
    assert draft.answers == {}
    again = {**pat.answered(slug), "csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(pat.address(slug), again).status_code == 302


@pytest.mark.parametrize("slug", pat.ENTRIES)
def test_a_stale_entry_is_not_saved_and_keeps_what_was_typed(strict, slug):
    response = pat.add(strict, slug)
    assert response.status_code == 403
    assert {name: values[0] for name, values in pat.shown(response).items()} == pat.ENTRIES[slug]
    assert entries(pat.draft_of(strict), slug) == []


def test_where_somebody_is_now_outlives_a_stale_page(strict):
    told = {"safety-where_now": "12 Elm St", "safety-number_today": "212 555 0101"}
    response = strict.post(reverse("intake:help", args=["mood"]), told)
    assert response.status_code == 403
    assert {name: values[0].strip() for name, values in pat.shown(response).items()} == told
    assert "Your answers are still here" in words(response.content.decode())
