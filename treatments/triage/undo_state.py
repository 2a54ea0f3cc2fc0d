"""What an undo would restore, and which move of somebody's own may be undone."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from treatments.models import Consult, Event, Referral
from treatments.workflow.actions.table import CONSULT_ACTIONS, REFERRAL_ACTIONS
from treatments.workflow.events import ASSESSED, EXPORTED, OPENED

UNDOABLE = [key for key, row in REFERRAL_ACTIONS.items() if row.undoable]
UNDOABLE_BY_TEAM = [key for key, row in CONSULT_ACTIONS.items() if row.undoable]
UNDO_WITHIN = timedelta(minutes=10)
# Events that nobody's decision made.
NO_ACT = (OPENED.key, EXPORTED.key, ASSESSED.key)


def undo_snapshot(referral: Referral, consult: Consult | None) -> dict[str, Any]:
    """The columns that undoing a move restores, as they stand before it."""
    columns: dict[str, Any] = {
        "owner": referral.owner_id,
        "close_reason": referral.close_reason,
        "returned_at": _text(referral.returned_at),
        "flags": referral.flags,
        "message_due_at": _text(referral.message_due_at),
        "contact_due_on": _text(referral.contact_due_on),
    }
    if consult is not None:
        days = {"booked_for": _text(consult.booked_for), "not_before": _text(consult.not_before)}
        days["target_from"] = _text(consult.target_from)
        visits = list(consult.visits.standing().values_list("pk", flat=True))
        kept = {"state": consult.state, "no_shows": consult.no_shows, "visits": visits}
        columns["consult"] = {**kept, **days}
    return columns


def _text(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def last_move(referral: Referral, actor: User, at: datetime) -> Event | None:
    """The actor's own last move on this referral while it may be undone: of the ten minutes before ``at``, and
    nobody (they neither) has done anything since.
    """
    since = at - UNDO_WITHIN
    # Every action raises the version: the last one is the only one that acted on the version before this.
    last = referral.events.filter(version=referral.version - 1, kind__in=UNDOABLE, actor=actor, at__gte=since)
    last = last.filter(before__isnull=False)
    return last.defer("assessment").order_by("-pk").first() if referral.version else None


def last_team_move(consult: Consult, actor: User, at: datetime) -> Event | None:
    """The actor's own last move on their team's consult, while it may be undone.

    What other teams have done since does not count: an undo refused for it would tell of them.
    """
    since = at - UNDO_WITHIN
    own = Q(consult=None) | Q(consult=consult.pk)
    acts = Event.objects.filter(own, referral=consult.referral_id).exclude(kind__in=NO_ACT)
    last = acts.defer("assessment").order_by("-pk").first()
    if last is None or last.kind not in UNDOABLE_BY_TEAM or last.consult_id != consult.pk:
        return None
    if last.actor_id != actor.pk or last.at < since or last.before is None:
        return None
    again = Consult.objects.open().filter(referral=consult.referral_id, treatment=consult.treatment)
    return None if again.exclude(pk=consult.pk).exists() else last
