"""What stands open before somebody is routed: it is read, and ticked as read, by whoever routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from intake.times.moments import moment
from treatments.models import Alert, AlertEntry, Referral, RiskAssessment
from treatments.reading.alert import Said, titles, unsafe_answers
from treatments.reading.redaction import RULE_OF, Redaction
from treatments.reading.risk import assessments_of
from treatments.workflow.actions.risk import ASSESS_RISK
from treatments.workflow.risk import RiskLevel

# So long a closed alert stands there.
ALERT_DAYS = timedelta(days=7)
# What a clinician reads before anybody is routed.
READ_BY_CLINICIAN = "S04"


@dataclass(frozen=True, slots=True)
class Point:
    """``key`` is what the tick and the event name; ``needs_reason``: routing also needs a typed reason.

    ``alert`` is the number of the alert that it tells of, None for another point; ``said`` the worst answer there.
    """

    key: str
    title: str
    words: str
    needs_reason: bool = False
    alert: int | None = None
    said: tuple[Said, ...] = ()


def open_points(
    redaction: Redaction, referral: Referral, assessment: Mapping[str, Any], at: datetime
) -> list[Point]:
    """What whoever routes has to read; ``assessment`` is the rules' account as they may have it."""
    alert = Alert.of(referral.submission)
    risks = assessments_of(referral)
    found = []
    if alert is not None and (closed := alert.closed) and closed.at >= at - ALERT_DAYS:
        said = {"titles": "; ".join(titles(alert, redaction)), "who": closed.who, "done": closed.text}
        words = _("%(titles)s. Closed by %(who)s: %(done)s") % said
        found.append(
            Point(
                f"alert-{closed.pk}",
                _("Safety alert, closed %(when)s") % _when(closed.at),
                words,
                alert=alert.number,
                said=tuple(unsafe_answers(alert, redaction)[0].said),
            )
        )
    if risks and risks[0].level != RiskLevel.LOW:
        level = {"level": str(risks[0].get_level_display()).lower()}
        found.append(
            Point(f"risk-{risks[0].pk}", _("Clinician: %(level)s") % level, _risk_words(risks[0]), True)
        )
    for note in assessment["notes"]:
        if note["rule"] in RULE_OF and RULE_OF[note["rule"]].before_routing:
            found.append(_of_rule(note, referral, alert, risks))
    return found


def _when(at: datetime) -> dict[str, str]:
    return {"when": moment(at)}


def _risk_words(row: RiskAssessment) -> str:
    by = row.by.get_full_name() or row.by.get_username()
    said = {"who": by, "plan": row.next_steps, **_when(row.at)}
    words = _("%(who)s (%(when)s). Plan: %(plan)s") % said
    if row.next_check_at:
        words += " " + _("The next check is due (%(when)s).") % _when(row.next_check_at)
    return words


def _of_rule(
    note: Mapping[str, Any], referral: Referral, alert: Alert | None, risks: list[RiskAssessment]
) -> Point:
    title = _("Note %(rule)s") % {"rule": note["rule"]}
    if note["rule"] != READ_BY_CLINICIAN:
        return Point(note["rule"], title, note["because"])
    reader = _read_by(referral, alert, risks)
    if reader is None:
        words = _("No clinician has read it yet: write why you route all the same.")
        return Point(note["rule"], title, f"{note['because']} {words}", True)
    by = reader.by.get_full_name() or reader.by.get_username()
    words = _("Read by %(who)s (%(when)s).") % {"who": by, **_when(reader.at)}
    return Point(note["rule"], title, f"{note['because']} {words}")


def _read_by(
    referral: Referral, alert: Alert | None, risks: list[RiskAssessment]
) -> AlertEntry | RiskAssessment | None:
    """The clinician who closed the alert, or recorded an assessment after it rang; the newest act counts."""
    since = alert.newest.raised_at if alert else referral.received_at
    closings = alert.closings if alert else []
    own = [
        entry
        for entry in closings
        if alert
        and entry.newest_alarm_id >= alert.newest.pk
        and entry.by.has_perm(ASSESS_RISK.permission_on())
    ]
    acts: list[AlertEntry | RiskAssessment] = [*own, *risks]
    return max((act for act in acts if act.at >= since), key=lambda act: act.at, default=None)
