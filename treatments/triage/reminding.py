"""Reminds people of a form that they began and did not finish, where they asked for it; none while an alarm is open."""

from datetime import datetime
from time import monotonic

from django.db.models import Exists, OuterRef
from django.utils import timezone

from intake.mail import reminders
from treatments.models.alert import open_alarms

LONGEST_PASS = 5  # seconds


def remind_of_drafts(*, at: datetime | None = None) -> int:
    """Write the reminders that are due into the outbox; how many."""
    at, started, written = at or timezone.now(), monotonic(), 0
    ringing = open_alarms().filter(submission=OuterRef("pk"))
    for pk in reminders.maybe_due(at).exclude(Exists(ringing)).values_list("pk", flat=True):
        if monotonic() - started > LONGEST_PASS:
            break
        written += reminders.remind(pk, at)
    return written
