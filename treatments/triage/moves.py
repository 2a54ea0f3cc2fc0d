"""The one place that sets a state, for people and sweeps alike: the tables of moves decide."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from treatments.models import Consult, RecordRequest, Referral, desk_clock
from treatments.triage.payer_state import settle
from treatments.workflow import (
    CONSULT_MOVES,
    REFERRAL_MOVES,
    REQUEST_MOVES,
    ConsultState,
    Hold,
    ReferralState,
    Refused,
    RequestState,
)
from treatments.workflow.actions.shared import alert_bars, hold_stands

# Where no hold and no open alert lets a referral go, by whatever way.
BARRED_UNDER_A_HOLD = (ReferralState.ROUTED, ReferralState.CLOSED)


MOVES: Mapping[type, Mapping[Any, frozenset[Any]]] = {
    Referral: REFERRAL_MOVES,
    Consult: CONSULT_MOVES,
    RecordRequest: REQUEST_MOVES,
}


class IllegalMove(Exception):
    """A move that no table has: a bug, never a refusal. Whatever was begun is undone with it."""


def move(
    row: Referral | Consult | RecordRequest,
    to: ReferralState | ConsultState | RequestState,
    *,
    at: datetime,
    restoring: bool = False,
) -> None:
    """Set the state of ``row``, which the caller has locked and saves; a referral's clock stops or goes on.

    ``restoring``: an undo gives back an earlier state, which need not follow from the present one.
    """
    moves = next(moves for model, moves in MOVES.items() if isinstance(row, model))
    if not restoring and to not in moves[row.state]:
        raise IllegalMove(f"{type(row).__name__} {row.pk}: from {row.state} to {to}")
    if isinstance(row, Referral) and row.state != to and to in BARRED_UNDER_A_HOLD:
        refuse_under_a_hold(row)
    row.state = to
    if isinstance(row, Referral):
        row.closed_at = at if to == ReferralState.CLOSED else None
        desk_clock.update(row, at)
        settle(row)


def refuse_under_a_hold(referral: Referral) -> None:
    """The last word: an action's own refusal has said so before, on its button."""
    if referral.alert_open:
        raise Refused(alert_bars())
    if referral.hold != Hold.NONE:
        raise Refused(hold_stands())
