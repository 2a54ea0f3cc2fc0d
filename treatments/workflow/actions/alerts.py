"""Taking a safety alert, handing it over, letting it go, noting what was tried, and closing it."""

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
HAND_OVER_ALERT = Action(
    key="hand_over_alert",
    subject=Subject.ALERT,
    label=_("Hand over"),
    done=_("You asked them to take it over. It is yours until they do."),
    event=_("Alert handed over"),
    permission=HANDLE,
    refusal=whatever_the_state,
    shared=True,
)
LET_GO_ALERT = Action(
    key="let_go_alert",
    subject=Subject.ALERT,
    label=_("Let go"),
    done=_("You are no longer on it. On-call staff hear of it again until somebody takes it."),
    event=_("Alert let go"),
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
ROWS = (TAKE_ALERT, HAND_OVER_ALERT, LET_GO_ALERT, NOTE_ALERT, CLOSE_ALERT)
