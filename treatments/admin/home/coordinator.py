"""A coordinator's home: six counts, what is next, whom to call today, and what others owe."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Case, F, Prefetch, Q, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from intake.locations import settings_of
from intake.models import Amendment
from treatments.admin.lists.badges import safety_marks
from treatments.admin.lists.column import FINDINGS
from treatments.admin.lists.due_marks import short_name
from treatments.admin.lists.need import READS, Need, need_of
from treatments.admin.lists.next_referral import PLACE, place_of
from treatments.catalog import TREATMENTS
from treatments.figures import dashboard
from treatments.models import ContactAttempt, Referral
from treatments.models.referral_lists import ReferralQuerySet, findings_column
from treatments.reading.desk_counts import DeskCounts
from treatments.reading.reaching import Way, ways
from treatments.workflow.contacts import tries_since_reached
from treatments.workflow.desk import DeskGroup

NEXT_SHOWN = 5
CALLS_SHOWN = 6
NAMED = ("first_name", "last_name", "erased_at", "reference")
MINE = {"show": "mine"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number that leads to those people; ``more`` is what to know of them, ``alarming`` in red."""

    number: int
    words: str
    url: str
    more: str = ""
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class NextThing:
    referral: Referral
    need: Need
    marks: str
    url: str


@dataclass(frozen=True, slots=True)
class Call:
    """``which`` of the tries it is, ``whose`` where it is somebody else's; ``way`` None where no number was given."""

    referral: Referral
    which: str
    whose: str
    late: bool
    way: Way | None
    url: str


@dataclass(frozen=True, slots=True)
class Owed:
    who: str
    what: str
    number: int
    longest: str = ""
    url: str = ""


def coordinator_home(user: User, now: datetime, counts: DeskCounts) -> dict[str, Any]:
    alerts, due = dashboard.read_alerts(now), dashboard.read_due(now)
    mine = counts.mine
    return {
        "alerts": alerts,
        "counts": list(_counts(counts, dashboard.read_desk(now), due)),
        "next": next_things(user, now),
        "mine": mine,
        "mine_url": worklist(**MINE),
        "calls": calls(user, now),
        "due_url": worklist(due="today"),
        "owed": [row for row in _owed(alerts, now) if row.number],
    }


def worklist(**filters: str) -> str:
    page = reverse("admin:treatments_referral_changelist")
    return f"{page}?{urlencode(filters)}" if filters else page


def row_url(referral: Referral, **filters: str) -> str:
    """The page of a row, as the list with these filters leads there: from it the next one is found."""
    asked = {"_changelist_filters": urlencode(filters), PLACE: place_of(referral.pk, referral.desk_rank)}
    return f"{reverse('admin:treatments_referral_change', args=[referral.pk])}?{urlencode(asked)}"


def _counts(counts: DeskCounts, desk: dashboard.Desk, due: dashboard.Due) -> Iterator[Count]:
    groups = counts.groups or {}
    safety, came_back, new = (
        groups.get(key, 0) for key in (DeskGroup.SAFETY, DeskGroup.CAME_BACK, DeskGroup.NEW)
    )
    oldest = _("oldest %(wait)s") % {"wait": desk.oldest_new} if new else ""
    overdue = _("%(n)d overdue") % {"n": due.overdue} if due.overdue else ""
    yield Count(counts.mine, _("need you"), worklist(**MINE), _("yours, or nobody’s yet"))
    yield Count(safety, _("safety"), worklist(show=DeskGroup.SAFETY))
    yield Count(came_back, _("came back"), worklist(show=DeskGroup.CAME_BACK))
    yield Count(new, _("new, unread"), worklist(show=DeskGroup.NEW), oldest)
    yield Count(due.count, _("due today"), worklist(due="today"), overdue, bool(due.overdue))
    yield Count(desk.over, _("over target"), worklist(target="over"), _("of %(n)d") % {"n": counts.desk})


def next_things(user: User, now: datetime) -> list[NextThing]:
    """In the worklist's order."""
    rows = Referral.objects.needing_a_coordinator().of_or_nobodys(user).safest_first()[:NEXT_SHOWN]
    found = with_need(rows, user, "waiting_since", "desk_rank")
    return [NextThing(row, need_of(row, now), safety_marks(row), row_url(row, **MINE)) for row in found]


def with_need(rows: ReferralQuerySet, user: User, *also: str) -> ReferralQuerySet:
    """With all that is read to say what they need."""
    reads = {*READS, *NAMED, *also} - {FINDINGS}
    related = {path.rpartition("__")[0] for path in reads if "__" in path}
    narrow = rows.only(*reads).select_related(*related)
    return narrow.annotate(**{FINDINGS: F(findings_column(user))})


def calls(user: User, now: datetime) -> list[Call]:
    """Whom to call by the end of today: one's own and nobody's before those of others, the longest overdue first."""
    others = Case(When(Q(owner=user) | Q(owner=None), then=0), default=1)
    rows = Referral.objects.calls_due(localdate(now)).select_related("submission", "caring_contact", "owner")
    rows = rows.order_by(others, F("contact_due_on").asc(nulls_last=True), "pk")
    amendments = Prefetch("submission__amendments", Amendment.objects.select_related("by"))
    shown = list(rows.prefetch_related(amendments)[:CALLS_SHOWN])
    outcomes: dict[int, list[str]] = {}
    tries = ContactAttempt.objects.filter(referral__in=shown).newest_first()
    for referral, outcome in tries.values_list("referral", "outcome"):
        outcomes.setdefault(referral, []).append(outcome)
    return [_call(row, user, tries_since_reached(outcomes.get(row.pk, [])), now) for row in shown]


def _call(referral: Referral, user: User, tries: int, now: datetime) -> Call:
    caring, planned = getattr(referral, "caring_contact", None), referral.contact_due_on
    numbers = ways(referral.submission)
    which, late = _("caring contact"), bool(caring and caring.is_overdue(now))
    if planned and planned <= localdate(now):
        which = _("call %(n)d of %(of)d") % {"n": tries + 1, "of": settings_of(None).contact_attempts}
        late = late or planned < localdate(now)
        if planned < localdate(now):
            which = _("%(which)s, since %(day)s") % {"which": which, "day": date_format(planned, "M j")}
    owner = referral.owner
    whose = _("%(who)s’s") % {"who": short_name(owner)} if owner and owner != user else ""
    url = row_url(referral, due="today")
    return Call(referral, which, whose, late, numbers[0] if numbers else None, url)


def _owed(alerts: dashboard.Alerts, now: datetime) -> Iterator[Owed]:
    asked, since = dashboard.read_asked(now)
    yield Owed(_("Patients"), _("an answer to a question"), asked, since)
    for queue in dashboard.read_queues(list(TREATMENTS), now):
        yield Owed(
            str(queue.name),
            _("waiting over target, of %(n)d") % {"n": queue.waiting},
            queue.late,
            queue.longest,
        )
        yield Owed(str(queue.name), _("visits over, no outcome"), queue.over)
    checks, since = dashboard.read_checks(now)
    alert_list = reverse("admin:treatments_alert_changelist")
    yield Owed(_("Clinicians"), _("alerts that are open"), alerts.count, alerts.oldest, alert_list)
    yield Owed(_("Clinicians"), _("checks overdue"), checks, since, worklist(show=DeskGroup.SAFETY))
