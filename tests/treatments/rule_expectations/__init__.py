"""What is expected of every rule: its effects, its hold, and worked cases."""

from tests.treatments.rule_expectations.asq import CASES as ASQ_CASES
from tests.treatments.rule_expectations.case import ABSENT, Case, base_document, changed
from tests.treatments.rule_expectations.courses import CASES as COURSE_CASES
from tests.treatments.rule_expectations.documentation import CASES as DOCUMENTATION_CASES
from tests.treatments.rule_expectations.effects import EFFECTS, NEVER_UNKNOWN, UNVERIFIED, UNVERIFIED_NUMBERS
from tests.treatments.rule_expectations.levels import LEVELS
from tests.treatments.rule_expectations.look_alikes import LOOK_ALIKES
from tests.treatments.rule_expectations.of_2026_2 import CASES as OF_2026_2
from tests.treatments.rule_expectations.psychotherapy import CASES as PSYCHOTHERAPY_CASES
from tests.treatments.rule_expectations.resistance import CASES as RESISTANCE_CASES
from tests.treatments.rule_expectations.safety import CASES as SAFETY_CASES
from tests.treatments.rule_expectations.spravato import CASES as SPRAVATO_CASES
from tests.treatments.rule_expectations.tms import CASES as TMS_CASES

CASES: list[Case] = [
    *SAFETY_CASES,
    *ASQ_CASES,
    *TMS_CASES,
    *SPRAVATO_CASES,
    *PSYCHOTHERAPY_CASES,
    *DOCUMENTATION_CASES,
    *RESISTANCE_CASES,
    *COURSE_CASES,
    *OF_2026_2,
]

__all__ = [
    "ABSENT",
    "CASES",
    "EFFECTS",
    "LEVELS",
    "LOOK_ALIKES",
    "NEVER_UNKNOWN",
    "UNVERIFIED",
    "UNVERIFIED_NUMBERS",
    "Case",
    "base_document",
    "changed",
]
