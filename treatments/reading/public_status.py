"""What a patient may read about their own referral: the public label of its state and a public sentence.

Nothing else crosses over: no score, no level, no finding, no queue and nobody's name. Another service is named only where the clinic shows it to patients.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.models import Submission
from intake.status import Appointment, GivenService, PublicStatus
from intake.typed.phone import phone_link
from treatments.models import OutsideServiceVersion, Referral, Visit
from treatments.workflow import (
    CLOSE_REASONS,
    REFERRAL_STATES,
    RETURN_REASONS,
    ConsultState,
    ReferralState,
)
from treatments.workflow.actions.outside_services import REFER_ELSEWHERE
from treatments.workflow.actions.undo import UNDO

WITHDRAWN = _("You withdrew your form")
WITHDRAWN_MEANS = _("A coordinator will close it, and may call you once before that.")


# Which of the patient's four steps goes on in each state: the clinic reads (2), makes contact (3), a team is at it (4).
AT_STEP: dict[ReferralState, int] = {
    ReferralState.NEW: 2,
    ReferralState.IN_REVIEW: 2,
    ReferralState.AWAITING_PATIENT: 3,
    ReferralState.ROUTED: 4,
    ReferralState.CLOSED: 4,
}


def public_status_of(submission: Submission) -> PublicStatus:
    """How the referral of ``submission`` stands, in the patient's words."""
    referral = Referral.objects.filter(submission=submission).first()
    if referral is None:
        return PublicStatus(label=REFERRAL_STATES[ReferralState.NEW].public)
    state = ReferralState(referral.state)
    withdrawn = referral.is_withdrawn
    return PublicStatus(
        label=WITHDRAWN if withdrawn else REFERRAL_STATES[state].public,
        sentence=WITHDRAWN_MEANS if withdrawn else _sentence(referral),
        withdrawn=withdrawn,
        closed=state is ReferralState.CLOSED,
        at_step=AT_STEP[state],
        since=None if state is ReferralState.NEW else _since(referral),
        appointments=_appointments(referral) if state is ReferralState.ROUTED else (),
        services=services_shown(referral),
    )


def _appointments(referral: Referral) -> tuple[Appointment, ...]:
    """The visits that are still to come, of whatever team."""
    visits = Visit.objects.to_come(timezone.now()).filter(consult__referral=referral).in_order()
    return tuple(
        Appointment(
            key=visit.calendar.hex, moves=visit.moves, day=visit.day, starts=visit.starts, ends=visit.ends
        )
        for visit in visits
    )


def services_shown(referral: Referral) -> tuple[GivenService, ...]:
    """The services that staff ticked to show, as they are now; none that the clinic shows to nobody any more."""
    given = referral.events.filter(kind=REFER_ELSEWHERE.key).order_by("pk")
    told = {event.pk: event.details["service"] for event in given if (event.details or {}).get("shown")}
    if not told:
        return ()
    for undo in referral.events.filter(kind=UNDO.key):
        told.pop((undo.details or {}).get("event", 0), None)
    numbers = list(dict.fromkeys(told.values()))
    newest = OutsideServiceVersion.objects.newest().filter(active=True, for_patients=True)
    known = {row.service: row for row in newest.filter(service__in=numbers)}
    return tuple(_given(known[number]) for number in numbers if number in known)


def _given(service: OutsideServiceVersion) -> GivenService:
    return GivenService(
        name=service.name,
        phones=tuple((phone, phone_link(phone)) for phone in service.phone_list),
        address=service.address,
        languages=service.languages,
        hours=service.hours,
    )


def _since(referral: Referral) -> datetime | None:
    """When the referral came into its state."""
    moved = referral.events.filter(to_state=referral.state).exclude(from_state=referral.state)
    return moved.order_by("-pk").values_list("at", flat=True).first()


def _sentence(referral: Referral):
    """The sentence of the reason for closing, or for a return that nobody has looked at yet; else ""."""
    if referral.close_reason:
        return CLOSE_REASONS[referral.close_reason].public
    if referral.returned_at is None:
        return ""
    returned = referral.consults.filter(state=ConsultState.RETURNED).order_by("-ended_at", "-pk").first()
    return RETURN_REASONS[returned.return_reason].public if returned else ""
