"""What tests about payers share: what forms send, and people whose coverage is set."""

from typing import Any

from django.utils import timezone

from tests.conftest import Clinic, fresh
from treatments.models import Consult, Referral
from treatments.triage.coverage import set_coverage
from treatments.triage.evidence import add_clinical_entry, add_entry, add_evidence

AETNA: dict[str, Any] = {"payer": "aetna", "packs": {"tms": "AETNA-TMS"}, "said": {"line": "commercial"}}
TRIAL = "antidepressants.trials[0]"
SEEN: dict[str, Any] = {
    **{"about": [TRIAL], "strength": "shown", "agrees": "yes", "kind": "pharmacy_printout"},
    **{"place": "fax folder, page 3"},
}
SENT_COVERAGE = {"payer": "aetna", "rank": "1", "pack-tms": "AETNA-TMS", "line": "commercial"}
SENT_CALL = {"whom": "Aetna, Robin", "result": "No form of theirs is needed."}


def today() -> dict[str, Any]:
    return {"on": timezone.localdate()}


def sent_seen(row: Referral | Consult) -> dict[str, Any]:
    return {**SEEN, "on": timezone.localdate().isoformat()}


def sent_entry(what: str):
    return lambda row: {"what": what, "strength": "told", "on": timezone.localdate().isoformat()}


def with_trials(clinic: Clinic, **answers: Any) -> Referral:
    """In review; the worked example has two trials."""
    return clinic.in_review(**answers)


def covered(clinic: Clinic, **answers: Any) -> Referral:
    """In review, Aetna is chosen, and its policy for TMS."""
    referral = clinic.in_review(**answers)
    set_coverage(referral=referral, actor=clinic.cast.cora, **AETNA)
    return fresh(referral)


def seen(referral: Referral, clinic: Clinic, **more: Any) -> Referral:
    add_evidence(referral=fresh(referral), actor=clinic.cast.cora, **{**SEEN, **today(), **more})
    return fresh(referral)


def entered(referral: Referral, clinic: Clinic, key: str, value: str, **more: Any) -> Referral:
    add_entry(
        referral=fresh(referral), actor=clinic.cast.cora, **{**today(), "key": key, "value": value, **more}
    )
    return fresh(referral)


def judged(referral: Referral, clinic: Clinic, key: str, value: str, **more: Any) -> Referral:
    """Entered by the clinician."""
    told = {**today(), "key": key, "value": value, **more}
    add_clinical_entry(referral=fresh(referral), actor=clinic.cast.clara, **told)
    return fresh(referral)
