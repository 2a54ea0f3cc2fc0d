"""The director's figures, counted once for every page: where people are lost, how safety was kept, for whom.

What may not be told is not in them: they are kept as the pages show them.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from treatments.catalog import TREATMENTS
from treatments.figures import groups, outcomes
from treatments.figures.few import Group
from treatments.figures.funnel import funnel_of
from treatments.figures.load import read_load
from treatments.figures.people import Step, read_drafts, read_people
from treatments.figures.proportions import FEWEST
from treatments.figures.safety_times import safety_rows
from treatments.figures.stops import days_of_drafts, read_stops, without_few
from treatments.figures.tally import PERIODS, Count, Tally

FILTERS = ("channel", "language", "queue")  # one at a time: docs/decisions/0051-figures-are-counted.md


def name_of_page(days: int, kind: str = "", name: str = "") -> str:
    return f"{days} {kind} {name}".rstrip()


class Counting:
    """``run`` counts, and stops after each piece of work for whoever has more to do; then ``pages`` are whole."""

    def __init__(self, now: datetime):
        self.now = now
        self.pages: dict[str, dict[str, Any]] = {}

    def run(self) -> Iterator[None]:
        since, tally = self.now - timedelta(days=max(PERIODS)), Tally.at(self.now)
        for people in chain(read_people(since, self.now), read_drafts(since)):
            for person in people:
                tally.add(person)
            yield
        tally.add_gone(since)
        yield
        steps = {}
        for step in list(Step)[1:]:
            steps[step] = tally.told(partial(_before, step))
            yield
        reached = tally.told(groups.tried)
        told = (steps[Step.RECEIVED], steps[Step.TAKEN_UP], reached)
        for group in tally.groups():
            if group.kind in ("", *FILTERS) and (group.name or not group.kind):
                self.pages[name_of_page(group.days, group.kind, group.name)] = _page(tally, group, steps)
                yield
        for days in PERIODS:
            self.pages[name_of_page(days)] |= {"dimensions": _dimensions(tally, days, told)}
            yield
        yield from self._whole()

    def _whole(self) -> Iterator[None]:
        """What stands on the pages of everybody alone."""
        ended, said = {}, {}
        for days in PERIODS:
            since = self.now - timedelta(days=days)
            ended[days] = outcomes.read_outcomes(list(TREATMENTS), since)
            said[days] = outcomes.read_feedback(list(TREATMENTS), since)
            yield
        ended, said = outcomes.without_few(ended), outcomes.without_few(said)
        always = {
            "load": [asdict(row) for row in read_load(self.now)],
            "stops": [asdict(stop) for stop in without_few(read_stops(self.now))],
            "drafts_days": days_of_drafts(),
            "few": FEWEST,
        }
        for days in PERIODS:
            safety = [asdict(row) for row in safety_rows(self.now - timedelta(days=days), self.now)]
            self.pages[name_of_page(days)] |= {
                **always,
                "safety": safety,
                "outcomes": asdict(ended[days]),
                "feedback": asdict(said[days]),
                "started": outcomes.started_shares(ended[days]),
            }
            yield


def _before(step: Step, count: Count) -> int:
    return count.people[step - 1]


def _page(tally: Tally, group: Group, told: dict[Step, set[Group]]) -> dict[str, Any]:
    count = tally.count_of(group)
    first = Step.ROUTED if group.kind == "queue" else Step.BEGUN
    steps = [step for step, groups_told in told.items() if group in groups_told]
    timed = [step for step in steps if _many_waits(count, step)]
    funnel = funnel_of(count, steps, timed=timed, first=first)
    return {"people": count.people[first], "funnel": asdict(funnel), "few": FEWEST}


def _many_waits(count: Count, step: Step) -> bool:
    """Of fewer a median is nearly one person's wait: sending is timed of those who sent, and moments may be missing."""
    return count.waits[step].number >= FEWEST


def _dimensions(tally: Tally, days: int, told: tuple[set[Group], ...]) -> list[dict[str, Any]]:
    found = []
    for kind in groups.KIND_WORDS:
        own = {
            group: tally.count_of(group)
            for group in tally.groups()
            if group.kind == kind and group.days == days
        }
        found.append(asdict(groups.dimension_of(kind, own, told)))
    return found
