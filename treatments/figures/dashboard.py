"""How much waits for the desk, for clinicians and for teams, and how long: counts and waits only, of nobody by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from intake.fields.kinds import Text
from intake.models import Question
from treatments.catalog import TREATMENTS
from treatments.figures.spells import span_in_words
from treatments.models import Alert, AlertEntry, Consult, Referral, consult_lists, referral_lists
from treatments.workflow import ConsultState, ReferralState
from treatments.workflow.alerts import EntryKind
from treatments.workflow.desk import Place


@dataclass(frozen=True, slots=True)
class Alerts:
    """``nobody``: of them those that nobody is on."""

    count: int = 0
    urgent: int = 0
    nobody: int = 0
    oldest: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """``oldest_new``: how long the oldest waits that nobody has read; ``over`` their target of all on the desk."""

    over: int
    oldest_new: str


@dataclass(frozen=True, slots=True)
class Due:
    """Contacts and messages, by the end of today."""

    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Queue:
    """``over``: visits that are over and have no outcome; ``late``: of those that wait, over the queue's target."""

    key: str
    name: Text
    waiting: int = 0
    accepted: int = 0
    booked: int = 0
    over: int = 0
    late: int = 0
    longest: str = ""


# --- Reads: each bounded by an index -----------------------------------------------------------------------


def read_alerts(now: datetime) -> Alerts:
    let_go = AlertEntry.objects.filter(submission=OuterRef("submission"), pk__gt=OuterRef("pk"))
    ends = let_go.filter(kind__in=(EntryKind.LET_GO, EntryKind.CLOSED))
    on_it = AlertEntry.objects.filter(~Exists(ends), submission=OuterRef("pk"), kind=EntryKind.TAKEN)
    rows = Alert.objects.open().for_list().annotate(taken=Exists(on_it)).order_by()
    rang = list(rows.values_list("is_urgent", "rang_at", "taken"))
    return Alerts(
        count=len(rang),
        urgent=sum(urgent for urgent, _at, _taken in rang),
        nobody=sum(not taken for _urgent, _at, taken in rang),
        oldest=span_in_words(now - min(at for _urgent, at, _taken in rang)) if rang else "",
    )


def read_desk(now: datetime) -> Desk:
    """All of it stands in the desk's own index."""
    found = Referral.objects.needing_a_coordinator().aggregate(
        over=Count("pk", filter=referral_lists.is_over_target(now)),
        oldest=Min("waiting_since", filter=Q(desk_rank=Place.NEW)),
    )
    oldest = found["oldest"]
    return Desk(found["over"], span_in_words(now - oldest) if oldest else "")


def read_checks(now: datetime) -> tuple[int, str]:
    """The checks of clinicians that are overdue, and since when the oldest; who has one stands in the first group."""
    overdue = Referral.objects.filter(desk_rank__gte=Place.LEVEL, next_check_at__lt=now)
    found = overdue.exclude(state=ReferralState.CLOSED).aggregate(n=Count("pk"), oldest=Min("next_check_at"))
    return found["n"], span_in_words(now - found["oldest"]) if found["n"] else ""


def read_due(now: datetime) -> Due:
    today = now.date()
    owed = Q(caring_contact__done_at=None, caring_contact__taken_over_at=None, caring_contact__due_at__lt=now)
    planned = ~Q(state=ReferralState.CLOSED) & Q(contact_due_on__lt=today)
    found = Referral.objects.due_by(today).aggregate(
        count=Count("pk"), overdue=Count("pk", filter=owed | planned | Q(message_due_at__lt=now))
    )
    return Due(**found)


def read_asked(now: datetime) -> tuple[int, str]:
    """The questions that patients have not answered, and how long the oldest has been open."""
    found = Question.objects.filter(ended_at=None).aggregate(n=Count("pk"), oldest=Min("asked_at"))
    return found["n"], span_in_words(now - found["oldest"]) if found["n"] else ""


def read_queues(treatments: Sequence[str], now: datetime) -> list[Queue]:
    waiting = Q(state=ConsultState.WAITING)
    due = Q(not_before=None) | Q(not_before__lte=now.date())
    counts = {
        "waiting": Count("pk", filter=waiting),
        "accepted": Count("pk", filter=Q(state=ConsultState.ACCEPTED)),
        "booked": Count("pk", filter=Q(state=ConsultState.BOOKED)),
        "over": Count("pk", filter=consult_lists.visit_is_over(now)),
        "late": Count("pk", filter=waiting & due & consult_lists.is_over_target(now)),
        "longest": Min("opened_at", filter=waiting),
    }
    rows = Consult.objects.open().filter(treatment__in=treatments).order_by().values("treatment")
    found: dict[str, dict[str, Any]] = {row["treatment"]: dict(row) for row in rows.annotate(**counts)}
    queues = []
    for key in treatments:
        numbers = found.get(key, {"longest": None})
        numbers.pop("treatment", None)
        opened = numbers.pop("longest")
        longest = span_in_words(now - opened) if opened else ""
        queues.append(Queue(key, TREATMENTS[key].short, **numbers, longest=longest))
    return queues
