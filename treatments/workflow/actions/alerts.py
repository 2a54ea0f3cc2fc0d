"""Acknowledging a safety alert."""

from django.utils.translation import gettext_lazy as _

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, whatever_the_state

ACKNOWLEDGE = Action(
    key="acknowledge",
    subject=Subject.ALERT,
    label=_("Acknowledge"),
    done=_("The alert was acknowledged."),
    event=_("Alert acknowledged"),
    permission=Permission(
        "acknowledge_safetyalert", _("Can acknowledge a safety alert"), (COORDINATORS, CLINICIANS)
    ),
    refusal=whatever_the_state,
    shared=True,
)
ROWS = (ACKNOWLEDGE,)
