"""Recording a clinician's risk assessment, and with it what becomes of the hold."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.fields.urgency import RANK, SAME_DAY
from intake.locations import settings_of
from treatments.models import Event, Referral, RiskAssessment
from treatments.reading.referral_view import returns
from treatments.triage.alerts import close_by_assessment
from treatments.triage.flags import end_flags
from treatments.triage.frame import ActionContext, performs
from treatments.triage.notices import notify_assigned
from treatments.triage.releases import covers_now, covers_of
from treatments.workflow import Attention, Hold, Refused
from treatments.workflow.actions.risk import ASSESS_RISK
from treatments.workflow.risk import (
    ALARM,
    HOWS,
    PARTS,
    RISK_LEVELS,
    HoldChoice,
    RiskLevel,
    check_days,
    check_within,
    choices_at,
)

# The hold that each choice leaves; the others leave what stands.
LEAVES = {HoldChoice.SAME_DAY: Hold.SAME_DAY, HoldChoice.RELEASE: Hold.NONE}


def who_may_assess() -> QuerySet:
    """Those who may make the next check."""
    people = get_user_model().objects.with_perm(ASSESS_RISK.permission_on())
    return people.order_by("first_name", "last_name", "pk")


@performs(ASSESS_RISK)
def assess_risk(
    this: ActionContext,
    *,
    recorded: Mapping[str, str],
    level: str,
    how: str,
    hold: str = "",
    also_with: str = "",
    next_check_at: datetime | None = None,
    next_check_by: User | None = None,
    release_at_high: bool = False,
    carried_by: str = "",
) -> None:
    """Record the assessment; ``recorded`` has the keys of ``PARTS``, all filled in.

    ``hold`` is a ``HoldChoice`` that fits the hold which stands, be it the open alert's alone: saving closes the
    alert. A release at high needs the deliberate ``release_at_high`` and the name of who carries out the plan.
    """
    referral = this.referral
    _refuse_gaps(recorded, level, how)
    choice = _choice(referral, hold)
    _refuse(why_not_check(level, this.at, next_check_at, next_check_by))
    _refuse(why_not_release(level, choice, release_at_high, carried_by))
    held, rules = referral.standing_hold, _held_by(referral)
    decided = covers_now(referral, rules, LEAVES[choice]) if choice in LEAVES else {}
    row = RiskAssessment.objects.create(
        **{"referral": referral, "by": this.actor, "at": this.at, "how": how, "also_with": also_with},
        **recorded,
        **{"level": level, "next_check_at": next_check_at, "next_check_by": next_check_by},
        **{"held": held, "hold": choice, "covers": {**covers_of(referral), **decided}},
        carried_by=carried_by if choice is HoldChoice.RELEASE else "",
    )
    referral.clinician_level, referral.next_check_at, referral.newest_risk = level, next_check_at, row
    notify_assigned(referral, next_check_by, at=this.at, by=this.actor)
    referral.check_due = False  # it lies ahead; the tick says when its day has come
    _leave_hold(referral, choice, rules, this.at)
    close_by_assessment(referral, by=this.actor, at=this.at)
    said = {"risk_assessment": row.pk, "level": level, "choice": choice}
    ended = _answered_return(referral)
    this.event.details = {**said, "hold": held, "rules": rules, **({"flags": ended} if ended else {})}


def _held_by(referral: Referral) -> list[str]:
    """The rules of the hold; ``ALARM`` where the open alert alone holds."""
    alone = referral.hold == Hold.NONE and referral.alert_open
    return [ALARM] if alone else list(referral.hold_rules)


def _answered_return(referral: Referral) -> list[Attention]:
    """An assessment answers what came back as not safe now, where nothing else that came back waits."""
    events = referral.events.exclude(kind__in=Event.READS).order_by("-at", "-pk")
    came_back = returns(list(events)) if referral.returned_at else []
    if not came_back or any(reason.offers != (ASSESS_RISK.key,) for _event, reason in came_back):
        return []
    end_flags(referral, {Attention.RETURNED})
    return [Attention.RETURNED]


def _refuse_gaps(recorded: Mapping[str, str], level: str, how: str) -> None:
    if set(recorded) != set(PARTS) or not all(text.strip() for text in recorded.values()):
        raise Refused(_("Record every part of the assessment."))
    if level not in set(RISK_LEVELS):
        raise Refused(_("Choose the level of risk."))
    if how not in set(HOWS):
        raise Refused(_("Choose how you assessed the person."))


def why_not_check(level: str, now: datetime, at: datetime | None, by: User | None) -> str | None:
    """Above low the next check is near and somebody's; wherever there is one it lies ahead and names who."""
    within = check_within(level, check_days(dict(settings_of(None).check_days)))
    if (at is None) != (by is None) or (within is not None and at is None):
        return _("Say when the next check is, and who makes it.")
    if at is None or by is None:
        return None
    if not by.has_perm(ASSESS_RISK.permission_on()):
        return _("The next check is made by somebody who may assess a risk.")
    if at <= now:
        return _("The next check can't be in the past.")
    if within is not None and at > now + within:
        sentence = ngettext(
            "At this level the next check is at most %(days)s day away.",
            "At this level the next check is at most %(days)s days away.",
            within.days,
        )
        return sentence % {"days": within.days}
    return None


def why_not_release(level: str, hold: str, deliberate: bool, carried_by: str) -> str | None:
    """A release at high needs a second deliberate step: a tick, and who carries out the plan."""
    if hold == HoldChoice.RELEASE and level == RiskLevel.HIGH and not (deliberate and carried_by.strip()):
        return _("To release at high, tick that you do, and name who carries out the plan.")
    return None


def _refuse(sentence: str | None) -> None:
    if sentence:
        raise Refused(sentence)


def _choice(referral: Referral, hold: str) -> HoldChoice:
    fitting = choices_at(referral.standing_hold)
    if hold not in set(fitting):
        raise Refused(_("Choose what becomes of the hold that stands."))
    return HoldChoice(hold)


def _leave_hold(referral: Referral, choice: HoldChoice, rules: list[str], at: datetime) -> None:
    """``rules`` are those that held; the alert's own hold, kept, outlives the alert."""
    if choice in LEAVES:
        referral.hold = LEAVES[choice]
    if choice is HoldChoice.KEEP:
        referral.hold, referral.hold_rules = Hold(max(referral.hold, SAME_DAY, key=RANK.__getitem__)), rules
    if choice is HoldChoice.RELEASE:
        referral.hold_rules = []
        referral.hold_released_at = at
    referral.consults.make_stale()
