"""What the worklist lists: who needs a coordinator, what is due, whom a search finds."""

import pytest
from django.utils import timezone

from tests.conftest import RECORD, SAME_DAY, URGENT, fresh
from treatments import dashboard, triage
from treatments.models import Referral
from treatments.triage import assessing

DESK = "/admin/treatments/referral/"


@pytest.fixture
def cora(cast, signed_in):
    return signed_in(cast.cora)


def listed(client, query: str = "") -> list[Referral]:
    response = client.get(f"{DESK}{query}")
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def held_again(referral: Referral, monkeypatch) -> Referral:
    """A new ruleset asks for the hold that a clinician had released."""
    real = assessing.assess
    monkeypatch.setattr(
        assessing, "assess", lambda *args, **more: real(*args, **more) | {"ruleset": "2099.1"}
    )
    assert triage.assess_referral(referral)
    return fresh(referral)


# --- A hold keeps a referral at the desk ----------------------------------------------------------------


def test_an_urgent_referral_that_waits_for_the_patient_stays_on_every_list_of_the_desk(clinic, signed_in):
    asked = clinic.awaiting_patient(**URGENT)
    assert (asked.state, asked.hold) == ("awaiting_patient", "urgent")
    for person in (clinic.cast.cora, clinic.cast.clara):
        client = signed_in(person)
        assert listed(client) == listed(client, "?hold__exact=urgent") == [asked]


def test_a_routed_referral_whose_hold_is_raised_again_comes_back_to_every_list_of_the_desk(
    clinic, signed_in, monkeypatch
):
    routed = clinic.routed("tms", **URGENT)
    assert routed not in Referral.objects.needing_a_coordinator()
    routed = held_again(routed, monkeypatch)
    assert (routed.state, routed.hold) == ("routed", "urgent")
    for person in (clinic.cast.cora, clinic.cast.clara):
        client = signed_in(person)
        assert listed(client) == listed(client, "?hold__exact=urgent") == [routed]


def test_the_home_page_counts_a_held_referral_wherever_it_lies(clinic):
    clinic.awaiting_patient(**URGENT), clinic.awaiting_patient(**SAME_DAY), clinic.awaiting_patient()
    totals = {row.hold: row.total for row in dashboard.read_waiting(timezone.now()).rows}
    assert totals == {"urgent": 1, "same_day": 1, "none": 0}


def test_a_closed_referral_leaves_the_desk_even_where_a_new_ruleset_asks_for_a_hold(
    clinic, cora, monkeypatch
):
    held = clinic.in_review(**URGENT)
    triage.release_hold(referral=held, actor=clinic.cast.clara, recorded=RECORD)
    triage.close(referral=fresh(held), actor=clinic.cast.cora, reason="patient_declined")
    assert held_again(held, monkeypatch).hold == "urgent"
    assert listed(cora) == []
