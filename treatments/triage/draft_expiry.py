"""Lets expired drafts go, except those whose alert is open.

An alarm is never removed. Of a draft that raised one, the answers its alarms name are kept once all of
it is closed, and nothing else: see ``Submission.expire``.
"""

from datetime import datetime
from time import monotonic

from django.db.models import Exists, OuterRef
from django.utils import timezone

from intake.models import Submission
from intake.models.submission_lists import SubmissionQuerySet
from treatments.models.alert import open_alarms

LONGEST_PASS = 10  # seconds


def to_expire(at: datetime) -> SubmissionQuerySet:
    """The drafts that have expired, and whose alert is closed."""
    ringing = open_alarms().filter(submission=OuterRef("pk"))
    return Submission.objects.expired(at).exclude(Exists(ringing))


def expire_drafts(*, longest: float | None = None, at: datetime | None = None) -> int:
    """Delete what has expired; how many drafts. Stops after ``longest`` seconds: the rest waits its turn."""
    started = monotonic()
    gone = 0
    for pk in to_expire(at or timezone.now()).values_list("pk", flat=True):
        if longest is not None and monotonic() - started > longest:
            break
        gone += Submission.expire(pk, at=at)
    return gone
