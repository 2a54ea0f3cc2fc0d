"""An unsafe answer that could not be saved shows its help all the same, and says that nobody knows of it."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.questionnaire.dangers import BY_KEY
from intake.questionnaire.help_kinds import HELP_OF
from tests.intake import pat
from tests.intake.screen import words
from tests.intake.test_unsafe_answers import ALMOST, UNSAFE
from tests.trust import harm
from tests.trust.test_database_faults import form_in

NOT_SAVED = "We could not save your answer. Nobody at the clinic has seen it, and nobody will call you."


@pytest.fixture
def away(real_database):
    """A browser in which Pat has begun, and then the database goes."""
    client = Client(raise_request_exception=False)
    pat.begin(client)
    with harm.refused():
        yield client


def test_its_help_comes_first_then_that_it_was_not_saved_and_whom_to_call(away, settings):
    for danger, (slug, told, _urgency) in UNSAFE.items():
        response = pat.save(away, slug, **told)
        text = words(response.content.decode())
        assert response.status_code == 503
        heading = text.index(str(HELP_OF[BY_KEY[danger].kind].heading), text.index("Text 988"))
        assert heading < text.index(NOT_SAVED) < text.index("What you typed is still here"), danger
        assert settings.CLINIC["phone"] in text
        assert "We will call" not in text and "is saved." not in text.replace("that it is saved.", ""), danger
        given = form_in(response)
        for name, value in told.items():
            assert {*given.get(name, [""])} == {*(value if isinstance(value, list) else [value])}, name


def test_an_answer_that_is_not_unsafe_shows_no_such_page(away):
    for slug, told in ALMOST:
        text = words(pat.save(away, slug, **told).content.decode())
        assert NOT_SAVED not in text, slug
        assert "We could not save this" in text


def test_beside_a_fault_on_the_page_the_unsafe_answer_counts_too(away):
    slug, told, _urgency = UNSAFE["cssrs_q1"]
    text = words(pat.save(away, slug, **told, **{"safety-cssrs-q2": "nonsense"}).content.decode())
    assert NOT_SAVED in text


def test_an_answer_to_the_clinics_question_counts_as_well(away):
    text = words(away.post(reverse("intake:questions"), {"safety-harm_to_others": "yes"}).content.decode())
    assert NOT_SAVED in text


def test_a_page_of_help_that_cannot_be_made_shows_the_general_help(away):
    for address in ("/intake/thoughts/help/", "/status/help/"):
        response = away.get(address)
        text = words(response.content.decode())
        assert response.status_code == 503
        assert "Help is there for you now" in text and "Call 988" in text and NOT_SAVED not in text
