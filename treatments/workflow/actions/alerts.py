"""Taking a safety alert, noting what was tried, and closing it."""

from django.utils.translation import gettext_lazy as _

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, whatever_the_state

HANDLE = Permission("handle_alert", _("Can take and close a safety alert"), (COORDINATORS, CLINICIANS))

TAKE_ALERT = Action(
    key="take_alert",
    subject=Subject.ALERT,
    label=_("I am on it"),
    done=_("You are on it."),
    event=_("Alert taken"),
    permission=HANDLE,
    refusal=whatever_the_state,
    shared=True,
)
NOTE_ALERT = Action(
    key="note_alert",
    subject=Subject.ALERT,
    label=_("Add a note"),
    done=_("Your note was kept with the alert."),
    event=_("Note on the alert"),
    permission=HANDLE,
    refusal=whatever_the_state,
    shared=True,
)
CLOSE_ALERT = Action(
    key="close_alert",
    subject=Subject.ALERT,
    label=_("Close the alert"),
    done=_("The alert was closed."),
    event=_("Alert closed"),
    permission=HANDLE,
    refusal=whatever_the_state,
    shared=True,
)
ROWS = (TAKE_ALERT, NOTE_ALERT, CLOSE_ALERT)
