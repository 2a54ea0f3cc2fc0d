"""The desk's clock of a referral in columns, so that a list reads it without the timeline and filters by it.

``paused_since`` is when the next_actor left the desk. ``counted_since`` is the moment from which all working hours
count: when the referral came, moved on, each time it comes back, by the working hours it was away.
"""

from datetime import datetime

from intake.locations import settings_of
from treatments.workflow import ReferralState
from treatments.workflow.targets import RUNNING, TARGETS


def targets() -> dict[str, int]:
    """The targets of this clinic, in working hours."""
    return {**TARGETS, **dict(settings_of(None).target_hours)}


def worked(start: datetime, end: datetime) -> float:
    """The clinic's working hours between two moments."""
    return settings_of(None).working_time.hours_between(start, end)


def moment_before(end: datetime, hours: float) -> datetime:
    """What has waited since before this moment has by ``end`` waited more than these working hours."""
    return settings_of(None).working_time.moment_before(end, hours)


def moment_after(start: datetime, hours: float) -> datetime:
    """When these working hours have passed."""
    return settings_of(None).working_time.moment_after(start, hours)


def update(referral, at: datetime) -> None:
    """Stop or start the clock as the referral's new state asks; called whenever it moves."""
    runs = ReferralState(referral.state) in RUNNING
    if not runs and referral.paused_since is None:
        referral.paused_since = at
    elif runs and referral.paused_since is not None:
        referral.counted_since = moment_before(at, hours_at_the_desk(referral, at))
        referral.paused_since = None


def hours_at_the_desk(referral, now: datetime) -> float:
    """The working hours that the referral has lain at the desk, up to now or to when the clock stopped."""
    return worked(referral.counted_since, referral.paused_since or now)
