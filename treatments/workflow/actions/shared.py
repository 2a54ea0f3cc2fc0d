"""Refusals that several actions share, and the two for a page that somebody else's action has made stale."""

from django.utils.translation import gettext as _

from treatments.workflow.situation import Situation
from treatments.workflow.states import REFERRAL_STATES, ReferralState

COORDINATORS, CLINICIANS = "Coordinators", "Clinicians"


def whatever_the_state(situation: Situation) -> str | None:
    return None


def while_closed(situation: Situation) -> str | None:
    if situation.state is ReferralState.CLOSED:
        return _("This referral is closed. Reopen it first.")
    return None


def no_move(situation: Situation, to: ReferralState) -> str:
    return _("A referral that is “%(now)s” can't become “%(next)s”.") % {
        "now": REFERRAL_STATES[situation.state].label,
        "next": REFERRAL_STATES[to].label,
    }


def withdrawn() -> str:
    return _("The patient has withdrawn. Close the referral; reopen it if they want to go on after all.")


def hold_bars_closing() -> str:
    return _("A safety hold stands. A clinician must release it before the referral is closed.")


def stale_referral() -> str:
    return _("Somebody else has changed this referral since you opened the page. Look at it again.")


def stale_consult() -> str:
    """Says nothing of who, nor of the referral: another team may have been at work there."""
    return _("This consult has changed since you opened the page. Look at it again.")
