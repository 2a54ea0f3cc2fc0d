"""Recording what somebody says after sending: on the phone, in the room, on paper, in a message."""

from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, while_closed
from treatments.workflow.event_words import said_words
from treatments.workflow.states import ReferralState

RECORD_ANSWER = Action(
    key="record_answer",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Record answers"),
    done=gettext_lazy("The answers were recorded, and the rules run again."),
    event=gettext_lazy("Answers recorded"),
    words=said_words,
    permission=Permission(
        "record_answer", gettext_lazy("Can record what somebody answers"), (COORDINATORS, CLINICIANS)
    ),
    refusal=while_closed,
    moves_to=(ReferralState.IN_REVIEW,),
    may_stay=True,
    locks_form=True,
    shared=True,
)
ROWS = (RECORD_ANSWER,)
