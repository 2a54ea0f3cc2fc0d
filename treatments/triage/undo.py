"""Taking back one's own last move within ten minutes, while nobody has acted since."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.models import Consult, Event, Referral
from treatments.triage.closing import owe_again
from treatments.triage.frame import action, once
from treatments.triage.undo_state import last_move, last_team_move
from treatments.workflow import Attention, ConsultState, ReferralState


def undo(*, referral: Referral, actor: AbstractBaseUser, seen: int | None = None) -> None:
    """Restore what the actor's last move changed, by a new event.

    A claimed or assigned referral is nobody's (or the former owner's) again, but stays in review: what was
    looked at is no longer new. Consults that the move opened are withdrawn, one that it withdrew is in its
    queue again. A question to the patient that closing took back stays closed.
    """
    with once(), action("undo", referral=referral, actor=actor, seen=seen) as this:
        move = last_move(this.referral, actor)
        if move.kind == "route":
            _withdraw_opened(this.referral, move, actor)
        if move.kind == "withdraw":
            this.event.consult = _back_in_its_queue(move)
        this.referral.owner_id = move.before["owner"]
        if move.kind in ("route", "close", "refer_elsewhere", "reopen"):
            this.referral.returned_at = _moment(move.before["returned_at"])
            this.referral.attention = Attention(move.before["attention"])
        if move.kind in ("close", "refer_elsewhere"):
            this.referral.contact_due_on = _day(move.before.get("contact_due_on"))
            owe_again(this.referral)
        this.referral.close_reason = move.before["close_reason"]
        this.referral.state = _state_after(this.referral, move)
        this.event.details = {"undone": move.kind, "event": move.pk}


def undo_consult(*, consult: Consult, actor: AbstractBaseUser, seen: int | None = None) -> None:
    """Restore a team's consult as it was before the actor's last move on it; feedback that was given stays."""
    with (
        once(),
        action("undo_consult", referral=consult.referral, consult=consult, actor=actor, seen=seen) as this,
    ):
        move = last_team_move(this.consult, actor)
        if move.kind == "return" and this.referral.returned_at == this.consult.ended_at:
            this.referral.returned_at = _moment(move.before["returned_at"])
        _restore(this.consult, move.before["consult"])
        this.referral.state = ReferralState.ROUTED
        this.event.details = {"undone": move.kind, "event": move.pk}


def _state_after(referral: Referral, move: Event) -> ReferralState:
    match move.kind:
        case "reopen":
            return ReferralState.CLOSED
        case "close" | "refer_elsewhere":
            return ReferralState.IN_REVIEW
        case "withdraw":
            return ReferralState.ROUTED
        case "route":
            return ReferralState.ROUTED if referral.consults.open().exists() else ReferralState.IN_REVIEW
    return ReferralState(referral.state)


def _back_in_its_queue(move: Event) -> Consult:
    consult = Consult.objects.select_for_update().get(pk=move.consult_id)
    _restore(consult, move.before["consult"])
    consult.version += 1
    consult.save()
    return consult


def _restore(consult: Consult, before: dict) -> None:
    consult.state = ConsultState(before["state"])
    consult.booked_for, consult.not_before = _day(before["booked_for"]), _day(before["not_before"])
    consult.return_reason = consult.outcome = ""
    consult.ended_at = None


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
