"""Refusals that several actions share, and the two for a page that somebody else's action has made stale."""

from django.utils.translation import gettext as _

from treatments.workflow.situation import Situation
from treatments.workflow.states import REFERRAL_STATES, Hold, ReferralState

COORDINATORS, CLINICIANS, PRIVACY_OFFICERS = "Coordinators", "Clinicians", "Privacy officers"


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


def alert_bars() -> str:
    return _("A safety alert of this form is not closed: somebody must say what was done.")


def hold_stands() -> str:
    return _("A safety hold stands. A clinician must release it first.")


def barred(situation: Situation, hold_bars: str) -> str | None:
    """Why nothing is routed, transferred or closed now: an open alert, a hold (``hold_bars`` says so), or both."""
    alert = [alert_bars()] if situation.alert_open else []
    hold = [hold_bars] if situation.hold is not Hold.NONE else []
    return " ".join([*alert, *hold]) or None


def barred_from_routing(situation: Situation) -> str | None:
    hold = _("A safety hold stands. A clinician must release it before anything is routed.")
    return barred(situation, hold)


def barred_from_closing(situation: Situation) -> str | None:
    hold = _("A safety hold stands. A clinician must release it before the referral is closed.")
    return barred(situation, hold)


def stale_referral() -> str:
    return _("Somebody else has changed this referral since you opened the page. Look at it again.")


def stale_consult() -> str:
    """Says nothing of who, nor of the referral: another team may have been at work there."""
    return _("This consult has changed since you opened the page. Look at it again.")
