"""Releasing a safety hold by recording a clinician's assessment."""

from django.utils.translation import gettext as _

from treatments.triage.alerts import close_by_assessment
from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Hold, Refused
from treatments.workflow.actions.holds import RELEASE_HOLD

# What a clinician writes down before a hold is released (Joint Commission NPSG.15.01.01, EP 3 and 4).
RECORDED = (
    "ideation",
    "plan",
    "intent",
    "behavior",
    "risk_factors",
    "protective_factors",
    "level",
    "next_steps",
)


@performs(RELEASE_HOLD)
def release_hold(this: ActionContext, *, recorded: dict[str, str]) -> None:
    """Release the safety hold; ``recorded`` has the keys of ``RECORDED``, all filled in."""
    if set(recorded) != set(RECORDED) or not all(text.strip() for text in recorded.values()):
        raise Refused(_("Record every part of the assessment before you release the hold."))
    referral = this.referral
    this.event.details = {"recorded": recorded, "hold": referral.hold, "rules": referral.hold_rules}
    referral.hold = Hold.NONE
    referral.hold_rules = []
    referral.hold_released_at = this.at
    referral.hold_released_ruleset = referral.ruleset
    referral.consults.make_stale()
    close_by_assessment(referral, by=this.actor, at=this.at)
