"""Asking the patient, and canceling the question."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, no_move, withdrawn
from treatments.workflow.event_words import question_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import REFERRAL_MOVES, ReferralState


def why_not_ask(situation: Situation) -> str | None:
    """With a consult open the referral stays routed, and who asks is its owner, or anybody where it has none."""
    state = situation.state
    if state is ReferralState.NEW or (state is ReferralState.IN_REVIEW and not situation.owner):
        return _("Claim this referral before you ask the patient.")
    if state is not ReferralState.ROUTED and ReferralState.AWAITING_PATIENT not in REFERRAL_MOVES[state]:
        return no_move(situation, ReferralState.AWAITING_PATIENT)
    if situation.asked:
        return _("A question to the patient is open already. Cancel it first.")
    if situation.owner and not situation.owned_by_actor:
        owner = {"owner": situation.owner}
        return _("%(owner)s is handling this referral. Only they can ask the patient.") % owner
    if situation.withdrawn:
        return withdrawn()
    return None


def why_not_cancel(situation: Situation) -> str | None:
    if not situation.asked:
        return _("No question to the patient is open.")
    return None


MAY_ASK = Permission(
    "ask_patient", gettext_lazy("Can ask the patient, and cancel a question"), (COORDINATORS,)
)

ASK_PATIENT = Action(
    key="ask_patient",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Ask the patient"),
    done=gettext_lazy("The patient was asked."),
    event=gettext_lazy("Patient asked"),
    words=question_words,
    permission=MAY_ASK,
    refusal=why_not_ask,
    moves_to=(ReferralState.AWAITING_PATIENT,),
    may_stay=True,
)
CANCEL_QUESTION = Action(
    key="cancel_question",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Cancel the question"),
    done=gettext_lazy("The question was canceled."),
    event=gettext_lazy("Question canceled"),
    permission=MAY_ASK,
    refusal=why_not_cancel,
    moves_to=(ReferralState.IN_REVIEW,),
    may_stay=True,
)
ROWS = (ASK_PATIENT, CANCEL_QUESTION)
