"""A note in the timeline, and what was done with what came from the patient or a team."""

from collections.abc import Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from treatments.triage.flags import end_flags
from treatments.triage.frame import ActionContext, performs
from treatments.triage.mentions import tell_mentioned
from treatments.workflow import ATTENTION_WORDS, Refused
from treatments.workflow.actions.notes import DEAL_WITH, NOTE
from treatments.workflow.flags import in_order


@performs(NOTE)
def add_note(this: ActionContext, *, note: str) -> None:
    """Write a note into the timeline; no flag ends by it."""
    if not note.strip():
        raise Refused(_("Write a note."))
    this.event.note = note
    tell_mentioned(this, note)


@performs(DEAL_WITH)
def deal_with(this: ActionContext, *, reasons: Mapping[str, str]) -> None:
    """Say of each flag what was done with what came from the patient or a team: these stand no longer."""
    standing = {flag.value: flag for flag, _since in this.referral.standing_flags}
    if not reasons:
        raise Refused(_("Choose what was dealt with."))
    if not set(reasons) <= set(standing):
        raise Refused(_("Choose from what waits here. Somebody else may have dealt with the rest."))
    if not all(reason.strip() for reason in reasons.values()):
        raise Refused(_("Write what you did with it."))
    ended = in_order([standing[key] for key in reasons])
    end_flags(this.referral, ended)
    several = [f"{capfirst(ATTENTION_WORDS[flag])}: {reasons[flag.value]}" for flag in ended]
    this.event.note = "\n".join(several) if len(several) > 1 else reasons[ended[0].value]
    this.event.details = {"flags": ended}
