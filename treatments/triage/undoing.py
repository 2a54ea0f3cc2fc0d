"""Taking back one's own last move within ten minutes, while nobody has acted since."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.models import Event, Referral
from treatments.triage.before import last_move
from treatments.triage.deed import deed, once
from treatments.workflow import Attention, ConsultState, ReferralState


def undo(*, referral: Referral, actor: AbstractBaseUser, seen: int | None = None) -> None:
    """Restore what the actor's last move changed, by a new event and by moves that the table has.

    A claimed or assigned referral is nobody's (or the former owner's) again, but stays in review: what was
    looked at is no longer new. Consults that the move opened are withdrawn. A question to the patient that
    closing took back stays closed.
    """
    with once(), deed("undo", referral=referral, actor=actor, seen=seen) as this:
        move = last_move(this.referral, actor)
        if move.kind == "route":
            _withdraw_opened(this.referral, move, actor)
        this.referral.owner_id = move.before["owner"]
        if move.kind in ("route", "close", "reopen"):
            this.referral.returned_at = _moment(move.before["returned_at"])
            this.referral.attention = Attention(move.before["attention"])
        this.referral.close_reason = move.before["close_reason"]
        this.referral.state = _state_after(this.referral, move)
        this.event.details = {"undone": move.kind, "event": move.pk}


def _state_after(referral: Referral, move: Event) -> ReferralState:
    match move.kind:
        case "reopen":
            return ReferralState.CLOSED
        case "close":
            return ReferralState.IN_REVIEW
        case "route":
            return ReferralState.ROUTED if referral.consults.open().exists() else ReferralState.IN_REVIEW
    return ReferralState(referral.state)


def _withdraw_opened(referral: Referral, move: Event, actor: AbstractBaseUser) -> None:
    """Nobody has acted since, so those that the move opened are the open ones of its treatments."""
    for consult in referral.consults.open().filter(treatment__in=move.details["treatments"]):
        before = consult.state
        consult.state = ConsultState.WITHDRAWN
        consult.ended_at = timezone.now()
        consult.version += 1
        consult.save()
        Event.objects.create(
            referral=referral,
            consult=consult,
            actor=actor,
            kind=Event.Kind.WITHDRAW,
            from_state=before,
            to_state=consult.state,
            version=referral.version,
            note=_("The routing was undone."),
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
