"""A note in the timeline, and what was done with what came from the patient or a team."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from treatments.triage.flags import end_flags
from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Refused
from treatments.workflow.actions.notes import DEAL_WITH, NOTE
from treatments.workflow.flags import in_order


@performs(NOTE)
def add_note(this: ActionContext, *, note: str) -> None:
    """Write a note into the timeline; no flag ends by it."""
    if not note.strip():
        raise Refused(_("Write a note."))
    this.event.note = note


@performs(DEAL_WITH)
def deal_with(this: ActionContext, *, flags: Collection[str], note: str) -> None:
    """Say what was done with what came from the patient or a team: these ``flags`` stand no longer."""
    standing = {flag.value: flag for flag, _since in this.referral.standing_flags}
    if not flags:
        raise Refused(_("Choose what was dealt with."))
    if not set(flags) <= set(standing):
        raise Refused(_("Choose from what waits here. Somebody else may have dealt with the rest."))
    if not note.strip():
        raise Refused(_("Write what you did with it."))
    ended = in_order([standing[key] for key in flags])
    end_flags(this.referral, ended)
    this.event.note = note
    this.event.details = {"flags": ended}
