"""Who looked at what: openings and exports, each an event."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from intake.models import Submission
from treatments.models import Consult, Event, Referral
from treatments.workflow.events import EXPORTED, OPENED


def opened(
    *,
    referral: Referral | None,
    actor: User,
    consult: Consult | None = None,
    submission: Submission | None = None,
    details: dict | None = None,
    at: datetime | None = None,
) -> None:
    """Record that ``actor`` is about to read; if this fails, nothing is shown.

    ``referral`` is None for the alert of a draft that was never sent: then ``submission`` is named.
    ``details`` may name the ``page`` that was read, such as the brief.
    """
    Event.objects.create(
        referral=referral,
        consult=consult,
        submission=submission,
        actor=actor,
        kind=OPENED.key,
        at=at or timezone.now(),
        details=details or {},
    )


def exported(
    *,
    referral: Referral | None,
    actor: User | None,
    consult: Consult | None = None,
    details: dict | None = None,
    at: datetime | None = None,
) -> None:
    """Record an export before anything leaves; ``actor`` is None for one made at the command line.

    ``referral`` is None for an export of the worklist: then ``details`` hold its ``rows`` and ``form``.
    """
    Event.objects.create(
        referral=referral,
        consult=consult,
        actor=actor,
        kind=EXPORTED.key,
        at=at or timezone.now(),
        details=details or {},
    )
