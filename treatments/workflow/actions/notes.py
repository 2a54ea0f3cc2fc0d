"""A note in the timeline, and what was done with what came from the patient or a team."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, whatever_the_state
from treatments.workflow.event_words import flag_words
from treatments.workflow.situation import Situation

NOTE = Action(
    key="note",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Add a note"),
    done=gettext_lazy("The note was added."),
    event=gettext_lazy("Note"),
    permission=Permission(
        "note_referral", gettext_lazy("Can add a note to a referral"), (COORDINATORS, CLINICIANS)
    ),
    refusal=whatever_the_state,
    never_stale=True,
)


def why_not_deal_with(situation: Situation) -> str | None:
    return None if situation.flags else _("Nothing waits here to be dealt with.")


DEAL_WITH = Action(
    key="deal_with",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Say what was done"),
    done=gettext_lazy("It is on record as dealt with."),
    event=gettext_lazy("Dealt with"),
    words=flag_words,
    permission=Permission(
        "deal_with_referral",
        gettext_lazy("Can say what was done with a message or a return"),
        (COORDINATORS, CLINICIANS),
    ),
    refusal=why_not_deal_with,
)
ROWS = (DEAL_WITH, NOTE)
