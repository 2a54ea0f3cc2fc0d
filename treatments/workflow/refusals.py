"""When an action is refused, and the sentence that says so: the same words on a disabled button and after a try."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from treatments.workflow.reasons import Reason
from treatments.workflow.situation import Situation
from treatments.workflow.states import (
    CONSULT_MOVES,
    CONSULT_STATES,
    OPEN_CONSULT_STATES,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    ConsultState,
    Hold,
    ReferralState,
)


def _claim(now: Situation) -> str | None:
    if now.owner and not now.owned_by_actor:
        return _("%(owner)s is already handling this referral.") % {"owner": now.owner}
    if now.owned_by_actor:
        return _("You are already handling this referral.")
    if now.state not in (ReferralState.NEW, ReferralState.IN_REVIEW):
        return _no_move(now, ReferralState.IN_REVIEW)
    return None


def _route(now: Situation) -> str | None:
    if now.state is ReferralState.NEW or (now.state is ReferralState.IN_REVIEW and not now.owner):
        return _("Claim this referral before you route it.")
    if now.state not in (ReferralState.IN_REVIEW, ReferralState.ROUTED):
        return _no_move(now, ReferralState.ROUTED)
    if not now.owned_by_actor:
        return _("%(owner)s is handling this referral. Only they can route it.") % {"owner": now.owner}
    if now.withdrawn:
        return _withdrawn()
    if not now.assessed:
        return _("This referral has not been assessed yet, so it can't be routed.")
    if now.hold is not Hold.NONE:
        return _("A safety hold stands. A clinician must release it before anything is routed.")
    return None


def _ask_patient(now: Situation) -> str | None:
    if now.state is ReferralState.NEW or (now.state is ReferralState.IN_REVIEW and not now.owner):
        return _("Claim this referral before you ask the patient.")
    if ReferralState.AWAITING_PATIENT not in REFERRAL_MOVES[now.state]:
        return _no_move(now, ReferralState.AWAITING_PATIENT)
    if not now.owned_by_actor:
        return _("%(owner)s is handling this referral. Only they can ask the patient.") % {"owner": now.owner}
    if now.withdrawn:
        return _withdrawn()
    return None


def _cancel_question(now: Situation) -> str | None:
    if now.state is not ReferralState.AWAITING_PATIENT:
        return _("No question to the patient is open.")
    return None


def _withdrawn() -> str:
    return _("The patient has withdrawn. Close the referral; reopen it if they want to go on after all.")


def _close(now: Situation) -> str | None:
    if ReferralState.CLOSED not in REFERRAL_MOVES[now.state]:
        return _no_move(now, ReferralState.CLOSED)
    if now.open_consults:
        return _("A consult team still has this referral. Withdraw its consult first.")
    if now.hold is not Hold.NONE:
        return _("A safety hold stands. A clinician must release it before the referral is closed.")
    return None


def why_not_for(reason: Reason, *, caring_owed: bool, tries: int, tries_of: int) -> str | None:
    """The sentence that refuses closing for ``reason``; ``tries`` since the person was last reached."""
    if caring_owed and not reason.taken_over:
        return _("A caring contact is owed. Record the caring contact before you close for this reason.")
    if reason.after_attempts and tries < tries_of:
        return _(
            "%(tries)d of %(of)d attempts were made. Make them all before you close for this reason."
        ) % {
            "tries": tries,
            "of": tries_of,
        }
    return None


def _reopen(now: Situation) -> str | None:
    if now.state is not ReferralState.CLOSED:
        return _("Only a closed referral can be reopened.")
    return None


def _release_hold(now: Situation) -> str | None:
    if now.hold is Hold.NONE:
        return _("There is no safety hold to release.")
    if not now.assessed:
        return _("This referral has not been assessed yet. Assess it first: then the hold can be reviewed.")
    return None


def _note(now: Situation) -> str | None:
    return None


def _to(state: ConsultState) -> Callable[[Situation], str | None]:
    def why_not_move(now: Situation) -> str | None:
        if now.consult is None or state in CONSULT_MOVES[now.consult]:
            return None
        if now.consult is state:
            return _("This consult is already %(state)s.") % {"state": str(CONSULT_STATES[state]).lower()}
        if now.consult not in OPEN_CONSULT_STATES:
            return _ended(now)
        return _("A consult that is %(now)s can't become %(next)s.") % {
            "now": str(CONSULT_STATES[now.consult]).lower(),
            "next": str(CONSULT_STATES[state]).lower(),
        }

    return why_not_move


def _withdraw(now: Situation) -> str | None:
    if now.consult is None and not now.open_consults:
        return _("No consult is open.")
    return _to(ConsultState.WITHDRAWN)(now)


def _ended(now: Situation) -> str | None:
    if now.consult is None or now.consult in OPEN_CONSULT_STATES:
        return None
    return _("This consult is %(state)s: nothing more happens with it.") % {
        "state": str(CONSULT_STATES[now.consult]).lower()
    }


def _reschedule(now: Situation) -> str | None:
    if now.consult in (ConsultState.WAITING, ConsultState.ACCEPTED):
        return _("No visit is booked yet.")
    return _ended(now)


def _undo_consult(now: Situation) -> str | None:
    return None if now.last_move else _nothing_to_undo()


def _transfer(now: Situation) -> str | None:
    if ended := _ended(now):
        return ended
    if now.withdrawn:
        return _withdrawn()
    if not now.assessed:
        return _("This referral has not been assessed yet, so it can't be transferred.")
    if now.hold is not Hold.NONE:
        return _("A safety hold stands. A clinician must release it before the consult is transferred.")
    return None


def _feedback(now: Situation) -> str | None:
    if now.feedback:
        return feedback_given()
    return None if now.consult is ConsultState.COMPLETED else _ended(now)


def feedback_given() -> str:
    return _("Your team has given feedback on this referral already.")


def queue_paused(queue: str, note: str) -> str:
    """Why nothing is routed to ``queue``, with the team's own words where it gave any."""
    if note.strip():
        return _("The queue %(queue)s is paused: %(note)s") % {"queue": queue, "note": note.strip()}
    return _("The queue %(queue)s is paused.") % {"queue": queue}


def queue_full(queue: str, consults: int, most: int) -> str:
    """A warning, not a refusal: the queue holds as many open consults as it should, or more."""
    return _("The queue %(queue)s is full: %(consults)d open consults of at most %(most)d.") % {
        "queue": queue,
        "consults": consults,
        "most": most,
    }


def not_to_that_queue() -> str:
    """A queue refuses as a whole, never for one person: a team may not learn where else somebody is seen."""
    return _("That queue is paused. Return the consult to the coordinators instead.")


def stale_referral() -> str:
    return _("Somebody else has changed this referral since you opened the page. Look at it again.")


def stale_consult() -> str:
    """Says nothing of who, nor of the referral: another team may have been at work there."""
    return _("This consult has changed since you opened the page. Look at it again.")


def _no_move(now: Situation, to: ReferralState) -> str:
    return _("A referral that is “%(now)s” can't become “%(next)s”.") % {
        "now": REFERRAL_STATES[now.state].label,
        "next": REFERRAL_STATES[to].label,
    }


def _assign(now: Situation) -> str | None:
    if now.state is ReferralState.CLOSED:
        return _closed()
    return None


def _release(now: Situation) -> str | None:
    if not now.owner:
        return _("Nobody is handling this referral.")
    if not now.owned_by_actor:
        return _("%(owner)s is handling this referral. Only they can unassign it.") % {"owner": now.owner}
    if now.state is not ReferralState.IN_REVIEW:
        return _("Only a referral in review can be unassigned.")
    return None


def _contact(now: Situation) -> str | None:
    return _closed() if now.state is ReferralState.CLOSED else None


def _caring_contact(now: Situation) -> str | None:
    if now.caring_contact_owed is None:
        return _("No caring contact is due.")
    if not now.caring_contact_owed:
        return _("The caring contact was made already.")
    return None


def _undo(now: Situation) -> str | None:
    if not now.last_move:
        return _nothing_to_undo()
    if now.last_move == "reopen" and now.hold is not Hold.NONE:
        return _("A safety hold stands. A clinician must release it before the referral is closed.")
    return None


def _nothing_to_undo() -> str:
    return _("Nothing to undo: your last action was over ten minutes ago, or someone has acted since.")


def _refer_elsewhere(now: Situation) -> str | None:
    return _closed() if now.state is ReferralState.CLOSED else None


def _link_duplicate(now: Situation) -> str | None:
    return None


def _unlink_duplicate(now: Situation) -> str | None:
    return None if now.duplicates else _("This referral is not linked to another one.")


def _closed() -> str:
    return _("This referral is closed. Reopen it first.")


REFUSALS: dict[str, Callable[[Situation], str | None]] = {
    "claim": _claim,
    "assign": _assign,
    "release": _release,
    "undo": _undo,
    "contact": _contact,
    "caring_contact": _caring_contact,
    "refer_elsewhere": _refer_elsewhere,
    "link_duplicate": _link_duplicate,
    "unlink_duplicate": _unlink_duplicate,
    "route": _route,
    "ask_patient": _ask_patient,
    "cancel_question": _cancel_question,
    "close": _close,
    "reopen": _reopen,
    "release_hold": _release_hold,
    "note": _note,
    "accept": _to(ConsultState.ACCEPTED),
    "return": _to(ConsultState.RETURNED),
    "book": _to(ConsultState.BOOKED),
    "reschedule": _reschedule,
    "complete": _to(ConsultState.COMPLETED),
    "postpone": _ended,
    "transfer": _transfer,
    "feedback": _feedback,
    "undo_consult": _undo_consult,
    "withdraw": _withdraw,
}


def why_not(action: str, now: Situation) -> str | None:
    """The sentence that refuses ``action`` as things stand, or None where it may happen."""
    return REFUSALS[action](now)
