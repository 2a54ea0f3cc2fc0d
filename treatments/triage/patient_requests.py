"""What a person asks of what the clinic holds of them: a copy is on record, and erasing takes two people's steps."""

from django.utils.translation import gettext as _

from intake.typed.reference import plain_reference
from treatments.triage import erasure
from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Refused
from treatments.workflow.actions.patient_requests import ASK_ERASURE, DROP_ERASURE, ERASE, GIVE_COPY
from treatments.workflow.event_words import COPIES


@performs(GIVE_COPY)
def give_copy(this: ActionContext, *, how: str, note: str) -> None:
    """Put on record that the person gets a copy of everything: to whom, how, and how it was known who they are."""
    if how not in COPIES:
        raise Refused(_("Choose how the copy is given."))
    if not note.strip():
        raise Refused(_("Write who gets it, and how you know that it is them."))
    this.event.note = note
    this.event.details = {"how": how}


@performs(ASK_ERASURE)
def ask_erasure(this: ActionContext, *, note: str) -> None:
    """Put on record that the person wants to be erased; nothing is erased by it."""
    if not note.strip():
        raise Refused(_("Write how the person asked, and how you know that it was them."))
    this.event.note = note
    this.referral.erasure_asked_at = this.at


@performs(DROP_ERASURE)
def drop_erasure(this: ActionContext, *, note: str) -> None:
    """The person no longer wants it, or was told why it may not be."""
    if not note.strip():
        raise Refused(_("Write why nothing is erased, and what the person was told."))
    this.event.note = note
    this.referral.erasure_asked_at = None


@performs(ERASE)
def erase(this: ActionContext, *, reference: str, note: str = "") -> None:
    """Erase the person for good; ``reference`` is typed once more, so that nobody erases another one."""
    if plain_reference(reference) != this.referral.reference:
        raise Refused(_("This is not the reference of this referral. Nothing was erased."))
    erasure.erase(this.referral, at=this.at)
    this.event.referral = this.referral
    this.event.note = note
