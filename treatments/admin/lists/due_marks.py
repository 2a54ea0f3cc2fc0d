"""Marks of what is late or due on a row of the worklist or of a queue."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from treatments.admin.lists.badges import badge, kept, level_badge
from treatments.models import Consult, Referral, RiskAssessment, desk_clock
from treatments.workflow import ConsultState, ReferralState
from treatments.workflow.targets import is_over

PLAN_SHOWN = 80  # characters of a clinician's plan that a row shows


def is_over_target(referral: Referral) -> bool:
    return is_over(
        hours=desk_clock.hours_at_the_desk(referral, timezone.now()),
        state=ReferralState(referral.state),
        hold=referral.standing_hold,
        targets=desk_clock.targets(),
    )


def consult_is_over_target(consult: Consult) -> bool:
    """A consult that nobody of its team has taken up, booked, or given an end within its target."""
    targets = {
        ConsultState.WAITING: (consult.treatment, consult.opened_at),
        ConsultState.ACCEPTED: ("accepted", consult.target_from),
        ConsultState.BOOKED: ("visit_over", consult.target_from),
    }
    target, since = targets.get(ConsultState(consult.state), ("", None))
    if since is None or consult.is_postponed:
        return False
    return desk_clock.worked(since, timezone.now()) > desk_clock.targets()[target]


def waited(since: datetime, now: datetime) -> str:
    """How long somebody waits, shortly: "12 min", "5 h", "3 d"."""
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    if minutes >= 24 * 60:
        return _("%(n)d d") % {"n": minutes // (24 * 60)}
    return _("%(n)d h") % {"n": minutes // 60} if minutes >= 60 else _("%(n)d min") % {"n": minutes}


@kept
def over_target_mark() -> SafeString:
    return badge("over-target", "✱", _("Over target"))


@kept
def check_overdue_mark() -> SafeString:
    return badge("overdue", "✱", _("Check overdue"))


@kept
def over_mark() -> SafeString:
    """Beside how long somebody waits."""
    return format_html('<span class="over"><span aria-hidden="true">✱</span> {}</span>', _("over"))


@kept
def message_mark(overdue: bool) -> SafeString:
    return badge("overdue", "✱", _("Message overdue")) if overdue else badge("due", "✎", _("Message to read"))


def short_name(person: User) -> str:
    return person.get_short_name() or person.get_username()


def with_level(hold: SafeString, referral: Referral) -> SafeString:
    """The mark of the hold; below it the clinician's level, plan and next check; the caller has selected them."""
    risk = referral.newest_risk
    if risk is None:
        return hold
    risk.referral = referral  # holds the key of the plan
    marks = [level_badge(referral.clinician_level), *_next_check(risk)]
    plan = Truncator(risk.next_steps).chars(PLAN_SHOWN)
    by_whom = f"{short_name(risk.by)}, {_day(risk.at)}"
    return _below(hold, [*marks, format_html('<span class="plan">{} ({})</span>', plan, by_whom)])


def _next_check(risk: RiskAssessment) -> list[SafeString]:
    if not (risk.next_check_at and risk.next_check_by):
        return []
    when = format_html(_("Next check {}, {}"), _day(risk.next_check_at), short_name(risk.next_check_by))
    return [when, check_overdue_mark()] if risk.is_overdue(timezone.now()) else [when]


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "M j")


def with_queue_mark(words: str, consult: Consult) -> SafeString:
    """The words of a queue's cell, with a mark below them where the consult is over its queue's target."""
    return _below(words, [over_target_mark()] if consult_is_over_target(consult) else [])


def _below(words: str, marks: list[SafeString]) -> SafeString:
    html = conditional_escape(words)
    for mark in marks:
        html += format_html('<span class="desk-mark">{}</span>', mark)
    return html
