"""Setting and ending a legal hold; why stands in the timeline."""

from django.utils.translation import gettext as _

from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Refused
from treatments.workflow.actions.legal_hold import END_LEGAL_HOLD, SET_LEGAL_HOLD


@performs(SET_LEGAL_HOLD)
def set_legal_hold(this: ActionContext, *, note: str) -> None:
    """From now on nothing of this person is erased."""
    this.event.note = _asked(note)
    this.referral.legal_hold_since = this.at


@performs(END_LEGAL_HOLD)
def end_legal_hold(this: ActionContext, *, note: str) -> None:
    """The clinic's times, and what the person asks for, count again."""
    this.event.note = _asked(note)
    this.referral.legal_hold_since = None


def _asked(note: str) -> str:
    if not note.strip():
        raise Refused(_("Write why."))
    return note
