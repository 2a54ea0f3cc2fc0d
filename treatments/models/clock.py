"""The desk's clock of a referral in columns, so that a list reads it without the timeline.

``paused_since`` is when the ball left the desk, ``paused_hours`` the working hours it was away before.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from treatments.workflow import ReferralState
from treatments.workflow.targets import RUNNING, working_hours_between


def worked(start: datetime, end: datetime) -> float:
    """The clinic's working hours between two moments."""
    return working_hours_between(
        start, end, settings.WORKING_DAYS, settings.WORKING_HOURS, ZoneInfo(settings.TIME_ZONE)
    )


def keep(referral, now: datetime) -> None:
    """Stop or start the clock as the referral's state asks; called whenever it is saved."""
    runs = ReferralState(referral.state) in RUNNING
    if not runs and referral.paused_since is None:
        referral.paused_since = now
    elif runs and referral.paused_since is not None:
        referral.paused_hours += worked(referral.paused_since, now)
        referral.paused_since = None


def hours_at_the_desk(referral, now: datetime) -> float:
    """The working hours that the referral has lain at the desk, up to now or to when the clock stopped."""
    end = referral.paused_since or now
    return max(0.0, worked(referral.waiting_since, end) - referral.paused_hours)
