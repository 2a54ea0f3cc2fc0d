"""The rule table: all rules of the clinic, one row each, by family."""

from treatments.rules.criteria.documentation import DOCUMENTATION
from treatments.rules.criteria.prescribing import PRESCRIBING
from treatments.rules.criteria.psychotherapy import PSYCHOTHERAPY
from treatments.rules.criteria.resistance import RESISTANCE
from treatments.rules.criteria.rule import (
    CAUTION,
    CLINICIAN_FIRST,
    EFFECTS,
    HOLDS,
    SUPPORTS,
    Rule,
)
from treatments.rules.criteria.safety import SAFETY
from treatments.rules.criteria.spravato import SPRAVATO
from treatments.rules.criteria.tms import TMS
from treatments.rules.criteria.to_ask import TO_ASK

_NOTES = sorted((*RESISTANCE, *DOCUMENTATION, *PRESCRIBING, *TO_ASK), key=lambda rule: rule.id)

RULES: tuple[Rule, ...] = (*SAFETY, *TMS, *SPRAVATO, *PSYCHOTHERAPY, *_NOTES)

__all__ = [
    "CAUTION",
    "CLINICIAN_FIRST",
    "EFFECTS",
    "HOLDS",
    "RULES",
    "SUPPORTS",
    "Rule",
]
