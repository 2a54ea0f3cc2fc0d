"""How long a referral may lie at the desk, and a consult in its queue, in working hours of the clinic.

The desk's clock runs while the coordinators or the owner act next. It stops while the next actor is the
patient or a team, and once the referral is closed, and goes on from there when the referral comes back.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from treatments.catalog import TREATMENTS
from treatments.workflow.states import AT_THE_DESK, Hold, ReferralState

# Working hours by state, hold and queue; the setting TARGET_HOURS replaces single rows. 8 hours are a day.
# The shorter of a state's and a hold's target counts.
TARGETS: dict[str, int] = {
    "new": 8,
    "in_review": 24,
    "same_day": 4,
    "urgent": 1,
    **{key: treatment.target_hours for key, treatment in TREATMENTS.items()},
}

# The desk's clock runs in these states.
RUNNING = AT_THE_DESK


def target_of(state: ReferralState, hold: Hold, targets: Mapping[str, int] = TARGETS) -> int | None:
    """The working hours that a referral has; None where the clock stands."""
    if state not in RUNNING:
        return None
    return min(targets[key] for key in (state.value, hold.value) if key in targets)


def is_over(*, hours: float, state: ReferralState, hold: Hold, targets: Mapping[str, int] = TARGETS) -> bool:
    target = target_of(state, hold, targets)
    return target is not None and hours > target


def working_hours_between(
    start: datetime, end: datetime, days: Collection[int], hours: tuple[time, time], tz: tzinfo
) -> float:
    """Working hours from ``start`` to ``end``, both with a time zone; 0 where ``end`` comes first.

    ``days``: the working days, Monday is 0; ``hours``: when work begins and ends on the clock in ``tz``.
    Counted on that clock: a change to summer time during the working hours is not seen.
    """
    first = start.astimezone(tz).replace(tzinfo=None)
    last = end.astimezone(tz).replace(tzinfo=None)
    if last <= first:
        return 0.0
    # Whole weeks are alike: a list must not walk day by day through years.
    weeks = (last - first) // timedelta(weeks=1)
    total = weeks * _week(days, hours)
    first += timedelta(weeks=weeks)
    day = first.date()
    while day <= last.date():
        if day.weekday() in days:
            total += _overlap(day, first, last, hours)
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def working_moment_before(
    end: datetime, hours: float, days: Collection[int], workday: tuple[time, time], tz: tzinfo
) -> datetime:
    """The earliest moment from which no more than ``hours`` working hours lead to ``end``.

    So of two moments before it and after it, ``working_hours_between`` the earlier one and ``end`` are more.
    """
    left = timedelta(hours=hours)
    weeks, left = divmod(left, _week(days, workday))
    last = end.astimezone(tz).replace(tzinfo=None) - timedelta(weeks=weeks)
    day = last.date()
    while True:
        within = _overlap(day, datetime.min, last, workday) if day.weekday() in days else timedelta()
        if left < within:
            return (min(last, datetime.combine(day, workday[1])) - left).replace(tzinfo=tz)
        left -= within
        day -= timedelta(days=1)


def _overlap(day: date, first: datetime, last: datetime, hours: tuple[time, time]) -> timedelta:
    begins = max(first, datetime.combine(day, hours[0]))
    ends = min(last, datetime.combine(day, hours[1]))
    return max(timedelta(), ends - begins)


def _week(days: Collection[int], hours: tuple[time, time]) -> timedelta:
    """The working time of a week."""
    begins, ends = (datetime.combine(date.min, each) for each in hours)
    return len(set(days)) * (ends - begins)
