"""The one place that sets a state, for people and sweeps alike: the tables of moves decide."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from treatments.models import Consult, Referral, desk_clock
from treatments.workflow import CONSULT_MOVES, REFERRAL_MOVES, ConsultState, ReferralState


class IllegalMove(Exception):
    """A move that no table has: a bug, never a refusal. Whatever was begun is undone with it."""


def move(
    row: Referral | Consult, to: ReferralState | ConsultState, *, at: datetime, restoring: bool = False
) -> None:
    """Set the state of ``row``, which the caller has locked and saves; a referral's clock stops or goes on.

    ``restoring``: an undo gives back an earlier state, which need not follow from the present one.
    """
    moves: Mapping[Any, frozenset[Any]] = REFERRAL_MOVES if isinstance(row, Referral) else CONSULT_MOVES
    if not restoring and to not in moves[row.state]:
        raise IllegalMove(f"{type(row).__name__} {row.pk}: from {row.state} to {to}")
    row.state = to
    if isinstance(row, Referral):
        desk_clock.update(row, at)
