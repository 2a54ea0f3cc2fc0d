"""The frame of every action: lock the rows, check permission, freshness and refusal, check the move, write the event.

An action is one transaction. Sent twice by the same person it happens once; sent from a page that somebody
else's action has made stale it is refused with a sentence.
"""

import hmac
import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.fields.characters import writable
from intake.models import Alarm, Submission
from treatments.models import Alert, Consult, Event, Referral
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import alert_hold
from treatments.triage.moves import IllegalMove, move
from treatments.triage.situation import situation_of
from treatments.triage.undo_state import undo_snapshot
from treatments.workflow import ReferralState, Refused
from treatments.workflow.actions.row import Action, Subject, erased
from treatments.workflow.actions.shared import stale_consult, stale_referral
from treatments.workflow.reasons import Coded

# What performs each action, by its key: filled as the modules of this package are imported.
FUNCTIONS: dict[str, Callable[..., None]] = {}


class AlreadyDone(Exception):
    """The same action by the same person stands in the timeline already."""


@dataclass(slots=True)
class ActionContext:
    """What an action works on: locked rows, who acts, and the event, which is saved with the rows at the end.

    Only what the action is about is there: an action on a referral has no ``consult``. ``at`` is the time of
    all that it does.
    """

    actor: User
    event: Event
    referral: Referral = field(init=False)
    consult: Consult = field(init=False)
    alert: Alert = field(init=False)
    seen_alarm: Alarm = field(init=False)  # the newest of the alert that the actor had before them

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def today(self) -> date:
        """The day it is for the clinic."""
        return timezone.localdate(self.at)


def performs(action: Action) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let the function below do what the row ``action`` names, in the frame: it gets an ``ActionContext``.

    It is called with ``actor``, one of ``referral``, ``consult`` and ``alert``, and its own keywords, and
    perhaps with ``seen``, the version that the actor had before them, for a team's action the consult's own,
    for an alert's its newest alarm (None: whatever is current), and ``at``, when it happens (None: now). Done already, it does nothing. Raises
    ``PermissionDenied`` and ``Refused``, and ``IllegalMove`` where it has a fault; then nothing has changed.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(function)

        @wraps(function)
        def perform(
            *,
            actor: User,
            referral: Referral | None = None,
            consult: Consult | None = None,
            alert: Alert | None = None,
            seen: int | None = None,
            at: datetime | None = None,
            **details: object,
        ) -> None:
            asked = signature.bind(None, **{name: writable(value) for name, value in details.items()})
            asked.apply_defaults()
            at = at or timezone.now()
            if alert is not None:
                frame = _on_alert(action, actor, alert, seen, at)
            elif (subject := consult or referral) is not None:
                frame = _on_referral(action, actor, subject, seen, at, asked.kwargs)
            else:
                raise TypeError(f"{action.key} is done on a {action.subject}, and none is named.")
            with suppress(AlreadyDone), frame as this:
                function(this, **asked.kwargs)

        FUNCTIONS[action.key] = perform
        return perform

    return register


@contextmanager
def _on_alert(
    action: Action, actor: User, alert: Alert, seen: int | None, at: datetime
) -> Iterator[ActionContext]:
    """An alert has no version: what came after ``seen`` is the action's own concern.

    The form is locked before its referral, as where the patient answers; without its key, so that whoever
    has locked the referral may write rows about the form.
    """
    with transaction.atomic():
        locked = Alert.objects.select_for_update(no_key=True).get(pk=alert.pk)
        referral = Referral.objects.select_for_update().filter(submission=locked.pk).first()
        if not actor.has_perm(action.permission_on()):
            raise PermissionDenied
        if locked.is_erased:
            raise Refused(erased())
        event = Event(referral=referral, submission_id=locked.pk, actor=actor, kind=action.key, at=at)
        this = ActionContext(actor, event)
        this.alert = locked
        known = [alarm for alarm in locked.in_order() if seen is None or alarm.pk <= seen]
        this.seen_alarm = (known or locked.in_order())[-1 if known else 0]
        yield this
        if referral is not None:
            referral.version += alert_hold.update(referral)
            referral.save()
        event.save()


@contextmanager
def _on_referral(
    action: Action,
    actor: User,
    named: Referral | Consult,
    seen: int | None,
    at: datetime,
    asked: dict[str, Any],
) -> Iterator[ActionContext]:
    with transaction.atomic():
        consult = None
        if action.locks_form and isinstance(named, Referral):
            Submission.objects.select_for_update().get(pk=named.submission_id)
        locked = _locked(named.referral_id if isinstance(named, Consult) else named.pk, asked)
        if isinstance(named, Consult):
            consult = Consult.objects.select_for_update().get(pk=named.pk, referral=locked)
        if not action.is_for(actor, consult.treatment if consult else None):
            raise PermissionDenied
        situation = situation_of(action, locked, actor, consult, at=at)
        if action.is_done(situation):
            raise AlreadyDone
        subject: Referral | Consult = consult if consult and _of_team(action) else locked
        # The version that the page showed goes into the digest, but where the event has it by itself: with a
        # referral's action that happens on no other.
        stands = subject is locked and not action.never_stale
        digest = _digest(asked, consult, None if stands else subject.version if seen is None else seen)
        if seen is not None and seen != subject.version:
            _refuse_stale(action, actor, locked, seen, digest, of_team=subject is consult)
        if refusal := action.why_not(situation):
            raise Refused(refusal)
        event = _event(action, actor, locked, consult, at)
        event.asked = digest
        yield _context(actor, event, locked, consult)
        event.to_state = (consult or locked).state
        _check_end(action, event)
        for row in (locked, consult) if consult else (locked,):
            row.version += 1
            row.save()
        _check_routed(locked)
        event.save()


def _context(actor: User, event: Event, referral: Referral, consult: Consult | None) -> ActionContext:
    this = ActionContext(actor, event)
    this.referral = referral
    if consult is not None:
        this.consult = consult
    return this


def _event(action: Action, actor: User, referral: Referral, consult: Consult | None, at: datetime) -> Event:
    """The event as it stands before the action: unsaved, with what an undo would restore."""
    return Event(
        referral=referral,
        consult=consult,
        actor=actor,
        kind=action.key,
        at=at,
        from_state=(consult or referral).state,
        version=referral.version,
        before=undo_snapshot(referral, consult) if action.undoable else None,
        assessment=assessment_to_keep(referral) if action.keeps_assessment else None,
    )


def _locked(key: int, asked: dict[str, Any]) -> Referral:
    """The referral, locked together with others that the action names.

    In one order: two people who link the same two from either side must not wait for each other. Nothing
    joined: after waiting for the lock PostgreSQL joins as of before, so an owner would be missed.
    """
    keys = {key, *(value.pk for value in asked.values() if isinstance(value, Referral))}
    rows = Referral.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}[key]


def _of_team(action: Action) -> bool:
    """Whether its page is that of a consult, once it names one."""
    return action.subject is Subject.CONSULT or action.by_teams


def _refuse_stale(
    action: Action, actor: User, referral: Referral, seen: int, digest: str, *, of_team: bool
) -> None:
    """From a stale page: the same action sent again is done already, any other is refused if a page can be too old."""
    repeated = Event.objects.filter(referral=referral, kind=action.key, actor=actor, asked=digest)
    if (repeated if of_team or action.never_stale else repeated.filter(version=seen)).exists():
        raise AlreadyDone
    if action.never_stale:
        return
    raise Refused(stale_consult() if of_team else stale_referral(), stale=True)


def _check_end(action: Action, event: Event) -> None:
    """What was acted on is where the action's row leads."""
    stays = event.to_state == event.from_state and (action.may_stay or not action.moves_to)
    if not stays and event.to_state not in action.moves_to:
        raise IllegalMove(f"{action.key}: from {event.from_state} to {event.to_state}")


def _check_routed(referral: Referral) -> None:
    """A referral is routed exactly while a consult is open: none drops off every list."""
    if (referral.state == ReferralState.ROUTED) != referral.consults.open().exists():
        raise IllegalMove(f"Referral {referral.pk} is {referral.state}, which its consults deny")


def _digest(asked: dict[str, Any], consult: Consult | None, version: int | None) -> str:
    words = json.dumps(
        [
            {key: _plain(value) for key, value in asked.items()},
            consult.pk if consult else None,
            version,
        ],
        sort_keys=True,
        default=str,
    )
    # Keyed: a digest that anybody can make would tell a short note to whoever guesses it.
    key = hmac.digest(settings.SECRET_KEY.encode(), b"treatments.triage.frame", "sha256")
    return hmac.digest(key, words.encode(), "sha256").hex()


def _plain(value: object) -> object:
    """Rows by their key; of several choices the order says nothing."""
    if isinstance(value, models.Model):
        return value.pk
    return sorted(set(value)) if isinstance(value, list | tuple | set) else value


def back_to_review_without_a_team(this: ActionContext) -> None:
    """With no other consult open the referral is the coordinators' again: none drops off every list."""
    if not this.referral.consults.open().exclude(pk=this.consult.pk).exists():
        move(this.referral, ReferralState.IN_REVIEW, at=this.at)


def require_note(reasons: Mapping[str, Coded], reason: str, note: str, *, missing: str = "") -> None:
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
