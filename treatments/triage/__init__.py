"""The only writer of the clinic's side: every deed of staff, and what happens when an intake arrives.

A deed is a verb, keyword-only. It locks its row, checks the permission and the move, and writes its
event in the same transaction; ``Refused`` carries the sentence for the screen.
"""

from treatments.triage.assessing import assess_referral, assessment_of
from treatments.triage.desk import (
    RECORDED,
    add_note,
    claim,
    clinician_first,
    close,
    release_hold,
    reopen,
    route,
    withdraw,
)
from treatments.triage.queue import accept, book, complete, return_consult
from treatments.triage.record import acknowledge, exported, opened

__all__ = [
    "RECORDED",
    "accept",
    "acknowledge",
    "add_note",
    "assess_referral",
    "assessment_of",
    "book",
    "claim",
    "clinician_first",
    "close",
    "complete",
    "exported",
    "opened",
    "release_hold",
    "reopen",
    "return_consult",
    "route",
    "withdraw",
]
