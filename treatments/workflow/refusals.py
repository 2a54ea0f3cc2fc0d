"""When a deed is refused, and the sentence that says so: the same words on a disabled button and after a try."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from treatments.workflow.states import (
    CONSULT_MOVES,
    CONSULT_STATES,
    OPEN_CONSULT_STATES,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    ConsultState,
    Hold,
    ReferralState,
)


class Refused(Exception):
    """A deed that may not happen now; ``str()`` of it is a sentence for the screen without patient data."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a refusal depends on: where the referral and, for a consult's deeds, the consult stand.

    ``owner`` is the name of whoever handles the referral, "" for nobody; ``consult`` is None for deeds
    on the referral itself.
    """

    state: ReferralState
    hold: Hold
    assessed: bool
    owner: str
    owned_by_actor: bool
    open_consults: int
    consult: ConsultState | None = None


def _claim(now: Standing) -> str | None:
    if now.owner and not now.owned_by_actor:
        return _("%(owner)s is already handling this referral.") % {"owner": now.owner}
    if now.owned_by_actor:
        return _("You are already handling this referral.")
    if now.state not in (ReferralState.NEW, ReferralState.IN_REVIEW):
        return _no_move(now, ReferralState.IN_REVIEW)
    return None


def _route(now: Standing) -> str | None:
    if now.state is ReferralState.NEW or (now.state is ReferralState.IN_REVIEW and not now.owner):
        return _("Claim this referral before you route it.")
    if now.state not in (ReferralState.IN_REVIEW, ReferralState.ROUTED):
        return _no_move(now, ReferralState.ROUTED)
    if not now.owned_by_actor:
        return _("%(owner)s is handling this referral. Only they can route it.") % {"owner": now.owner}
    if not now.assessed:
        return _("This referral has not been assessed yet, so it can't be routed.")
    if now.hold is not Hold.NONE:
        return _("A safety hold stands. A clinician must release it before anything is routed.")
    return None


def _close(now: Standing) -> str | None:
    if ReferralState.CLOSED not in REFERRAL_MOVES[now.state]:
        return _no_move(now, ReferralState.CLOSED)
    if now.open_consults:
        return _("A consult team still has this referral. Withdraw its consult first.")
    if now.hold is not Hold.NONE:
        return _("A safety hold stands. A clinician must release it before the referral is closed.")
    return None


def _reopen(now: Standing) -> str | None:
    if now.state is not ReferralState.CLOSED:
        return _("Only a closed referral can be reopened.")
    return None


def _release_hold(now: Standing) -> str | None:
    if now.hold is Hold.NONE:
        return _("There is no safety hold to release.")
    if not now.assessed:
        return _("This referral has not been assessed yet. Assess it first: then the hold can be reviewed.")
    return None


def _note(now: Standing) -> str | None:
    return None


def _to(state: ConsultState) -> Callable[[Standing], str | None]:
    def why_not_move(now: Standing) -> str | None:
        if now.consult is None or state in CONSULT_MOVES[now.consult]:
            return None
        if now.consult is state:
            return _("This consult is already %(state)s.") % {"state": str(CONSULT_STATES[state]).lower()}
        if now.consult not in OPEN_CONSULT_STATES:
            return _("This consult is %(state)s: nothing more happens with it.") % {
                "state": str(CONSULT_STATES[now.consult]).lower()
            }
        return _("A consult that is %(now)s can't become %(next)s.") % {
            "now": str(CONSULT_STATES[now.consult]).lower(),
            "next": str(CONSULT_STATES[state]).lower(),
        }

    return why_not_move


def _no_move(now: Standing, to: ReferralState) -> str:
    return _("A referral that is “%(now)s” can't become “%(next)s”.") % {
        "now": REFERRAL_STATES[now.state].label,
        "next": REFERRAL_STATES[to].label,
    }


REFUSALS: dict[str, Callable[[Standing], str | None]] = {
    "claim": _claim,
    "route": _route,
    "close": _close,
    "reopen": _reopen,
    "release_hold": _release_hold,
    "note": _note,
    "accept": _to(ConsultState.ACCEPTED),
    "return": _to(ConsultState.RETURNED),
    "book": _to(ConsultState.BOOKED),
    "complete": _to(ConsultState.COMPLETED),
    "withdraw": _to(ConsultState.WITHDRAWN),
}


def why_not(deed: str, now: Standing) -> str | None:
    """The sentence that refuses ``deed`` as things stand, or None where it may happen."""
    return REFUSALS[deed](now)
