"""The box that stands instead of a second page of help, where one save tells of several dangers at once."""

import pytest

from tests.intake import pat, test_help_pages
from tests.intake.test_help_pages import YES, helped, on_from, told_of

pytestmark = pytest.mark.django_db
draft = test_help_pages.draft

CHEST_PAIN = {"health-chest_pain_or_stroke_signs_now": YES}
NOW = "If this is happening now: call 911. Do not finish this form first."


def test_an_emergency_now_is_no_weaker_beside_another_of_the_body(client, draft):
    """It waits for no worse, and promises no call."""
    told = {**CHEST_PAIN, "health-new_symptoms": ["stiffness", "diarrhoea"]}
    helped(client, "symptoms", **told)
    on_from(client, "symptoms")
    again = {**told, "health-new_symptoms": ["stiffness", "diarrhoea", "sweating_or_fever"]}
    response = pat.save(client, "symptoms", **again)
    assert told_of(client.get(response.url).content.decode()) == NOW


def test_what_is_no_emergency_now_is_still_thanked_for(client, draft):
    helped(client, "symptoms", **{"health-new_symptoms": ["stiffness", "diarrhoea"]})
    on_from(client, "symptoms")
    response = pat.save(
        client, "symptoms", **{"health-new_symptoms": ["stiffness", "agitation_or_confusion"]}
    )
    shown = told_of(client.get(response.url).content.decode())
    assert shown.startswith("Thank you for telling us this too. If it gets worse, call 911.")
