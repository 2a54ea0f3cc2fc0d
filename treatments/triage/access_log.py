"""Who looked at what: openings, exports and acknowledged alerts, each an event."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import Submission
from treatments.models import Acknowledgement, Consult, Event, Referral, SafetyAlert
from treatments.workflow import Refused


def opened(
    *,
    referral: Referral | None,
    actor: AbstractBaseUser,
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
        kind=Event.Kind.OPENED,
        at=at or timezone.now(),
        details=details or {},
    )


def exported(
    *,
    referral: Referral | None,
    actor: AbstractBaseUser | None,
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
        kind=Event.Kind.EXPORTED,
        at=at or timezone.now(),
        details=details or {},
    )


@transaction.atomic
def acknowledge(
    *, alert: SafetyAlert, actor: AbstractBaseUser, done: str, at: datetime | None = None
) -> None:
    """Record that ``actor`` has seen the alert and what was ``done``; once, by whoever is first."""
    if not actor.has_perm("treatments.acknowledge_safetyalert"):
        raise PermissionDenied
    at = at or timezone.now()
    if not done.strip():
        raise Refused(_("Write what was done."))
    locked = SafetyAlert.objects.select_for_update().get(pk=alert.pk)
    existing = Acknowledgement.objects.filter(alarm=locked).select_related("actor").first()
    if existing is not None:
        if existing.actor == actor:
            return
        who = existing.actor.get_full_name() or existing.actor.get_username()
        raise Refused(_("%(who)s has acknowledged this alert already.") % {"who": who})
    Acknowledgement.objects.create(alarm=locked, actor=actor, done=done, at=at)
    Event.objects.create(
        referral=Referral.objects.filter(submission=locked.submission_id).first(),
        submission_id=locked.submission_id,
        actor=actor,
        kind=Event.Kind.ACKNOWLEDGE,
        at=at,
        note=done,
        details={"danger": locked.danger},
    )
