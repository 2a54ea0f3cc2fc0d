"""What a deed needs to know beyond the referral's own row, and what an undo of it would restore."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from treatments.models import CaringContact, DuplicateLink, Event, Referral

# A hold's release is not among them: what a clinician has recorded stands. Nor is what a team or the
# patient has been told.
UNDOABLE = ("claim", "assign", "release", "route", "close", "reopen")
UNDO_WITHIN = timedelta(minutes=10)


def as_before(referral: Referral) -> dict:
    """The columns that undoing a move restores, as they stand before it."""
    return {
        "owner": referral.owner_id,
        "close_reason": referral.close_reason,
        "returned_at": referral.returned_at.isoformat() if referral.returned_at else None,
        "attention": referral.attention,
    }


def last_move(referral: Referral, actor: AbstractBaseUser, now: datetime | None = None) -> Event | None:
    """The actor's own last move on this referral while it may be undone: of the last ten minutes, and
    nobody (they neither) has done anything since.
    """
    since = (now or timezone.now()) - UNDO_WITHIN
    # Every deed raises the version: the last one is the only one that acted on the version before this.
    last = referral.events.filter(version=referral.version - 1, kind__in=UNDOABLE, actor=actor, at__gte=since)
    return last.defer("assessment").order_by("-pk").first() if referral.version else None


def _last_move(referral: Referral, actor: AbstractBaseUser) -> dict:
    move = last_move(referral, actor)
    return {"last_move": move.kind if move else ""}


def _caring_contact(referral: Referral, actor: AbstractBaseUser) -> dict:
    row: CaringContact | None = getattr(referral, "caring_contact", None)
    return {"caring_contact_owed": row.is_owed if row else None}


def _duplicates(referral: Referral, actor: AbstractBaseUser) -> dict:
    return {"duplicates": DuplicateLink.objects.of(referral).count()}


# What a refusal of these deeds depends on besides: a query each, asked only where the deed is.
ASKED_FOR: dict[str, Callable[[Referral, AbstractBaseUser], dict]] = {
    "undo": _last_move,
    "caring_contact": _caring_contact,
    "unlink_duplicate": _duplicates,
}
