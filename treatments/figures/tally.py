"""People counted by what tells them apart: when they began, how the form came, language, age and queues."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.fields.lookup import age_on
from intake.models import Channel, FormsGone
from treatments.catalog import TREATMENTS
from treatments.figures.few import IN_ORDER, Group, told
from treatments.figures.people import Step, Traveler
from treatments.figures.spells import Spell, spell
from treatments.figures.waits import Waits

PERIODS = (30, 90, 365)  # days
USUAL = 90
AGES: tuple[tuple[int, str, Text], ...] = (
    (65, "65", _("65 or older")),
    (35, "35", _("35 to 64")),
    (0, "0", _("Under 35")),
)


class Cell(NamedTuple):
    """Who is told apart by nothing else; ``days``: the shortest period that they are in. "" is not known."""

    days: int
    channel: str = ""
    language: str = ""
    age: str = ""
    queues: frozenset[str] = frozenset()


def _per_step() -> list[int]:
    return [0] * len(Step)


def _waits_per_step() -> list[Waits]:
    return [Waits() for _step in Step]


@dataclass(slots=True)
class Count:
    """``people`` by step: how many came so far; ``waits``: how long each step took from the one before."""

    people: list[int] = field(default_factory=_per_step)
    waits: list[Waits] = field(default_factory=_waits_per_step)
    to_visit: Waits = field(default_factory=Waits)
    tried: int = 0
    reached: int = 0
    left: int = 0
    under_way: int = 0

    def add(self, person: Traveler, now: datetime, *, first: Step = Step.BEGUN) -> None:
        for step in Step:
            if person.furthest >= step:
                self.people[step] += 1
            if step > first:
                self.waits[step].add(wait(person, step, now))
        if person.furthest == Step.BEGUN:
            return
        if Step.RECEIVED in person.steps:
            self.to_visit.add(to_visit(person, now))
        self.tried += person.reached is not None
        self.reached += person.reached is True
        self.left += person.left is not None and person.furthest < Step.SEEN
        self.under_way += person.left is None and person.furthest < Step.SEEN

    @classmethod
    def together(cls, parts: Iterable["Count"]) -> "Count":
        every = list(parts)
        whole = cls(
            [sum(part.people[step] for part in every) for step in Step],
            [Waits.together(part.waits[step] for part in every) for step in Step],
            Waits.together(part.to_visit for part in every),
        )
        for name in ("tried", "reached", "left", "under_way"):
            setattr(whole, name, sum(getattr(part, name) for part in every))
        return whole


def wait(person: Traveler, step: Step, now: datetime) -> Spell | None:
    """From the step before to this one; open for who stands there still. Of the sending, only of those who sent.

    None for who never came there, and where a moment is missing because somebody skipped a step.
    """
    begun = person.steps.get(Step(step - 1))
    if begun is None or (step == Step.RECEIVED and step not in person.steps):
        return None
    if step not in person.steps and person.furthest > step:
        return None
    return spell(begun, person.steps.get(step), now, left=person.left)


def to_visit(person: Traveler, now: datetime) -> Spell:
    """From the form to the first visit; open for who may still be seen."""
    return spell(person.steps[Step.RECEIVED], person.steps.get(Step.SEEN), now, left=person.left)


@dataclass(slots=True)
class Tally:
    """``of_queue``: of (days, queue), with the steps in that queue alone."""

    now: datetime
    today: date
    cells: dict[Cell, Count] = field(default_factory=lambda: defaultdict(Count))
    of_queue: dict[tuple[int, str], Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, person: Traveler) -> None:
        days = self.days_of(person.steps[Step.BEGUN])
        if days is None:
            return
        age = age_group(person.born, self.today)
        cell = Cell(days, person.channel, person.language, age, frozenset(person.queues))
        self.cells[cell].add(person, self.now)
        for queue, steps in person.queues.items():
            own = Traveler(None, "", "", person.left, steps)
            self.of_queue[days, queue].add(own, self.now, first=Step.ROUTED)

    def add_gone(self, since: datetime) -> None:
        """Those forms that were begun since then and deleted."""
        rows = FormsGone.objects.filter(day__gte=localdate(since))
        for day, language, channel, number in rows.values_list("day", "language", "channel", "number"):
            before = self.today - day
            days = next(days for days in PERIODS if before <= timedelta(days=days))
            self.cells[Cell(days, channel, language)].people[Step.BEGUN] += number

    @classmethod
    def at(cls, now: datetime) -> "Tally":
        return cls(now, localdate(now))

    def days_of(self, begun: datetime) -> int | None:
        return next((days for days in PERIODS if begun >= self.now - timedelta(days=days)), None)

    def count_of(self, group: Group) -> Count:
        if group.kind == "queue":
            return Count.together(self.of_queue[days, group.name] for days in PERIODS if days <= group.days)
        return Count.together(self.cells[cell] for cell in group.cells)

    def groups(self) -> list[Group]:
        """Everybody's, then those of each kind, larger ones first."""
        everybody = [Group("", "", days, self._cells(days)) for days in IN_ORDER]
        return [*everybody, *(group for kind in KINDS for group in self._of_kind(kind))]

    def _of_kind(self, kind: str) -> Iterator[Group]:
        for days in IN_ORDER:
            own = [Group(kind, name, days, self._cells(days, kind, name)) for name in (*names_of(kind), "")]
            yield from sorted(own, key=lambda group: -self.size(group))

    def _cells(self, days: int, kind: str = "", name: str = "") -> frozenset[Cell]:
        has = IS_OF.get(kind, lambda _cell, _name: True)
        return frozenset(cell for cell in self.cells if cell.days <= days and has(cell, name))

    def size(self, group: Group) -> int:
        return sum(self.cells[cell].people[Step.BEGUN] for cell in group.cells)

    def told(self, of: Callable[[Count], int]) -> set[Group]:
        """The groups of which rates may be told where they are of so many ``of`` them."""
        found = told({cell: of(count) for cell, count in self.cells.items()}, self.groups())
        in_queue = {name: self._days_told(name, of) for name in names_of("queue")}
        return {
            each for each in found if each.kind != "queue" or each.days in in_queue.get(each.name, PERIODS)
        }

    def _days_told(self, queue: str, of: Callable[[Count], int]) -> set[int]:
        """The periods in which a queue's own people are told of: fewer than its cells', as others may have taken them
        further; also by what another period, or everybody, has more.
        """
        people: dict[tuple[int, bool], int] = {}
        for days in PERIODS:
            whole = sum(of(count) for cell, count in self.cells.items() if cell.days == days)
            people[days, True] = of(self.of_queue[days, queue])
            people[days, False] = whole - people[days, True]
        everybody = [Group("", "", days, frozenset(p for p in people if p[0] <= days)) for days in IN_ORDER]
        own = [
            Group("queue", queue, each.days, frozenset(cell for cell in each.cells if cell[1]))
            for each in everybody
        ]
        return {group.days for group in told(people, [*everybody, *own]) if group.kind}


IS_OF: dict[str, Callable[[Cell, str], bool]] = {
    "channel": lambda cell, name: cell.channel == name,
    "language": lambda cell, name: cell.language == name,
    "age": lambda cell, name: cell.age == name,
    "queue": lambda cell, name: name in cell.queues if name else not cell.queues,
}
KINDS = tuple(IS_OF)


def names_of(kind: str) -> dict[str, Any]:
    """The groups of a kind and their words, in their order."""
    names: dict[str, dict[str, Any]] = {
        "channel": dict(Channel.choices),
        "language": dict(settings.LANGUAGES),
        "age": {name: words for _least, name, words in AGES},
        "queue": {key: row.short for key, row in TREATMENTS.items()},
    }
    return names[kind]


def age_group(born: date | None, today: date) -> str:
    if born is None:
        return ""
    age = age_on(born, today)
    return next(name for least, name, _words in AGES if age >= least)
