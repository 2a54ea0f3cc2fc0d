"""The language button on the pages of lists: what can't be kept yet stays in its box, unjudged."""

import pytest

from tests.intake import pat
from tests.intake.screen import summary
from tests.intake.test_ways_out import BOTH, SPANISH, spanish

pytestmark = pytest.mark.django_db


@BOTH
def test_an_unclear_number_of_others_stays_under_its_tick(client):
    pat.begin(client)
    pat.add(client, "medicines-tried")
    told = {"asked": "1", "others": ["yes"], "antidepressants-more_not_remembered": "a few"}
    page = client.post(pat.address("medicines-tried"), {**told, **SPANISH})
    assert spanish(page) and summary(page.content.decode()) == []
    assert pat.shown(page)["antidepressants-more_not_remembered"] == ["a few"]


@BOTH
def test_a_row_without_a_name_stays_where_it_is(client):
    pat.begin(client)
    told = {"rows": "2", "more": "yes", "dose-1": "10 mg"}
    page = client.post(pat.address("medicines-now"), {**told, **SPANISH})
    assert spanish(page) and summary(page.content.decode()) == []
    assert pat.shown(page)["dose-1"] == ["10 mg"]


def test_a_language_given_on_the_page_that_once_asked_it_is_still_the_one_to_speak(client):
    draft = pat.begin(client)
    draft.language, draft.progress = "es", {"saved": ["home"]}
    assert draft.spoken == "es"
