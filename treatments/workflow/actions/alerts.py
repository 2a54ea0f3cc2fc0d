"""Acknowledging a safety alert."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS
from treatments.workflow.situation import Situation


def why_not_acknowledge(situation: Situation) -> str | None:
    if situation.acknowledged_by:
        return _("%(who)s has acknowledged this alert already.") % {"who": situation.acknowledged_by}
    return None


ACKNOWLEDGE = Action(
    key="acknowledge",
    subject=Subject.ALERT,
    label=gettext_lazy("Acknowledge"),
    done=gettext_lazy("The alert was acknowledged."),
    event=gettext_lazy("Alert acknowledged"),
    permission=Permission(
        "acknowledge_safetyalert",
        gettext_lazy("Can acknowledge a safety alert"),
        (COORDINATORS, CLINICIANS),
    ),
    refusal=why_not_acknowledge,
    shared=True,
)
ROWS = (ACKNOWLEDGE,)
