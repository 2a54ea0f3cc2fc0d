"""The life of a referral and of a consult: states, moves, reasons, and what staff do with them.

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
from treatments.workflow.situation import Refused, Situation
from treatments.workflow.states import (
    ATTENTION_WORDS,
    CONSULT_MOVES,
    CONSULT_STATES,
    HOLD_WORDS,
    NEXT_ACTOR_WORDS,
    OPEN_CONSULT_STATES,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    REQUEST_MOVES,
    REQUEST_STATES,
    Attention,
    ConsultState,
    Hold,
    NextActor,
    ReferralState,
    RequestState,
)

__all__ = [
    "ATTENTION_WORDS",
    "CLOSE_REASONS",
    "CONSULT_MOVES",
    "CONSULT_STATES",
    "HOLD_WORDS",
    "NEXT_ACTOR_WORDS",
    "OPEN_CONSULT_STATES",
    "OUTCOMES",
    "REFERRAL_MOVES",
    "REFERRAL_STATES",
    "REQUEST_MOVES",
    "REQUEST_STATES",
    "RETURN_REASONS",
    "VERDICTS",
    "Attention",
    "ConsultState",
    "Hold",
    "NextActor",
    "Outcome",
    "Reason",
    "ReferralState",
    "Refused",
    "RequestState",
    "Situation",
    "Verdict",
]
