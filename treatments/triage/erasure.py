"""Erases a person: what the clinic's side holds plain of them goes with the key of what is sealed.

Left is a skeleton for counts: when it came and was closed, its states, queues and outcomes, and who did what when.
"""

from datetime import datetime

from intake.models import Submission
from treatments.models import CaringContact, DuplicateLink, Referral
from treatments.triage.notices import forget_referral

TEXTS = (
    "first_name",
    "last_name",
    "phone",
    "email",
    "hold_released_ruleset",
    "clinician_level",
    "cssrs",
    "channel",
)
MOMENTS = (
    "date_of_birth",
    "hold_released_at",
    "next_check_at",
    "contact_due_on",
    "erasure_asked_at",
    "payer_changes_on",
)
NUMBERS = ("phq9", "adequate_trials", "antidepressants")


def mark_of(referral: Referral) -> str:
    """What stands in the place of the reference: the row's own number."""
    return f"#{referral.pk}"


def erase(referral: Referral, *, at: datetime) -> None:
    """Erase the person of this referral; the caller holds its form and then the row, and saves the row."""
    mark = mark_of(referral)
    referral.submission = Submission.erase(referral.submission_id, mark=mark, at=at)
    referral.reference = referral.search = mark
    for column in TEXTS:
        setattr(referral, column, "")
    for column in (*MOMENTS, *NUMBERS):
        setattr(referral, column, None)
    referral.hold_rules, referral.fired, referral.findings, referral.findings_masked = [], [], {}, {}
    referral.payer_state, referral.payer_state_masked = {}, {}
    referral.newest_risk, referral.erased_at, referral.need = None, at, {}
    DuplicateLink.objects.of(referral).delete()
    forget_referral(referral)
    CaringContact.objects.filter(referral=referral).update(rules=[])
