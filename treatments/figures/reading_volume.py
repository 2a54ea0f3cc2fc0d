"""Who opened, searched or listed far more than they usually do: the privacy officer's numbers. Pure, but for one read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from intake.fields.kinds import Text
from treatments import charts
from treatments.models import Event

SPANS = (1, 7)  # days looked at; the first is the last 24 hours
LOOK_BACK = 30  # days in which somebody's usual is found
TIMES = 3  # this often the usual is unusual
LEAST = 20  # openings below this are never unusual


@dataclass(frozen=True, slots=True)
class DayOfOpenings:
    """How often ``actor`` opened, searched or listed something on a day of the clinic; ``recent`` has for each span how many within it."""

    actor: int
    day: date
    openings: int
    recent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unusual:
    """``usual`` is the median of the days on which they opened anything before the span; None where there are none."""

    actor: int
    openings: int
    usual: float | None
    expected: float
    percent: float = 0.0
    name: Text = ""


def unusual(rows: Iterable[DayOfOpenings], place: int) -> list[Unusual]:
    """Those whose openings within the span at ``place`` are more than ``TIMES`` their own usual, most first.

    A longer span is measured against their usual for as many days as they opened anything in it.
    """
    days: dict[int, list[DayOfOpenings]] = {}
    for row in rows:
        days.setdefault(row.actor, []).append(row)
    found = []
    for actor, own in days.items():
        openings = sum(row.recent[place] for row in own)
        before = [n for row in own if (n := row.openings - row.recent[place])]
        usual = median(before) if before else None
        worked = 1 if SPANS[place] == 1 else sum(row.recent[place] > 0 for row in own)
        expected = (usual or 0) * worked
        if openings >= LEAST and openings > TIMES * expected:
            found.append(Unusual(actor, openings, usual, expected))
    most = max((each.openings for each in found), default=0)
    return [
        Unusual(each.actor, each.openings, each.usual, each.expected, charts.share(each.openings, most))
        for each in sorted(found, key=lambda each: (-each.openings, each.actor))
    ]


def read_looks(now: datetime, kinds: Sequence[str]) -> list[DayOfOpenings]:
    """All events of these kinds of the last days, counted by person and day."""
    counts = {f"recent_{days}": Count("pk", filter=Q(at__gte=now - timedelta(days=days))) for days in SPANS}
    rows = (
        Event.objects.filter(kind__in=kinds, at__gte=now - timedelta(days=LOOK_BACK), actor__isnull=False)
        .order_by()
        .annotate(day=TruncDate("at"))
        .values("actor", "day")
        .annotate(openings=Count("pk"), **counts)
        .values_list("actor", "day", "openings", *counts)
    )
    return [DayOfOpenings(actor, day, openings, tuple(recent)) for actor, day, openings, *recent in rows]
