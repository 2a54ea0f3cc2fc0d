"""States of a prior authorization, and its moves: one row each, with who may make it and what it asks."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


class AuthorizationState(StrEnum):
    GATHERING = "gathering"
    NOT_NEEDED = "not_needed"
    READY = "ready"
    SIGNED = "signed"
    SENT = "sent"
    MORE_ASKED = "more_asked"
    APPROVED = "approved"
    DENIED = "denied"
    PEER_TO_PEER = "peer_to_peer"
    APPEALED = "appealed"
    EXTERNAL_REVIEW = "external_review"
    CLOSED_DENIED = "closed_denied"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


S = AuthorizationState

AUTHORIZATION_STATES: dict[AuthorizationState, Text] = {
    S.GATHERING: _("Gathering"),
    S.NOT_NEEDED: _("Not needed"),
    S.READY: _("Ready to sign"),
    S.SIGNED: _("Signed"),
    S.SENT: _("Sent"),
    S.MORE_ASKED: _("The payer asks for more"),
    S.APPROVED: _("Approved by the payer"),
    S.DENIED: _("Denied by the payer"),
    S.PEER_TO_PEER: _("Talk between clinicians"),
    S.APPEALED: _("Appealed"),
    S.EXTERNAL_REVIEW: _("External review"),
    S.CLOSED_DENIED: _("Denial accepted"),
    S.EXPIRED: _("Expired"),
    S.WITHDRAWN: _("Withdrawn"),
}

FINAL = frozenset({S.NOT_NEEDED, S.CLOSED_DENIED, S.EXPIRED, S.WITHDRAWN})
NOT_FINAL = tuple(state for state in S if state not in FINAL)
WITH_PAYER = (S.SENT, S.MORE_ASKED, S.PEER_TO_PEER, S.APPEALED, S.EXTERNAL_REVIEW)
"""Where the payer may decide."""

BEFORE_SENDING = (S.GATHERING, S.READY, S.SIGNED)
"""Where an action may be undone: what was sent stays sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move. ``before`` is empty where it starts a row, ``permission`` where it happens by itself;
    ``asks`` names what must be given with it."""

    action: str
    before: tuple[AuthorizationState, ...]
    after: AuthorizationState
    permission: str
    asks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of its action and of its event."""
        return f"authorization_{self.action}"


SEND, DECIDE = "send_authorization", "record_decision"

MOVES: tuple[Move, ...] = (
    Move(action="start", before=(), after=S.GATHERING, permission=SEND, asks=("coverage",)),
    Move(
        action="mark_not_needed",
        before=(S.GATHERING,),
        after=S.NOT_NEEDED,
        permission="mark_not_needed",
        asks=("who_said_so", "when", "reference"),
    ),
    Move(
        action="mark_ready",
        before=(S.GATHERING,),
        after=S.READY,
        permission=SEND,
        asks=("member_id", "requested_codes", "reason_per_gap"),
    ),
    Move(
        action="sign", before=(S.READY,), after=S.SIGNED, permission="sign_authorization", asks=("statement",)
    ),
    Move(action="reopen", before=(S.READY, S.SIGNED), after=S.GATHERING, permission=SEND),
    Move(action="fall_back", before=(S.READY, S.SIGNED), after=S.GATHERING, permission=""),
    Move(
        action="send",
        before=(S.SIGNED,),
        after=S.SENT,
        permission=SEND,
        asks=("channel", "date", "number_or_receipt"),
    ),
    Move(
        action="ask_more",
        before=(S.SENT, S.MORE_ASKED),
        after=S.MORE_ASKED,
        permission=DECIDE,
        asks=("what", "by_when"),
    ),
    Move(
        action="answer", before=(S.MORE_ASKED,), after=S.SENT, permission=SEND, asks=("signature_if_changed",)
    ),
    Move(
        action="approve",
        before=WITH_PAYER,
        after=S.APPROVED,
        permission=DECIDE,
        asks=("number", "codes_and_units", "valid_from", "valid_to"),
    ),
    Move(
        action="deny",
        before=WITH_PAYER,
        after=S.DENIED,
        permission=DECIDE,
        asks=("reason_code", "letter_date", "deadlines"),
    ),
    Move(
        action="peer_to_peer",
        before=(S.DENIED,),
        after=S.PEER_TO_PEER,
        permission=DECIDE,
        asks=("clinician", "when", "whom"),
    ),
    Move(
        action="appeal",
        before=(S.DENIED,),
        after=S.APPEALED,
        permission=SEND,
        asks=("level", "signed_letter"),
    ),
    Move(
        action="external_review",
        before=(S.DENIED,),
        after=S.EXTERNAL_REVIEW,
        permission=SEND,
        asks=("final_internal_denial",),
    ),
    Move(
        action="accept_denial",
        before=(S.DENIED,),
        after=S.CLOSED_DENIED,
        permission=DECIDE,
        asks=("what_now",),
    ),
    Move(action="expire", before=(S.APPROVED,), after=S.EXPIRED, permission=""),
    Move(action="withdraw", before=NOT_FINAL, after=S.WITHDRAWN, permission=SEND, asks=("reason",)),
)
RENEW = Move(
    action="renew",
    before=(S.APPROVED,),
    after=S.GATHERING,
    permission=SEND,
    asks=("renews", "newest_score_beside_baseline"),
)
"""Starts a row beside an approved one, which stays what it is: no move of that row."""

AUTHORIZATION_MOVES: dict[AuthorizationState, frozenset[AuthorizationState]] = {
    state: frozenset(move.after for move in MOVES if state in move.before) for state in S
}

DENIAL_REASONS: dict[str, Text] = {
    "trials": _("Medicine trials"),
    "classes": _("Classes of medicines"),
    "dose_or_weeks": _("Dose or weeks"),
    "augmentation": _("Augmentation"),
    "therapy": _("Psychotherapy"),
    "score": _("Score"),
    "diagnosis": _("Diagnosis"),
    "documents_missing": _("Documents missing"),
    "not_covered": _("Not covered"),
    "out_of_network": _("Out of network"),
    "experimental": _("Called experimental"),
    "other": _("Other"),
}
