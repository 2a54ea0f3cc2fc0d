"""Who looked at what, who was refused, and who tried to sign in: each an event."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from intake.models import Submission
from treatments.models import Consult, Event, PrintedPaper, Referral
from treatments.models.staff_request import current
from treatments.workflow.events import (
    EXPORTED,
    OPENED,
    PAPER_OPENED,
    REFUSED,
    SIGN_IN_CLOSED,
    SIGN_IN_FAILED,
    SIGN_IN_LOCKED,
    EventKind,
)

LOCKED_ONCE_IN = timedelta(minutes=5)  # as long as the limits of the sign-in last
LONGEST_NAME = 150  # characters of what was typed as a name


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


def paper_opened(paper: PrintedPaper, *, actor: User, form: str = "", at: datetime | None = None) -> None:
    """Record that ``actor`` is about to read a paper that was printed; ``form`` is "pdf" where it leaves as a file."""
    Event.objects.create(
        referral=paper.referral,
        consult=paper.consult,
        actor=actor,
        kind=PAPER_OPENED.key,
        at=at or timezone.now(),
        details={"paper": paper.pk, "kind": paper.kind, **({"form": form} if form else {})},
    )


def shown(kind: EventKind, *, actor: User, details: dict[str, Any], at: datetime | None = None) -> None:
    """Record what ``actor`` is about to see of several people, before it leaves.

    ``details`` may name the ``page``, how many ``rows`` it shows, its ``filters``, and what was ``searched``.
    """
    Event.objects.create(kind=kind.key, actor=actor, at=at or timezone.now(), details=details)


def refused(*, actor: User, details: dict[str, Any], at: datetime | None = None) -> None:
    """Record what ``actor`` was not let to: the ``page``, with the ``number`` of the row and the ``action`` that it names."""
    Event.objects.create(kind=REFUSED.key, actor=actor, at=at or timezone.now(), details=details)


def sign_in_failed(*, name: str = "", account: User | None = None, at: datetime | None = None) -> None:
    """Record a try that was judged: by its ``name``, or by its ``account`` where the second factor was wrong."""
    details = {"typed": name[:LONGEST_NAME]} if name else {}
    Event.objects.create(kind=SIGN_IN_FAILED.key, account=account, at=at or timezone.now(), details=details)


def sign_in_refused(*, name: str, for_all: bool, at: datetime | None = None) -> None:
    """Record a try that was not judged: once in a while from each address, and once in all while it is ``for_all``.

    Else whoever sends thousands would fill the record.
    """
    at = at or timezone.now()
    kind = SIGN_IN_CLOSED if for_all else SIGN_IN_LOCKED
    before = Event.objects.filter(kind=kind.key, at__gt=at - LOCKED_ONCE_IN)
    if not for_all:
        answering = current()
        before = before.filter(from_address=answering.address if answering else None)
    if not before.exists():
        Event.objects.create(kind=kind.key, at=at, details={"typed": name[:LONGEST_NAME]})
