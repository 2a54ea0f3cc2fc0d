"""How things stand for somebody when they are about to act: what every refusal is decided on."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User

from treatments.models import CaringContact, Consult, DuplicateLink, RecordRequest, Referral
from treatments.reading.redaction import redaction_for
from treatments.triage.undo_state import last_move, last_team_move
from treatments.workflow import ConsultState, Hold, ReferralState, Situation
from treatments.workflow.actions.row import Action


def situation_of(
    action: Action,
    referral: Referral,
    actor: User,
    consult: Consult | None = None,
    *,
    at: datetime,
    open_consults: int | None = None,
    known: Mapping[str, object] = MappingProxyType({}),
) -> Situation:
    """How things stand for ``actor`` and this ``action``; ``open_consults``, and of the ``EXTRA_FACTS`` those that
    are ``known``, where the caller has read them.
    """
    owner = referral.owner
    if open_consults is None:
        open_consults = referral.consults.open().count()
    facts: dict[str, Any] = {
        fact: known[fact] if fact in known else EXTRA_FACTS[fact](referral, actor, consult, at)
        for fact in action.facts
    }
    return Situation(
        state=ReferralState(referral.state),
        hold=Hold(referral.hold),
        assessed=referral.is_assessed,
        owner=(owner.get_full_name() or owner.get_username()) if owner else "",
        owned_by_actor=owner is not None and owner.pk == actor.pk,
        open_consults=open_consults,
        consult=ConsultState(consult.state) if consult else None,
        visit_to_come=bool(consult and consult.visit_at and consult.visit_at > at),
        flags=frozenset(flag for flag, _since in referral.standing_flags),
        alert_open=referral.alert_open,
        asked=referral.answer_by is not None,
        erased=referral.is_erased,
        legal_hold=referral.legal_hold_since is not None,
        erasure_asked=referral.erasure_asked_at is not None,
        **facts,
    )


def _last_move(referral: Referral, actor: User, consult: Consult | None, at: datetime) -> str:
    move = last_team_move(consult, actor, at) if consult else last_move(referral, actor, at)
    return move.kind if move else ""


def _caring_contact_owed(
    referral: Referral, actor: User, consult: Consult | None, at: datetime
) -> bool | None:
    row: CaringContact | None = getattr(referral, "caring_contact", None)
    return row.done_at is None if row else None


def _duplicates(referral: Referral, actor: User, consult: Consult | None, at: datetime) -> int:
    return DuplicateLink.objects.of(referral).count()


def _feedback(referral: Referral, actor: User, consult: Consult | None, at: datetime) -> bool:
    return hasattr(consult, "feedback")


def _reads_everything(referral: Referral, actor: User, consult: Consult | None, at: datetime) -> bool:
    return not redaction_for(actor, None).hides


def _substance_consent(referral: Referral, actor: User, consult: Consult | None, at: datetime) -> bool:
    return referral.submission.shares_substance_use(at)


def _requests(referral: Referral, actor: User, consult: Consult | None, at: datetime) -> object:
    rows = RecordRequest.objects.filter(referral=referral).for_user(actor)
    return frozenset(row.stands for row in rows.only("state", "release_signed_on"))


# What refusals of single actions depend on besides: a query each, asked only where an action names it.
EXTRA_FACTS: dict[str, Callable[[Referral, User, Consult | None, datetime], object]] = {
    "last_move": _last_move,
    "caring_contact_owed": _caring_contact_owed,
    "duplicates": _duplicates,
    "feedback": _feedback,
    "reads_everything": _reads_everything,
    "substance_consent": _substance_consent,
    "requests": _requests,
}
