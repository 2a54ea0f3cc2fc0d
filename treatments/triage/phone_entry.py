"""Staff enter an intake for a person on the phone: beginning it, and giving it up; sending is the pages'."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import Submission
from treatments import permissions
from treatments.models import Event
from treatments.workflow import Refused
from treatments.workflow.events import ENTRY_BEGUN, ENTRY_LEFT


def open_entry(*, actor: User) -> Submission | None:
    """The unfinished intake that ``actor`` is entering, if there is one."""
    found = Submission.objects.being_entered_by(actor).first()
    return found if found is not None and found.is_alive(timezone.now()) else None


@transaction.atomic
def begin_entry(*, actor: User, language: str = "en", at: datetime | None = None) -> Submission:
    """A new draft with ``actor`` on record as who enters it; refused while they have an unfinished one.

    Begun twice before anything was saved is begun once.
    """
    _allow(actor)
    unfinished = open_entry(actor=actor)
    if unfinished is not None:
        if unfinished.progress or unfinished.answers:
            raise Refused(_("You have an unfinished intake. Go on with it, or give it up first."))
        return unfinished
    for expired in Submission.objects.being_entered_by(actor):
        Submission.give_up_entering(expired.pk)
    try:
        with transaction.atomic():
            draft = Submission.begin_entering(by=actor, language=language, at=at)
    except IntegrityError:  # begun twice at the same moment: the database keeps one
        return Submission.objects.being_entered_by(actor).get()
    Event.objects.create(
        kind=ENTRY_BEGUN.key, at=at or timezone.now(), actor=actor, details={"source": draft.source}
    )
    return draft


@transaction.atomic
def give_up_entry(*, actor: User, at: datetime | None = None) -> None:
    """Leave the unfinished intake for good: it expires like any draft, and its alarms stay. Twice is once."""
    _allow(actor)
    draft = Submission.objects.being_entered_by(actor).first()
    if draft is None:
        return
    Submission.give_up_entering(draft.pk)
    Event.objects.create(kind=ENTRY_LEFT.key, at=at or timezone.now(), actor=actor)


def _allow(actor: User) -> None:
    if not actor.has_perm(permissions.ENTER_INTAKE):
        raise PermissionDenied
