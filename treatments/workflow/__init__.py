"""The life of a referral and of a consult: states, moves, reasons, and why a deed is refused.

Pure tables and predicates. Nothing here reads the database or writes to it; ``treatments.triage`` does.
"""

from treatments.workflow.reasons import CLOSE_REASONS, RETURN_REASONS, Reason
from treatments.workflow.refusals import Refused, Standing, why_not
from treatments.workflow.states import (
    CONSULT_MOVES,
    CONSULT_STATES,
    HOLD_WORDS,
    OPEN_CONSULT_STATES,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    Ball,
    ConsultState,
    Hold,
    ReferralState,
)

__all__ = [
    "CLOSE_REASONS",
    "CONSULT_MOVES",
    "CONSULT_STATES",
    "HOLD_WORDS",
    "OPEN_CONSULT_STATES",
    "REFERRAL_MOVES",
    "REFERRAL_STATES",
    "RETURN_REASONS",
    "Ball",
    "ConsultState",
    "Hold",
    "Reason",
    "ReferralState",
    "Refused",
    "Standing",
    "why_not",
]
