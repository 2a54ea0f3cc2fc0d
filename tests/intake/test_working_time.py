"""Working hours between two moments and back from one: days, hours, holidays, and the clinic's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from intake.times.working_time import WorkingTime

WEEK = frozenset(range(5))
DAY = (time(9), time(17))
HERE = ZoneInfo("America/New_York")
WORK = WorkingTime(WEEK, DAY, HERE)
# A Wednesday, the Thursday and Friday of another week, and a Saturday, which takes nothing.
HOLIDAYS = frozenset({date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 5)})
WITH_HOLIDAYS = WorkingTime(WEEK, DAY, HERE, HOLIDAYS)


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
    assert WORK.hours_between(at(start), at(end)) == hours


def test_moments_are_read_on_the_clinics_clock():
    start, end = datetime(2026, 11, 16, 14, tzinfo=UTC), datetime(2026, 11, 16, 15, tzinfo=UTC)
    assert WORK.hours_between(start, end) == 1
    assert WorkingTime(WEEK, DAY, ZoneInfo("Asia/Tokyo")).hours_between(start, end) == 0


def test_whole_weeks_count_as_day_by_day():
    start = at("2026-01-01 11:17")
    for days in range(0, 60, 7):
        for hours in range(0, 24, 5):
            middle, end = start + timedelta(days=3), start + timedelta(days=days + 3, hours=hours)
            whole = WORK.hours_between(start, end)
            parts = WORK.hours_between(start, middle)
            parts += WORK.hours_between(middle, end)
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
    assert WORK.moment_before(at(end), hours) == at(moment)


def test_one_instant_before_the_moment_is_more_than_the_hours_and_the_moment_is_not():
    instant = timedelta(microseconds=1)
    for days, minutes, hours in product(range(8), range(0, 1440, 90), (0, 1, 4, 8, 24, 40, 1000)):
        end = at("2026-12-01 00:17") + timedelta(days=days, minutes=minutes)
        moment = WORK.moment_before(end, hours)
        assert WORK.hours_between(moment, end) <= hours
        assert WORK.hours_between(moment - instant, end) > hours


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-25 16:00", "2026-11-30 10:00", 2),  # over two holidays and a weekend
        ("2026-11-26 10:00", "2026-11-26 15:00", 0),
        ("2026-11-26 10:00", "2026-11-27 15:00", 0),
        ("2026-12-04 16:00", "2026-12-07 10:00", 2),  # a holiday on a Saturday takes nothing
        ("2026-11-02 09:00", "2026-11-30 09:00", 160 - 24),  # four whole weeks
        ("2026-11-26 13:00", "2026-12-03 13:00", 28),  # a week that begins and ends within a working day
    ],
)
def test_no_hour_of_a_holiday_counts(start, end, hours):
    assert WITH_HOLIDAYS.hours_between(at(start), at(end)) == hours


def test_holidays_are_walked_back_over_as_hours_are_counted():
    instant = timedelta(microseconds=1)
    for days, minutes, hours in product(range(8), range(0, 1440, 90), (0, 1, 8, 24, 40, 80, 120, 1000)):
        end = at("2026-11-26 00:17") + timedelta(days=days, minutes=minutes)
        moment = WITH_HOLIDAYS.moment_before(end, hours)
        assert WITH_HOLIDAYS.hours_between(moment, end) <= hours
        assert WITH_HOLIDAYS.hours_between(moment - instant, end) > hours


def test_the_next_working_day_is_no_holiday_and_no_weekend():
    assert WITH_HOLIDAYS.next_day(date(2026, 11, 24)) == date(2026, 11, 25)
    assert WITH_HOLIDAYS.next_day(date(2026, 11, 25)) == date(2026, 11, 30)
    never = frozenset(date(2026, 1, 1) + timedelta(days=number) for number in range(1000))
    assert WorkingTime(WEEK, DAY, HERE, never).next_day(date(2026, 11, 25)) is None
