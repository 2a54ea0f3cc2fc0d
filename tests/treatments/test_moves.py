"""Moves are law: what no table allows is never stored, whichever action or sweep has the fault."""

from itertools import product

import pytest
from django.utils import timezone

from tests.conftest import fresh
from treatments.models import Consult, Event, Referral
from treatments.triage import assignment, consults, routing
from treatments.triage.assignment import claim
from treatments.triage.consults import accept, return_consult
from treatments.triage.frame import FUNCTIONS, ActionContext, performs
from treatments.triage.moves import IllegalMove, move
from treatments.triage.routing import route
from treatments.workflow import CONSULT_MOVES, REFERRAL_MOVES, ConsultState, Hold, ReferralState
from treatments.workflow.actions.notes import NOTE


@pytest.mark.parametrize(("before", "after"), [*product(ReferralState, repeat=2)])
def test_a_referral_moves_as_the_table_says(before, after):
    referral = Referral(state=before, counted_since=timezone.now(), hold=Hold.NONE)
    if after in REFERRAL_MOVES[before]:
        move(referral, after, at=timezone.now())
        assert referral.state == after
    else:
        with pytest.raises(IllegalMove):
            move(referral, after, at=timezone.now())
        assert referral.state == before


@pytest.mark.parametrize(("before", "after"), [*product(ConsultState, repeat=2)])
def test_a_consult_moves_as_the_table_says(before, after):
    consult = Consult(state=before)
    if after in CONSULT_MOVES[before]:
        move(consult, after, at=timezone.now())
        assert consult.state == after
    else:
        with pytest.raises(IllegalMove):
            move(consult, after, at=timezone.now())
        assert consult.state == before


def test_an_undo_may_restore_what_no_table_allows():
    consult = Consult(state=ConsultState.RETURNED)
    move(consult, ConsultState.BOOKED, at=timezone.now(), restoring=True)
    assert consult.state == ConsultState.BOOKED


def planted(state):
    """``move`` as an action calls it, but to this ``state`` whatever was asked."""
    return lambda row, to, *, at: move(row, state, at=at)


def test_an_illegal_move_planted_in_an_action_raises_and_stores_nothing(clinic, monkeypatch):
    referral, consult = clinic.new(), clinic.consult("waiting")
    before = Event.objects.count()
    monkeypatch.setattr(assignment, "move", planted(ReferralState.ROUTED))
    with pytest.raises(IllegalMove):
        claim(referral=referral, actor=clinic.cast.cora)
    monkeypatch.setattr(consults, "move", planted(ConsultState.COMPLETED))
    with pytest.raises(IllegalMove):
        accept(consult=consult, actor=clinic.cast.tess)
    assert (fresh(referral).state, fresh(referral).owner) == ("new", None)
    assert fresh(consult).state == "waiting"
    assert Event.objects.count() == before


def test_an_action_may_not_leave_a_referral_routed_without_a_consult(clinic, monkeypatch):
    consult = clinic.consult("waiting")
    monkeypatch.setattr(consults, "back_to_review_without_a_team", lambda this: None)
    with pytest.raises(IllegalMove):
        return_consult(consult=consult, actor=clinic.cast.tess, reason="no_capacity")
    assert fresh(consult).state == "waiting"


def test_an_action_ends_where_its_row_leads_though_the_table_has_the_move(clinic, monkeypatch):
    consult = clinic.consult("waiting")
    monkeypatch.setattr(consults, "move", planted(ConsultState.RETURNED))
    with pytest.raises(IllegalMove):
        accept(consult=consult, actor=clinic.cast.tess)
    assert fresh(consult).state == "waiting"


def test_an_action_that_moves_must_move(clinic, monkeypatch):
    referral = clinic.in_review()
    monkeypatch.setattr(routing, "move", lambda row, to, *, at: None)
    with pytest.raises(IllegalMove):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"])
    assert not Consult.objects.exists()


def test_an_action_whose_row_leads_nowhere_may_not_move(clinic, monkeypatch):
    referral = clinic.in_review()
    monkeypatch.setitem(FUNCTIONS, NOTE.key, None)

    @performs(NOTE)
    def note_and_close(this: ActionContext) -> None:
        move(this.referral, ReferralState.CLOSED, at=this.at)

    with pytest.raises(IllegalMove):
        note_and_close(referral=referral, actor=clinic.cast.cora)
    assert fresh(referral).state == "in_review"


def test_a_referral_that_a_team_has_stays_routed_when_it_is_assigned(clinic):
    referral = clinic.routed()
    assignment.assign(referral=referral, actor=clinic.cast.cora, to=clinic.cast.carl)
    assert fresh(referral).state == "routed"
