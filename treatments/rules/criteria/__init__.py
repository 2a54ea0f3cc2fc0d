"""The rule table: all rules of the clinic, one row each, by family."""

from .documentation import DOCUMENTATION
from .psychotherapy import PSYCHOTHERAPY
from .rule import CAUTION, CLINICIAN_FIRST, EFFECTS, HOLDS, SAME_DAY, SUPPORTS, TREATMENTS, URGENT, Rule
from .safety import SAFETY
from .spravato import SPRAVATO
from .tms import TMS

RULES: tuple[Rule, ...] = (*SAFETY, *TMS, *SPRAVATO, *PSYCHOTHERAPY, *DOCUMENTATION)

__all__ = [
    "CAUTION",
    "CLINICIAN_FIRST",
    "EFFECTS",
    "HOLDS",
    "RULES",
    "SAME_DAY",
    "SUPPORTS",
    "TREATMENTS",
    "URGENT",
    "Rule",
]
