"""The life of a referral and of a consult: states, moves, reasons, and why a deed is refused.

Pure tables and predicates. Nothing here reads the database or writes to it; ``treatments.triage`` does.
"""

from treatments.workflow.reasons import (
    CLOSE_REASONS,
    OUTCOMES,
    RETURN_REASONS,
    VERDICTS,
    Outcome,
    Reason,
    Verdict,
)
from treatments.workflow.refusals import why_not
from treatments.workflow.situation import Refused, Standing
from treatments.workflow.states import (
    ATTENTION_WORDS,
    BALL_WORDS,
    CONSULT_MOVES,
    CONSULT_STATES,
    HOLD_WORDS,
    OPEN_CONSULT_STATES,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    Attention,
    Ball,
    ConsultState,
    Hold,
    ReferralState,
)

__all__ = [
    "ATTENTION_WORDS",
    "BALL_WORDS",
    "CLOSE_REASONS",
    "CONSULT_MOVES",
    "CONSULT_STATES",
    "HOLD_WORDS",
    "OPEN_CONSULT_STATES",
    "OUTCOMES",
    "REFERRAL_MOVES",
    "REFERRAL_STATES",
    "RETURN_REASONS",
    "VERDICTS",
    "Attention",
    "Ball",
    "ConsultState",
    "Hold",
    "Outcome",
    "Reason",
    "ReferralState",
    "Refused",
    "Standing",
    "Verdict",
    "why_not",
]
