"""How long a team's consults took from one step to the next, those that still wait among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.figures.spells import Spell, Times, spell, times_of
from treatments.models import Consult, Event, Visit, desk_clock
from treatments.workflow import OPEN_CONSULT_STATES, ConsultState
from treatments.workflow.actions.consults import ACCEPT, BOOK
from treatments.workflow.visits import VisitEnd

MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class WaitRow:
    """``target`` in working hours, None where the clinic has none."""

    words: Text
    times: Times
    target: int | None


@dataclass(slots=True)
class Way:
    """The moments of one consult, as far as they are known."""

    treatment: str
    state: str
    routed: datetime
    accepted: datetime | None = None
    booked: datetime | None = None
    seen: datetime | None = None


class Moment(NamedTuple):
    consult: int
    treatment: str
    state: str
    routed: datetime
    kind: str
    at: datetime


def ways_of(moments: Iterable[Moment]) -> list[Way]:
    """The first moment of each kind counts."""
    found: dict[int, Way] = {}
    for moment in sorted(moments, key=lambda each: each.at):
        way = found.setdefault(moment.consult, Way(moment.treatment, moment.state, moment.routed))
        if moment.kind and getattr(way, moment.kind) is None:
            setattr(way, moment.kind, moment.at)
    return list(found.values())


def rows_of(ways: Sequence[Way], treatment: str, now: datetime) -> list[WaitRow]:
    own, targets = [way for way in ways if way.treatment == treatment], desk_clock.targets()
    steps = (
        (_("Routed until accepted"), "routed", "accepted", ConsultState.WAITING, targets[treatment]),
        (_("Accepted until booked"), "accepted", "booked", ConsultState.ACCEPTED, targets["accepted"]),
        (_("Booked until seen"), "booked", "seen", ConsultState.BOOKED, None),
    )
    rows = []
    for words, begins, ends, stands, target in steps:
        spells = [found for way in own if (found := _spell(way, begins, ends, stands, now))]
        rows.append(WaitRow(words, times_of(spells), target))
    return rows


def _spell(way: Way, begins: str, ends: str, stands: ConsultState, now: datetime) -> Spell | None:
    """Open while the consult stands there; None where it never came there, or left another way."""
    begun, ended = getattr(way, begins), getattr(way, ends)
    if begun is None or (ended is None and way.state != stands):
        return None
    return spell(begun, ended, now)


def read_waits(treatments: Sequence[str], since: datetime, now: datetime) -> dict[str, list[WaitRow]]:
    """Of the steps that were made since then, and of those that are not made yet, by the queue; in three queries."""
    ways = ways_of(_moments(treatments, since))
    return {treatment: rows_of(ways, treatment, now) for treatment in treatments}


def _moments(treatments: Sequence[str], since: datetime) -> Iterable[Moment]:
    of_consult = ("treatment", "state", "opened_at")
    through = [f"consult__{name}" for name in of_consult]
    steps = Event.objects.filter(
        kind__in=(ACCEPT.key, BOOK.key), at__gte=since, consult__treatment__in=treatments
    )
    kinds = {ACCEPT.key: "accepted", BOOK.key: "booked"}
    for pk, treatment, state, opened, kind, at in steps.order_by("-at").values_list(
        "consult", *through, "kind", "at"
    )[:MOST_ROWS]:
        if state != ConsultState.WAITING:  # else it was undone
            yield Moment(pk, treatment, state, opened, kinds[kind], at)
    held = Visit.objects.filter(day__gte=since.date(), ended=VisitEnd.HELD, consult__treatment__in=treatments)
    for pk, treatment, state, opened, at in held.order_by("-day").values_list("consult", *through, "until")[
        :MOST_ROWS
    ]:
        yield Moment(pk, treatment, state, opened, "seen", at)
    waiting = Consult.objects.filter(treatment__in=treatments, state__in=OPEN_CONSULT_STATES)
    columns = ("pk", *of_consult, "target_from")
    for pk, treatment, state, opened, taken in waiting.order_by("opened_at").values_list(*columns)[
        :MOST_ROWS
    ]:
        accepted = state == ConsultState.ACCEPTED and taken is not None
        yield Moment(
            pk, treatment, state, opened, "accepted" if accepted else "", taken if accepted else opened
        )
