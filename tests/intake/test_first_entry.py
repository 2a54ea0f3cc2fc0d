"""A list of which an earlier page says that there is something to tell: its first entry is asked at once."""

import pytest
from django.test import Client

from intake.questionnaire.intake import INTAKE
from tests.intake import pat

pytestmark = pytest.mark.django_db
PAGE = INTAKE.by_slug["therapies"]
TOLD = pat.ENTRIES["therapies"]


@pytest.fixture
def entry(client) -> str:
    """The address at which the first therapy is asked."""
    pat.begin(client)
    pat.save(client, "other-treatments")
    found = client.get(pat.address("therapies"))
    assert found.status_code == 302 and found.url.startswith(pat.address("therapies"))
    return found.url


def stored(client: Client) -> list:
    return pat.draft_of(client).entries(PAGE) or []


def test_who_told_of_one_goes_on_to_the_next_page(client, entry):
    gone = client.post(entry, TOLD)
    assert gone.url == pat.address("medicines-now")
    assert len(stored(client)) == 1 and "therapies" in pat.draft_of(client).saved_pages()


def test_another_one_is_asked_by_a_button(client, entry):
    assert "Add another therapy" in client.get(entry).content.decode()
    second = client.post(entry, {**TOLD, "more": "yes"}).url
    assert second != entry and second.startswith(pat.address("therapies"))
    assert client.post(second, {**TOLD, "type": "emdr"}).url == pat.address("medicines-now")
    assert [each["type"] for each in stored(client)] == ["cbt", "emdr"]


def test_who_remembers_nothing_is_not_held_up(client, entry):
    assert client.post(entry, {}).url == pat.address("medicines-now")
    draft = pat.draft_of(client)
    assert "therapies" in draft.saved_pages() and "therapy" not in draft.answers["other_treatments"]


def test_one_that_is_begun_is_asked_for_its_kind(client, entry):
    assert client.post(entry, {"sessions": "9"}).status_code == 200
    assert stored(client) == []


def test_the_way_back_from_the_first_leads_past_the_list_and_from_another_to_it(client, entry):
    assert client.post(entry, {**TOLD, "leave": "back"}).url == pat.address("other-treatments")
    second = client.post(entry, {**TOLD, "more": "yes"}).url
    assert client.post(second, {**TOLD, "leave": "back"}).url == pat.address("therapies")
    assert client.get(pat.address("therapies")).status_code == 200  # what was told, to read
