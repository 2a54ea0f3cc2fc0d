"""A team's question to the desk, which answers it or asks the patient; the consult stays where it is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.consults import why_not_once_ended
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS
from treatments.workflow.situation import Situation
from treatments.workflow.states import Attention


def why_not_answer(situation: Situation) -> str | None:
    return None if Attention.TEAM_ASKS in situation.flags else _("No team waits for an answer of the desk.")


ASK_DESK = Action(
    key="ask_desk",
    subject=Subject.CONSULT,
    label=gettext_lazy("Ask the desk"),
    done=gettext_lazy("The desk was asked. The consult stays with you, and the answer stands here."),
    event=gettext_lazy("Team asked the desk"),
    refusal=why_not_once_ended,
)
ANSWER_TEAM = Action(
    key="answer_team",
    subject=Subject.REFERRAL,
    names_consult=True,
    label=gettext_lazy("Answer the team"),
    done=gettext_lazy("The team reads your answer with its consult."),
    event=gettext_lazy("Desk answered the team"),
    permission=Permission("answer_team", gettext_lazy("Can answer what a team asks"), (COORDINATORS,)),
    refusal=why_not_answer,
)
ROWS = (ASK_DESK, ANSWER_TEAM)
