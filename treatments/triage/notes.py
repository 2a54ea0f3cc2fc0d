"""A note in the timeline, which says that somebody has looked."""

from django.utils.translation import gettext as _

from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Attention, Refused
from treatments.workflow.actions.notes import NOTE
from treatments.workflow.actions.routing import ROUTE


@performs(NOTE)
def add_note(this: ActionContext, *, note: str) -> None:
    """Write a note into the timeline; what came from a team or the patient counts as looked at.

    That the patient withdrew stays until the referral is closed.
    """
    if not note.strip():
        raise Refused(_("Write a note."))
    this.event.note = note
    if this.actor.has_perm(ROUTE.permission_on()):
        this.referral.returned_at = None
        if not this.referral.is_withdrawn:
            this.referral.attention = Attention.NONE
