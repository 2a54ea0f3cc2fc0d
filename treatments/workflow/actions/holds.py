"""Releasing a safety hold: a clinician's assessment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS
from treatments.workflow.event_words import hold_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import Hold


def why_not_release_hold(situation: Situation) -> str | None:
    if situation.hold is Hold.NONE:
        return _("There is no safety hold to release.")
    if not situation.assessed:
        return _("This referral has not been assessed yet. Assess it first: then the hold can be reviewed.")
    return None


# Not undoable: what a clinician has recorded stands.
RELEASE_HOLD = Action(
    key="release_hold",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Release the hold"),
    done=gettext_lazy("The hold was released and your assessment recorded."),
    event=gettext_lazy("Hold released"),
    words=hold_words,
    permission=Permission("release_hold", gettext_lazy("Can release a safety hold"), (CLINICIANS,)),
    refusal=why_not_release_hold,
    keeps_assessment=True,
    shared=True,
)
ROWS = (RELEASE_HOLD,)
