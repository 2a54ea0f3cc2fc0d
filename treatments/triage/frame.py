"""The frame of every action: lock the referral, check permission, freshness and the move, write the event.

An action is one transaction. Sent twice by the same person it happens once; sent from a page that somebody
else's action has made stale it is refused with a sentence.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import Consult, Event, Referral
from treatments.triage.moves import IllegalMove, move
from treatments.triage.undo_state import EXTRA_FACTS, UNDOABLE, UNDOABLE_BY_TEAM, undo_snapshot
from treatments.workflow import ConsultState, Hold, ReferralState, Refused, Situation, why_not
from treatments.workflow.refusals import stale_consult, stale_referral


class AlreadyDone(Exception):
    """The same action by the same person stands in the timeline already."""


@dataclass(slots=True)
class ActionContext:
    """What an action works on: the locked ``referral``, the ``consult`` if it is about one, and its event.

    ``at`` is the time of all that it does.
    """

    referral: Referral
    consult: Consult | None
    event: Event

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def today(self) -> date:
        """The day it is for the clinic."""
        return timezone.localdate(self.at)


def situation_of(
    referral: Referral,
    actor: AbstractBaseUser,
    consult: Consult | None,
    open_consults: int,
    at: datetime,
    kind: str = "",
) -> Situation:
    """How things stand for ``actor``: what refusals are decided on, with what only the action ``kind`` asks."""
    owner = referral.owner
    return Situation(
        state=ReferralState(referral.state),
        hold=Hold(referral.hold),
        assessed=referral.is_assessed,
        owner=(owner.get_full_name() or owner.get_username()) if owner else "",
        owned_by_actor=owner is not None and owner.pk == actor.pk,
        open_consults=open_consults,
        consult=ConsultState(consult.state) if consult else None,
        withdrawn=referral.is_withdrawn,
        **(EXTRA_FACTS[kind](referral, actor, consult, at) if kind in EXTRA_FACTS else {}),
        feedback=consult is not None and hasattr(consult, "feedback"),
    )


def permission_for(kind: str, consult: Consult | None) -> str:
    """The permission that the action asks for."""
    if kind in permissions.CONSULT_ACTIONS:
        return permissions.work_queue(consult.treatment)
    return permissions.REFERRAL_ACTIONS[kind]


@contextmanager
def action(
    kind: str,
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    consult: Consult | None = None,
    seen: int | None = None,
    asked: dict | None = None,
    at: datetime | None = None,
) -> Iterator[ActionContext]:
    """Open an action: yields the locked rows and an unsaved event, which is saved with the referral at the end.

    ``seen`` is the version that the actor had before them, for a team's action the consult's own (None:
    whatever is current); ``asked`` is what they asked for, by which a repetition is recognized; ``at`` is when
    it happens (None: now). Raises ``PermissionDenied``, ``Refused`` and ``AlreadyDone``, and ``IllegalMove``
    where the action has a fault; then nothing has changed.
    """
    at = at or timezone.now()
    with transaction.atomic():
        # Nothing joined: after waiting for the lock PostgreSQL joins as of before, so an owner would be missed.
        locked = Referral.objects.select_for_update().get(pk=referral.pk)
        if consult is not None:
            consult = Consult.objects.select_for_update().get(pk=consult.pk, referral=locked)
        if not actor.has_perm(permission_for(kind, consult)):
            raise PermissionDenied
        of_team = kind in permissions.CONSULT_ACTIONS
        version = consult.version if of_team else locked.version
        if seen is not None and seen != version:
            repeated = Event.objects.filter(referral=locked, kind=kind, actor=actor)
            if not of_team:
                repeated = repeated.filter(version=seen)
            if repeated.filter(asked=_digest(asked, consult, seen if of_team else None)).exists():
                raise AlreadyDone
            raise Refused(stale_consult() if of_team else stale_referral(), stale=True)
        open_consults = locked.consults.open().count()
        refusal = why_not(kind, situation_of(locked, actor, consult, open_consults, at, kind))
        if refusal:
            raise Refused(refusal)
        event = Event(
            referral=locked,
            consult=consult,
            actor=actor,
            kind=kind,
            at=at,
            from_state=consult.state if consult else locked.state,
            version=locked.version,
            asked=_digest(asked, consult, version if of_team else None),
            before=undo_snapshot(locked, consult) if kind in (*UNDOABLE, *UNDOABLE_BY_TEAM) else None,
        )
        yield ActionContext(locked, consult, event)
        locked.version += 1
        locked.save()
        if consult is not None:
            consult.version += 1
            consult.save()
        _check_routed(locked)
        event.to_state = consult.state if consult else locked.state
        event.save()


def _check_routed(referral: Referral) -> None:
    """A referral is routed exactly while a consult is open: none drops off every list."""
    if (referral.state == ReferralState.ROUTED) != referral.consults.open().exists():
        raise IllegalMove(f"Referral {referral.pk} is {referral.state}, which its consults deny")


def back_to_review_without_a_team(this: ActionContext) -> None:
    """With no other consult open the referral is the coordinators' again."""
    if not this.referral.consults.open().exclude(pk=this.consult.pk).exists():
        move(this.referral, ReferralState.IN_REVIEW, at=this.at)


def _digest(asked: dict | None, consult: Consult | None, version: int | None) -> str:
    """``version``: the consult's, for a team's action; the referral's stands in the event by itself."""
    told = json.dumps([asked or {}, consult.pk if consult else None, version], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


class once:
    """Swallows ``AlreadyDone``: the same action sent twice is the same as once."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, traceback) -> bool:
        return isinstance(error, AlreadyDone)


def require_note(reasons: dict, reason: str, note: str, *, missing: str = "") -> None:
    """Refuse an unknown reason (with the sentence ``missing``), and a missing note where its row asks for one."""
    row = reasons.get(reason)
    if row is None:
        raise Refused(missing or _("Choose a reason."))
    if row.note_required and not note.strip():
        raise Refused(
            _("“%(label)s” needs a note.") % {"label": row.label}
            if missing
            else _("This reason needs a note.")
        )
