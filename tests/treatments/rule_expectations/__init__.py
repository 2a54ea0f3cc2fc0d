"""What the clinical reference says of each of the 77 rules: its effects, its hold, and worked cases."""

from .case import ABSENT, Case, base_document, changed
from .documentation import CASES as DOCUMENTATION_CASES
from .effects import EFFECTS, NEVER_UNKNOWN
from .levels import LEVELS
from .look_alikes import LOOK_ALIKES
from .psychotherapy import CASES as PSYCHOTHERAPY_CASES
from .safety import CASES as SAFETY_CASES
from .spravato import CASES as SPRAVATO_CASES
from .tms import CASES as TMS_CASES

CASES: list[Case] = [
    *SAFETY_CASES,
    *TMS_CASES,
    *SPRAVATO_CASES,
    *PSYCHOTHERAPY_CASES,
    *DOCUMENTATION_CASES,
]

__all__ = [
    "ABSENT",
    "CASES",
    "EFFECTS",
    "LEVELS",
    "LOOK_ALIKES",
    "NEVER_UNKNOWN",
    "Case",
    "base_document",
    "changed",
]
