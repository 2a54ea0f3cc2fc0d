"""Taking back one's own last move within ten minutes, while nobody has acted since."""

from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from treatments.models import Consult, Event, Referral
from treatments.triage.closing import owe_again
from treatments.triage.flags import end_flags, keep_flags, raise_flag
from treatments.triage.frame import ActionContext, performs
from treatments.triage.moves import move
from treatments.triage.notices import take_back, theirs_no_more
from treatments.triage.undo_state import last_move, last_team_move
from treatments.triage.visits import restore_visits
from treatments.workflow import Attention, ConsultState, ReferralState, Refused
from treatments.workflow.actions.routing import WITHDRAW
from treatments.workflow.actions.undo import UNDO, UNDO_CONSULT, nothing_to_undo
from treatments.workflow.notices import NoticeKind

# What booking, moving or ending a visit ends, and its undoing brings back.
ENDED_BY_A_VISIT = (Attention.MISSED, Attention.PASSED)


@performs(UNDO)
def undo(this: ActionContext) -> None:
    """Restore what the actor's last move changed, by a new event.

    A claimed or assigned referral is nobody's (or the former owner's) again, but stays in review: what was
    looked at is no longer new. Consults that the move opened are withdrawn, one that it withdrew is in its
    queue again. A question to the patient that closing took back stays closed.
    """
    undone = last_move(this.referral, this.actor, this.at)
    if undone is None:
        raise Refused(nothing_to_undo())
    before = undone.before or {}
    if undone.kind == "route":
        _withdraw_opened(this, undone)
    if undone.kind == "withdraw":
        this.event.consult = _back_in_its_queue(undone, before["consult"], this.at)
    this.referral.owner_id = before["owner"]
    theirs_no_more(this.referral)
    if undone.kind in ("route", "close", "refer_elsewhere", "reopen"):
        this.referral.returned_at = _moment(before["returned_at"])
        if "flags" in before:  # not in an event of the release before
            keep_flags(this.referral, before["flags"])
            this.referral.message_due_at = _moment(before["message_due_at"])
    if undone.kind in ("close", "refer_elsewhere"):
        this.referral.contact_due_on = _day(before.get("contact_due_on"))
        owe_again(this.referral)
    this.referral.close_reason = before["close_reason"]
    move(this.referral, _state_after(this.referral, undone), at=this.at, restoring=True)
    this.event.details = {"undone": undone.kind, "event": undone.pk}


@performs(UNDO_CONSULT)
def undo_consult(this: ActionContext) -> None:
    """Restore a team's consult as it was before the actor's last move on it; feedback that was given stays."""
    undone = last_team_move(this.consult, this.actor, this.at)
    if undone is None:
        raise Refused(nothing_to_undo())
    before = undone.before or {}
    if undone.kind == "return" and this.referral.returned_at == this.consult.ended_at:
        this.referral.returned_at = _moment(before["returned_at"])
    if undone.kind == "return":
        take_back(NoticeKind.RETURNED, this.referral, undone.at)
    if undone.kind == "no_show":
        _take_back_missed(this, undone)
    for flag, since in before.get("flags", {}).items():
        if flag in ENDED_BY_A_VISIT:
            raise_flag(this.referral, Attention(flag), datetime.fromisoformat(since))
    _restore(this.consult, before["consult"], this.at)
    move(this.referral, ReferralState.ROUTED, at=this.at, restoring=True)
    this.event.details = {"undone": undone.kind, "event": undone.pk}


def _state_after(referral: Referral, undone: Event) -> ReferralState:
    match undone.kind:
        case "reopen":
            return ReferralState.CLOSED
        case "close" | "refer_elsewhere":
            return ReferralState.IN_REVIEW
        case "withdraw":
            return ReferralState.ROUTED
        case "route":
            return ReferralState.ROUTED if referral.consults.open().exists() else ReferralState.IN_REVIEW
    return ReferralState(referral.state)


def _back_in_its_queue(undone: Event, before: dict[str, Any], at: datetime) -> Consult:
    consult = Consult.objects.select_for_update().get(pk=cast(int, undone.consult_id))
    _restore(consult, before, at)
    consult.version += 1
    consult.save()
    return consult


def _restore(consult: Consult, before: dict[str, Any], at: datetime) -> None:
    move(consult, ConsultState(before["state"]), at=at, restoring=True)
    consult.booked_for, consult.not_before = _day(before["booked_for"]), _day(before["not_before"])
    if "visits" in before:  # not in an event of the release before
        consult.target_from = _moment(before["target_from"])
        restore_visits(consult, before["visits"], at)
    consult.no_shows = before.get("no_shows", consult.no_shows)
    consult.return_reason = consult.outcome = ""
    consult.ended_at = None


def _take_back_missed(this: ActionContext, undone: Event) -> None:
    """The flag that ``undone`` raised; one that stood before has another time."""
    raised = this.referral.flags.get(Attention.MISSED.value)
    if raised and _moment(raised) == undone.at:
        end_flags(this.referral, {Attention.MISSED})


def _withdraw_opened(this: ActionContext, undone: Event) -> None:
    """Nobody has acted since, so those that the move opened are the open ones of its treatments."""
    referral = this.referral
    for consult in referral.consults.open().filter(treatment__in=undone.details["treatments"]):
        before = consult.state
        move(consult, ConsultState.WITHDRAWN, at=this.at)
        consult.ended_at = this.at
        consult.version += 1
        consult.save()
        Event.objects.create(
            referral=referral,
            consult=consult,
            actor=this.actor,
            kind=WITHDRAW.key,
            at=this.at,
            from_state=before,
            to_state=consult.state,
            version=referral.version,
            note=_("The routing was undone."),
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
