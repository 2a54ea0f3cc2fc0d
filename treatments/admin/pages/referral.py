"""What the desk adds to a referral's page, beyond reading the account."""

from django.utils import timezone

from intake.locations import settings_of
from treatments.admin.lists.due_marks import is_over_target
from treatments.models import CaringContact, ContactAttempt, Referral
from treatments.reading.duplicates import possible_duplicates
from treatments.reading.redaction import Redaction
from treatments.triage.situation import situation_of
from treatments.workflow.actions.patient_requests import ERASE


def desk_context(
    redaction: Redaction, referral: Referral, open_consults: int, linked: list[Referral]
) -> dict:
    """What the desk reads on a referral's page beyond the account: tries, the caring contact, duplicates."""
    attempts = list(
        ContactAttempt.objects.filter(referral=referral).select_related("actor").newest_first()[:50]
    )
    caring: CaringContact | None = getattr(referral, "caring_contact", None)
    known = {other.pk for other in linked}
    erasing = situation_of(ERASE, referral, redaction.user, at=timezone.now(), open_consults=open_consults)
    return {
        "why_kept": ERASE.why_not(erasing) or "",
        "attempts": attempts,
        "tries": ContactAttempt.failed_of(attempts),
        "tries_of": settings_of(None).contact_attempts,
        "caring": caring,
        "caring_rules": redaction.known_rules(caring.rules) if caring else [],
        "caring_overdue": bool(caring and caring.is_overdue(timezone.now())),
        "over_target": is_over_target(referral),
        "message_overdue": bool(referral.message_due_at and referral.message_due_at <= timezone.now()),
        "linked": linked,
        "possible": [match for match in possible_duplicates(referral) if match.referral.pk not in known],
    }
