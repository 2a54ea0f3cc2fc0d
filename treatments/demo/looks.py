"""What the demonstration's record of access holds beside openings: lists, a search, a refusal, tries to sign in; and a view that somebody has kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone

from treatments.demo.people import PEOPLE
from treatments.models import Event, Referral
from treatments.models.staff_request import answering
from treatments.triage.access_log import exported, opened, refused, shown, sign_in_failed, sign_in_refused
from treatments.triage.access_review import review
from treatments.triage.desk_settings import save_view
from treatments.workflow.events import EXPORTED, LISTED, RECORD_READ, SEARCHED, SHOWN, EventKind

# Addresses that are nobody's: they are kept for examples.
CLINIC, ELSEWHERE = "192.0.2.{desk}", "203.0.113.60"
WORKLIST = "treatments_referral_changelist"
# How many minutes ago, who, and what they were shown.
SEEN: tuple[tuple[int, str, EventKind, dict[str, Any]], ...] = (
    (190, "cora", SHOWN, {"page": "index"}),
    (188, "cora", LISTED, {"page": WORKLIST, "rows": 21}),
    (171, "cora", SEARCHED, {"page": WORKLIST, "rows": 1, "searched": PEOPLE[0].name.split()[-1]}),
    (95, "carl", LISTED, {"page": WORKLIST, "rows": 4, "filters": {"show": ["unassigned"]}}),
    (90, "clara", LISTED, {"page": "treatments_alert_changelist", "rows": 5}),
    (62, "tess", LISTED, {"page": "treatments_tmsconsult_changelist", "rows": 6}),
    (
        14,
        "olive",
        RECORD_READ,
        {"page": "treatments_event_changelist", "rows": 30, "filters": {"within": ["1"]}},
    ),
)
TRIES = 10  # wrong passwords that are judged, until the name is locked


def look_around(staff: Mapping[str, User], now: datetime) -> None:
    desks = list(staff)
    for minutes, who, kind, details in SEEN:
        with answering(CLINIC.format(desk=10 + desks.index(who))):
            shown(kind, actor=staff[who], details=details, at=now - timedelta(minutes=minutes))
    with answering(CLINIC.format(desk=10 + desks.index("tess"))):
        details = {"page": "treatments_referral_change", "number": "7", "status": 404}
        refused(actor=staff["tess"], details=details, at=now - timedelta(minutes=58))
    look_without_a_part(staff, now)
    save_view(user=staff["cora"], name="Spanish, unread", query="language__exact=es&state__exact=new")
    with answering(ELSEWHERE):
        night = now - timedelta(hours=9)
        for number in range(TRIES):
            sign_in_failed(name="adam", at=night + timedelta(seconds=4 * number))
        sign_in_refused(name="adam", for_all=False, at=night + timedelta(seconds=4 * TRIES))


def look_without_a_part(staff: Mapping[str, User], now: datetime) -> None:
    """What stands before the privacy officer: a colleague's person opened again and again, and a list taken away.

    An older export is closed already.
    """
    cora, carl, days = staff["cora"], staff["carl"], days_of_work(now)
    theirs = Referral.objects.filter(owner=cora, hold_rank=0, closed_at=None)
    theirs = theirs.exclude(
        pk__in=Event.objects.filter(actor=carl, referral__isnull=False).values("referral")
    )
    calm = theirs.annotate(last=Max("events__at")).filter(last__lt=days[0].replace(hour=10, minute=0))
    referral = calm.earliest("pk")
    with answering(CLINIC.format(desk=11)):
        for day in days:  # when he is not on call
            for minute in (15, 18):
                opened(referral=referral, actor=carl, at=day.replace(hour=10, minute=minute))
        details = {"page": WORKLIST, "rows": 21, "form": "csv"}
        exported(referral=None, actor=cora, details=details, at=now - timedelta(minutes=100))
    first = Event.objects.filter(kind=EXPORTED.key).earliest("at").pk
    reason = "Copy for the family doctor; the person asked for it by phone."
    review(actor=staff["olive"], why="export", events=[first], reason=reason, at=now - timedelta(minutes=12))


def days_of_work(now: datetime) -> list[datetime]:
    """The last two weekdays before today, the earlier first, on the clinic's clock."""
    days = [timezone.localtime(now) - timedelta(days=back) for back in range(1, 5)]
    return [day for day in days if day.weekday() < 5][1::-1]
