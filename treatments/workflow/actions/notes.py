"""A note in the timeline."""

from django.utils.translation import gettext_lazy as _

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, whatever_the_state

NOTE = Action(
    key="note",
    subject=Subject.REFERRAL,
    label=_("Add a note"),
    done=_("The note was added."),
    event=_("Note"),
    permission=Permission("note_referral", _("Can add a note to a referral"), (COORDINATORS, CLINICIANS)),
    refusal=whatever_the_state,
)
ROWS = (NOTE,)
