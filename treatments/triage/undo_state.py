"""What an action needs to know beyond the referral's own row, and what an undo of it would restore."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from treatments.models import CaringContact, Consult, DuplicateLink, Event, Referral

# A hold's release is not among them: what a clinician has recorded stands. Nor is what the patient has been
# told, nor a consult handed over: another team has it then.
UNDOABLE = ("claim", "assign", "release", "route", "close", "reopen", "withdraw", "refer_elsewhere")
UNDOABLE_BY_TEAM = ("accept", "book", "reschedule", "complete", "return")
UNDO_WITHIN = timedelta(minutes=10)
# Events that nobody's decision made.
NO_ACT = (Event.Kind.OPENED, Event.Kind.EXPORTED, Event.Kind.ASSESSED)


def undo_snapshot(referral: Referral, consult: Consult | None) -> dict:
    """The columns that undoing a move restores, as they stand before it."""
    told = {
        "owner": referral.owner_id,
        "close_reason": referral.close_reason,
        "returned_at": _text(referral.returned_at),
        "attention": referral.attention,
        "contact_due_on": _text(referral.contact_due_on),
    }
    if consult is not None:
        days = {"booked_for": _text(consult.booked_for), "not_before": _text(consult.not_before)}
        told["consult"] = {"state": consult.state, **days}
    return told


def _text(moment) -> str | None:
    return moment.isoformat() if moment else None


def last_move(referral: Referral, actor: AbstractBaseUser, at: datetime) -> Event | None:
    """The actor's own last move on this referral while it may be undone: of the ten minutes before ``at``, and
    nobody (they neither) has done anything since.
    """
    since = at - UNDO_WITHIN
    # Every action raises the version: the last one is the only one that acted on the version before this.
    last = referral.events.filter(version=referral.version - 1, kind__in=UNDOABLE, actor=actor, at__gte=since)
    last = last.filter(before__isnull=False)
    return last.defer("assessment").order_by("-pk").first() if referral.version else None


def last_team_move(consult: Consult, actor: AbstractBaseUser, at: datetime) -> Event | None:
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


def _last_move(referral: Referral, actor: AbstractBaseUser, consult: Consult | None, at: datetime) -> dict:
    move = last_move(referral, actor, at)
    return {"last_move": move.kind if move else ""}


def _last_move_on(referral: Referral, actor: AbstractBaseUser, consult: Consult, at: datetime) -> dict:
    move = last_team_move(consult, actor, at)
    return {"last_move": move.kind if move else ""}


def _caring_contact(
    referral: Referral, actor: AbstractBaseUser, consult: Consult | None, at: datetime
) -> dict:
    row: CaringContact | None = getattr(referral, "caring_contact", None)
    return {"caring_contact_owed": row.done_at is None if row else None}


def _duplicates(referral: Referral, actor: AbstractBaseUser, consult: Consult | None, at: datetime) -> dict:
    return {"duplicates": DuplicateLink.objects.of(referral).count()}


# What a refusal of these actions depends on besides: a query each, asked only where the action is.
EXTRA_FACTS: dict[str, Callable[[Referral, AbstractBaseUser, Consult | None, datetime], dict]] = {
    "undo": _last_move,
    "undo_consult": _last_move_on,
    "caring_contact": _caring_contact,
    "unlink_duplicate": _duplicates,
}
