"""The clinician's risk assessments of one referral, as everybody reads them who reads the referral."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from intake.fields.urgency import NONE
from treatments.models import Event, Referral, RiskAssessment
from treatments.workflow.risk import PARTS


def assessments_of(referral: Referral) -> list[RiskAssessment]:
    """Newest first; read once and kept."""
    if not referral.clinician_level:
        return []
    rows = Prefetch("risk_assessments", RiskAssessment.objects.with_people())
    prefetch_related_objects([referral], rows)
    return sorted(referral.risk_assessments.all(), key=lambda row: -row.pk)


def risk_view(referral: Referral) -> dict[str, Any]:
    """The newest assessment, and those that it replaced; nothing of it rests on a protected answer."""
    rows = assessments_of(referral)
    return {
        "risk": rows[0] if rows else None,
        "earlier_risks": rows[1:],
        "risk_overdue": bool(rows) and rows[0].is_overdue(timezone.now()),
    }


def release_view(referral: Referral, assessment: Mapping[str, Any] | None) -> dict[str, Any]:
    """Of the rules that ask for a hold as this reader sees them: for which a release stands, for which it lapsed."""
    newest = next(iter(assessments_of(referral)), None)
    asking = assessment["hold"]["rules"] if assessment and newest else []
    covered = [rule for rule in asking if newest and newest.covers.get(rule, {}).get("level") == NONE]
    return {
        "released_rules": [rule for rule in covered if rule not in referral.hold_rules],
        "lapsed_rules": [rule for rule in covered if rule in referral.hold_rules],
    }


def with_risks(events: Iterable[Event], referral: Referral) -> None:
    """Give each event about a risk assessment its ``risk``."""
    rows = {row.pk: row for row in assessments_of(referral)}
    for event in events:
        event.risk = rows.get(event.details.get("risk_assessment"))


def parts_of(row: RiskAssessment) -> list[tuple[Any, str]]:
    """What was written, part by part, in the order of the form."""
    return [(words, getattr(row, key)) for key, words in PARTS.items()]
