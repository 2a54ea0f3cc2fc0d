"""Targets and the desk's clock: working hours, where the clock stands, and what counts as over."""

from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from tests.conftest import fresh
from treatments.catalog import TREATMENTS
from treatments.models import desk_clock
from treatments.triage.routing import withdraw
from treatments.workflow import Hold, ReferralState
from treatments.workflow.targets import (
    RUNNING,
    TARGETS,
    is_over,
    target_of,
    working_hours_between,
    working_moment_before,
)

WEEK = frozenset(range(5))
DAY = (time(9), time(17))
HERE = ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


# 2026-11-16 is a Monday.
@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-16 10:00", "2026-11-16 12:30", 2.5),
        ("2026-11-16 07:00", "2026-11-16 10:00", 1),
        ("2026-11-16 16:00", "2026-11-16 22:00", 1),
        ("2026-11-16 18:00", "2026-11-17 08:00", 0),
        ("2026-11-16 16:00", "2026-11-17 10:00", 2),
        ("2026-11-20 16:00", "2026-11-23 10:00", 2),  # over a weekend
        ("2026-11-21 10:00", "2026-11-22 12:00", 0),
        ("2026-11-16 09:00", "2026-11-23 09:00", 40),
        ("2026-11-18 12:00", "2026-12-09 13:00", 121),
        ("2026-11-16 12:00", "2026-11-16 12:00", 0),
        ("2026-11-17 12:00", "2026-11-16 12:00", 0),
        ("2026-03-06 16:00", "2026-03-09 10:00", 2),  # summer time begins on the Sunday
    ],
)
def test_only_working_hours_count(start, end, hours):
    assert working_hours_between(at(start), at(end), WEEK, DAY, HERE) == hours


def test_moments_are_read_on_the_clinics_clock():
    start, end = datetime(2026, 11, 16, 14, tzinfo=UTC), datetime(2026, 11, 16, 15, tzinfo=UTC)
    assert working_hours_between(start, end, WEEK, DAY, HERE) == 1
    assert working_hours_between(start, end, WEEK, DAY, ZoneInfo("Asia/Tokyo")) == 0


def test_whole_weeks_count_as_day_by_day():
    start = at("2026-01-01 11:17")
    for days in range(0, 60, 7):
        for hours in range(0, 24, 5):
            middle, end = start + timedelta(days=3), start + timedelta(days=days + 3, hours=hours)
            whole = working_hours_between(start, end, WEEK, DAY, HERE)
            parts = working_hours_between(start, middle, WEEK, DAY, HERE)
            parts += working_hours_between(middle, end, WEEK, DAY, HERE)
            assert whole == pytest.approx(parts)


@pytest.mark.parametrize(
    ("end", "hours", "moment"),
    [
        ("2026-11-16 12:30", 2.5, "2026-11-16 10:00"),
        (
            "2026-11-16 10:00",
            1,
            "2026-11-13 17:00",
        ),  # the whole of Monday morning: before Friday's end is more
        ("2026-11-16 10:00", 2, "2026-11-13 16:00"),  # over a weekend
        ("2026-11-16 22:00", 1, "2026-11-16 16:00"),
        ("2026-11-22 12:00", 0, "2026-11-20 17:00"),
        ("2026-11-18 12:00", 40, "2026-11-11 12:00"),
        ("2026-11-23 09:00", 40, "2026-11-13 17:00"),
        ("2026-12-09 13:00", 121, "2026-11-18 12:00"),
    ],
)
def test_working_hours_are_walked_back(end, hours, moment):
    assert working_moment_before(at(end), hours, WEEK, DAY, HERE) == at(moment)


def test_one_instant_before_the_moment_is_more_than_the_hours_and_the_moment_is_not():
    instant = timedelta(microseconds=1)
    for days, minutes, hours in product(range(8), range(0, 1440, 90), (0, 1, 4, 8, 24, 40, 1000)):
        end = at("2026-12-01 00:17") + timedelta(days=days, minutes=minutes)
        moment = working_moment_before(end, hours, WEEK, DAY, HERE)
        assert working_hours_between(moment, end, WEEK, DAY, HERE) <= hours
        assert working_hours_between(moment - instant, end, WEEK, DAY, HERE) > hours


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
    assert set(TARGETS) == {*TREATMENTS, *RUNNING, "same_day", "urgent"}
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
