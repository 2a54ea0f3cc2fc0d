"""Closing a referral for a coded reason, and taking it up again."""

from datetime import datetime

from django.utils.translation import gettext as _

from intake.locations import settings_of
from intake.models import Question
from treatments.models import CaringContact, ContactAttempt, Referral
from treatments.triage.flags import end_flags
from treatments.triage.frame import ActionContext, performs, require_note
from treatments.triage.moves import move
from treatments.triage.questions import stop_waiting
from treatments.workflow import CLOSE_REASONS, ReferralState, Refused
from treatments.workflow.actions.closing import CLOSE, REOPEN, why_not_close_for
from treatments.workflow.flags import ANSWERS


@performs(CLOSE)
def close(this: ActionContext, *, reason: str, note: str = "") -> None:
    """End the referral for a coded ``reason``, some of which ask for a note; nothing stays due."""
    require_note(CLOSE_REASONS, reason, note)
    end(this.referral, reason, this.at)
    this.event.note = note
    this.event.details = {"reason": reason}


def reasons_refused(referral: Referral) -> dict[str, str]:
    """The reasons for which this referral can't be closed now, each with the sentence that says why."""
    attempts = ContactAttempt.objects.filter(referral=referral).newest_first()
    most = settings_of(None).contact_attempts
    owed = CaringContact.objects.owed().filter(referral=referral).exists()
    tries = ContactAttempt.failed_of(list(attempts.only("outcome")[:most]))
    refused = {}
    for code, reason in CLOSE_REASONS.items():
        if sentence := why_not_close_for(reason, caring_owed=owed, tries=tries, tries_of=most):
            refused[code] = sentence
    return refused


def end(referral: Referral, reason: str, at: datetime) -> None:
    """Close for ``reason`` if that may be, and clear what is due; the caller holds the row and saves it."""
    refused = reasons_refused(referral)
    if reason in refused:
        raise Refused(refused[reason])
    move(referral, ReferralState.CLOSED, at=at)
    referral.close_reason = reason
    referral.contact_due_on = None
    stop_waiting(referral, Question.End.TAKEN_BACK, at)
    end_flags(referral, ANSWERS[CLOSE.key])
    CaringContact.objects.owed().filter(referral=referral).update(taken_over_at=at)


@performs(REOPEN)
def reopen(this: ActionContext, *, note: str) -> None:
    """Take a closed referral up again; the actor handles it, and a caring contact never made is owed again."""
    if not note.strip():
        raise Refused(_("Write why you reopen this referral."))
    move(this.referral, ReferralState.IN_REVIEW, at=this.at)
    this.referral.close_reason = ""
    this.referral.owner = this.actor
    owe_again(this.referral)
    this.event.note = note


def owe_again(referral: Referral) -> None:
    """Whoever had taken over no longer counts: the referral is open again."""
    CaringContact.objects.filter(referral=referral).update(taken_over_at=None)
