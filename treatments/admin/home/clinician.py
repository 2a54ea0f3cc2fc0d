"""A clinician's home: alerts and who is on them, own checks, holds to assess, what to read before anybody is routed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from intake.fields.urgency import URGENT
from treatments.admin.home.coordinator import worklist
from treatments.admin.lists.badges import badge, hold_badge
from treatments.figures.spells import span_in_words
from treatments.models import Alert, AlertEntry, Referral, RiskAssessment
from treatments.reading.alert import titles
from treatments.reading.before_routing import READ_BY_CLINICIAN
from treatments.reading.hold_words import hold_reason
from treatments.reading.reaching import name_of
from treatments.reading.redaction import redaction_for
from treatments.workflow import Hold, ReferralState
from treatments.workflow.actions.risk import ASSESS_RISK
from treatments.workflow.alerts import EntryKind
from treatments.workflow.desk import DeskGroup
from treatments.workflow.risk import RISK_LEVELS, HoldChoice, RiskLevel

SHOWN = 8
LOOKED_AT = 40  # low answers among whom those are found for whom the rule fired
DAYS_OF_RELEASES = 14
LOW = "low"  # the level of the suicide screen that the rule READ_BY_CLINICIAN asks for


@dataclass(frozen=True, slots=True)
class AlertRow:
    """``what`` the worst first; ``on_it`` "" for nobody, who then may say so with ``seen``, the newest alarm."""

    name: str
    what: str
    urgent: bool
    on_it: str
    since: datetime | None
    open_for: str
    url: str
    seen: int


@dataclass(frozen=True, slots=True)
class CheckRow:
    referral: Referral
    level: SafeString
    due: datetime
    late: bool
    url: str


@dataclass(frozen=True, slots=True)
class HoldRow:
    referral: Referral
    hold: SafeString
    why: str
    waits: str
    url: str


def clinician_home(user: User, now: datetime, number: int) -> dict[str, Any]:
    """``number``: of the alerts that are open."""
    checks, holds = own_checks(user, now), holds_to_assess(now)
    return {
        "alerts": open_alerts(user, now),
        "number": number,
        "alerts_url": reverse("admin:treatments_alert_changelist"),
        "checks": checks,
        "holds": holds,
        "safety_url": worklist(show=DeskGroup.SAFETY),
        "to_read": to_read(now),
        "released": released(user, now),
        "days": DAYS_OF_RELEASES,
    }


def open_alerts(user: User, now: datetime) -> list[AlertRow]:
    """One a person, as the list of alerts has them: urgent first, then the oldest."""
    entries = Prefetch("alert_entries", AlertEntry.objects.select_related("by", "to"))
    rows = Alert.objects.open().for_list().select_related("referral").prefetch_related("alarms", entries)
    found = []
    for alert in rows.order_by(*Alert.WORST_FIRST)[:SHOWN]:
        referral: Referral | None = getattr(alert, "referral", None)
        said, taken = titles(alert, redaction_for(user, alert)), alert.taken
        more = _(", and %(n)d more") % {"n": len(said) - 1} if len(said) > 1 else ""
        found.append(
            AlertRow(
                (referral.name if referral else name_of(alert)) or _("No name given yet"),
                f"{said[0]}{more}",
                alert.urgency == URGENT,
                taken.who if taken else "",
                taken.at if taken else None,
                timesince(alert.open_since, now, depth=1),
                reverse("admin:treatments_alert_change", args=[alert.number]),
                alert.newest.pk,
            )
        )
    return found


def own_checks(user: User, now: datetime) -> list[CheckRow]:
    """The next check of each person whom this clinician is to look at again, the soonest first."""
    rows = Referral.objects.filter(newest_risk__next_check_by=user, next_check_at__isnull=False)
    rows = rows.exclude(state=ReferralState.CLOSED).order_by("next_check_at", "pk")
    return [
        CheckRow(
            row, _level(row.clinician_level), row.next_check_at, row.next_check_at < now, _page(row, True)
        )
        for row in rows[:SHOWN]
        if row.next_check_at
    ]


def _level(level: str) -> SafeString:
    return badge(f"risk-{level}", *RISK_LEVELS[RiskLevel(level)])


def holds_to_assess(now: datetime) -> list[HoldRow]:
    """Holds of the rules that no clinician has judged since they rose, in the worklist's order."""
    judged = Q(newest_risk__hold__in=(HoldChoice.KEEP, HoldChoice.SAME_DAY))
    rows = Referral.objects.in_group(DeskGroup.SAFETY).exclude(hold=Hold.NONE).exclude(judged)
    rows = rows.filter(assessed_at__isnull=False).exclude(state=ReferralState.CLOSED)
    return [
        HoldRow(
            row,
            hold_badge(row.standing_hold, row.is_assessed),
            hold_reason(row),
            span_in_words(now - row.waiting_since),
            _page(row, True),
        )
        for row in rows.safest_first()[:SHOWN]
    ]


def to_read(now: datetime) -> list[HoldRow]:
    """Those at the desk with low answers that a clinician reads before anybody is routed, and none has read.

    As ``treatments.reading.before_routing`` has it: read is what a clinician assessed, or whose alert they closed.
    """
    clinicians = get_user_model().objects.with_perm(ASSESS_RISK.permission_on())
    closed = AlertEntry.objects.filter(
        submission=OuterRef("submission"), kind=EntryKind.CLOSED, by__in=clinicians.values("pk")
    )
    rows = Referral.objects.needing_a_coordinator().filter(hold_rank=0, cssrs=LOW, newest_risk=None)
    rows = rows.exclude(state=ReferralState.CLOSED).exclude(Exists(closed))
    unread = [row for row in rows.safest_first()[:LOOKED_AT] if READ_BY_CLINICIAN in row.fired]
    return [
        HoldRow(
            row,
            SafeString(),
            _("Wish to be dead, or thoughts alone"),
            span_in_words(now - row.waiting_since),
            _page(row),
        )
        for row in unread[:SHOWN]
    ]


def _page(referral: Referral, assess: bool = False) -> str:
    page = reverse("admin:treatments_referral_change", args=[referral.pk])
    return f"{page}{ASSESS_RISK.key}/" if assess else page


def released(user: User, now: datetime) -> list[tuple[str, int]]:
    """How many holds this clinician released lately, by the level that they gave."""
    own = RiskAssessment.objects.filter(
        by=user, at__gte=now - timedelta(days=DAYS_OF_RELEASES), hold=HoldChoice.RELEASE
    )
    counts = dict(own.order_by().values_list("level").annotate(n=Count("pk")))
    return [(str(RISK_LEVELS[level][1]), counts[level]) for level in reversed(RiskLevel) if level in counts]
