"""What a consult team does with a consult in its queue."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.models import Consult
from treatments.triage.assessing import assessment_of
from treatments.triage.deed import deed, once, require_note
from treatments.workflow import RETURN_REASONS, ConsultState, ReferralState, Refused


def accept(*, consult: Consult, actor: AbstractBaseUser, seen: int | None = None) -> None:
    """The team takes the person on; the account of the rules it had before it is kept."""
    with once(), _on(consult, "accept", actor, seen) as this:
        this.consult.state = ConsultState.ACCEPTED
        this.event.assessment = assessment_of(this.referral)


def return_consult(
    *, consult: Consult, actor: AbstractBaseUser, reason: str, note: str = "", seen: int | None = None
) -> None:
    """Hand the consult back to the coordinators for a coded ``reason``.

    With no other consult open the referral goes back into review.
    """
    with once(), _on(consult, "return", actor, seen, reason=reason, note=note) as this:
        require_note(RETURN_REASONS, reason, note)
        now = timezone.now()
        this.consult.state = ConsultState.RETURNED
        this.consult.return_reason = reason
        this.consult.ended_at = now
        this.referral.returned_at = now
        this.event.note = note
        this.event.details = {"reason": reason}
        if not this.referral.consults.open().exclude(pk=consult.pk).exists():
            this.referral.state = ReferralState.IN_REVIEW


def book(*, consult: Consult, actor: AbstractBaseUser, day: date, seen: int | None = None) -> None:
    """Record the day of the first visit; no day before today."""
    with once(), _on(consult, "book", actor, seen, day=day) as this:
        if day < timezone.localdate():
            raise Refused(_("The day of the visit can't be in the past."))
        this.consult.state = ConsultState.BOOKED
        this.consult.booked_for = day
        this.event.details = {"day": day.isoformat()}


def complete(*, consult: Consult, actor: AbstractBaseUser, note: str = "", seen: int | None = None) -> None:
    """The consult has taken place."""
    with once(), _on(consult, "complete", actor, seen, note=note) as this:
        this.consult.state = ConsultState.COMPLETED
        this.consult.ended_at = timezone.now()
        this.event.note = note


def _on(consult: Consult, kind: str, actor: AbstractBaseUser, seen: int | None, **asked):
    return deed(kind, referral=consult.referral, consult=consult, actor=actor, seen=seen, asked=asked)
