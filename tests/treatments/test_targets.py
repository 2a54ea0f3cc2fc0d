"""Targets and the desk's clock: where the clock stands, and what counts as over."""

from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from django.conf import settings
from django.utils import timezone

from tests.conftest import fresh
from treatments.catalog import TREATMENTS
from treatments.models import desk_clock
from treatments.triage.routing import withdraw
from treatments.workflow import Hold, ReferralState
from treatments.workflow.targets import RUNNING, TARGETS, is_over, target_of


def test_the_shorter_target_counts_and_none_where_the_clock_stands():
    assert {"new", "in_review"} == RUNNING
    assert target_of(ReferralState.NEW, Hold.NONE) == 8
    assert target_of(ReferralState.IN_REVIEW, Hold.NONE) == 24
    assert target_of(ReferralState.IN_REVIEW, Hold.URGENT) == 1
    for state, hold in product(ReferralState, Hold):
        assert (target_of(state, hold) is None) == (state not in RUNNING)


def test_over_is_more_than_the_target_and_a_setting_replaces_it():
    told = {"state": ReferralState.NEW, "hold": Hold.NONE}
    assert not is_over(hours=8, **told)
    assert is_over(hours=8.01, **told)
    assert not is_over(hours=8.01, **told, targets={**TARGETS, "new": 16})
    assert not is_over(hours=1000, state=ReferralState.ROUTED, hold=Hold.URGENT)


def test_every_queue_and_hold_has_a_target():
    assert set(TARGETS) == {*TREATMENTS, *RUNNING, "same_day", "urgent", "accepted", "visit_over"}
    assert set(settings.TARGET_HOURS) <= set(TARGETS)


def test_the_clock_stops_while_a_team_has_the_referral_and_goes_on_from_there(clinic, monkeypatch, settings):
    settings.WORKING_DAYS, settings.WORKING_HOURS = frozenset(range(7)), (time(0), time(23, 59))
    referral = clinic.routed()
    assert referral.paused_since is not None
    soon = timezone.now() + timedelta(days=2)
    assert desk_clock.hours_at_the_desk(referral, soon) < 0.1
    monkeypatch.setattr(timezone, "now", lambda: soon)
    withdraw(consult=referral.consults.get(), actor=clinic.cast.cora, note="moved")
    referral = fresh(referral)
    assert referral.paused_since is None
    assert desk_clock.hours_at_the_desk(referral, soon) < 0.1
    assert desk_clock.hours_at_the_desk(referral, soon + timedelta(hours=3)) == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize("state", ["awaiting_patient", "closed"])
def test_the_clock_stands_while_the_ball_is_with_the_patient_or_nobody(state, clinic):
    referral = clinic.referral(state)
    assert referral.paused_since is not None
    assert clinic.in_review().paused_since is None


def test_no_working_hour_passes_on_a_holiday(settings):
    here = timezone.get_current_timezone()
    monday, tuesday = (datetime(2026, 11, day, 9, tzinfo=here) for day in (16, 17))
    assert desk_clock.worked(monday, tuesday) == 8
    assert desk_clock.moment_before(tuesday, 0) == monday.replace(hour=17)
    settings.CLINIC_HOLIDAYS = frozenset({date(2026, 11, 16)})
    assert desk_clock.worked(monday, tuesday) == 0
    assert desk_clock.moment_before(tuesday, 0) == monday.replace(day=13, hour=17)
