"""A clinician's risk assessment, which alone ends a hold that the rules have raised."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS
from treatments.workflow.event_words import risk_words
from treatments.workflow.situation import Situation


def why_not_assess_risk(situation: Situation) -> str | None:
    if not situation.assessed:
        return _(
            "The rules have not run on this referral yet. Once they have, its risk can be assessed here."
        )
    return None


# Not undoable: what a clinician has recorded stands until a newer one replaces it.
ASSESS_RISK = Action(
    key="assess_risk",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Assess the risk"),
    done=gettext_lazy("Your risk assessment was recorded."),
    event=gettext_lazy("Risk assessed"),
    words=risk_words,
    permission=Permission("release_hold", gettext_lazy("Can release a safety hold"), (CLINICIANS,)),
    refusal=why_not_assess_risk,
    keeps_assessment=True,
    shared=True,
)
ROWS = (ASSESS_RISK,)
