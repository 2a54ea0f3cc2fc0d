"""Rule D12's pairs: an MAOI beside what it must not be taken with, two different drugs at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from intake.drugs import Drug
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known, unknown
from treatments.rules.medicines import LIST, Medicine, Test, is_maoi

RECENT = "medicines.maoi_last_14_days"
MAO_B = frozenset({"rasagiline", "safinamide", "selegiline oral"})
LEVODOPA = "carbidopa-levodopa"


class Taken(NamedTuple):
    """One drug of one entry; no drug where the name is not recognized."""

    entry: Medicine
    drug: Drug | None

    @property
    def name(self) -> str:
        return self.drug.generic if self.drug else "?"

    @property
    def substance(self) -> str:
        """Selegiline is one drug, as a patch and as a tablet."""
        return self.name.removesuffix(" oral")

    def answer(self) -> Answer:
        """Whether it is this drug and is taken."""
        if self.drug is not None and self.entry.now:
            return known(True, self.entry.evidence)
        return unknown(*self.entry.ask)


class Pair(NamedTuple):
    maoi: Taken
    other: Taken
    answer: Answer


def is_antidepressant(drug: Drug) -> bool:
    """An antidepressant that may count as a trial: esketamine and its like are none here."""
    return drug.kind == "antidepressant" and drug.counts_as_trial


def must_not_meet_maoi(drug: Drug) -> bool:
    return is_antidepressant(drug) or bool({"maoi", "stimulant", "maoi_interaction"} & drug.sets)


def maoi_interaction(facts: Facts) -> Answer:
    """Open for lists that were never given, and for every name that may be one of a pair."""
    answers = [pair.answer for pair in (*pairs_now(facts), *pairs_with_stopped(facts))]
    answers.append(all_of(facts.yes(RECENT), _beside_a_recent_maoi(facts)))
    answers += [unknown(entry.path) for entry in facts.medicines.entries if _may_be_a_pair(entry)]
    return any_of(*answers, facts.medicines.unlisted())


def _may_be_a_pair(entry: Medicine) -> bool:
    """Whether one text names an MAOI and what must not meet it: "Nardil and Zoloft"."""
    return any(
        is_maoi(maoi) and must_not_meet_maoi(other) and maoi.generic != other.generic
        for maoi in entry.named
        for other in entry.named
    )


def pairs_now(facts: Facts) -> Iterator[Pair]:
    """An MAOI and another drug, both taken now."""
    taken = _taken(facts.medicines.entries)
    for maoi in taken:
        for other in taken:
            if maoi is not other and _may_be(maoi, is_maoi) and _may_be(other, must_not_meet_maoi):
                yield from _pair(maoi, other)


def pairs_with_stopped(facts: Facts) -> Iterator[Pair]:
    """An MAOI taken now and an antidepressant stopped lately: five weeks for fluoxetine, two for others."""
    for maoi in _taken(facts.medicines.entries):
        for other in _taken(facts.medicines.stopped):
            if (maoi.drug or other.drug) and _may_be(maoi, is_maoi) and _may_be(other, is_antidepressant):
                yield from _pair(maoi, other)


def beside_a_recent_maoi(facts: Facts) -> list[str]:
    """The drugs taken now beside an MAOI that was stopped within 14 days; none where that was not said."""
    if not facts.yes(RECENT).value:
        return []
    taken = _taken(facts.medicines.entries)
    return sorted({each.name for each in taken if _recent(facts, each).value})


def _taken(entries: list[Medicine]) -> list[Taken]:
    return [Taken(entry, drug) for entry in entries for drug in entry.drugs or (None,)]


def _may_be(taken: Taken, test: Test) -> bool:
    return taken.drug is None or test(taken.drug)


def _pair(maoi: Taken, other: Taken) -> Iterator[Pair]:
    """Nothing where the two are one drug, or an ordinary prescription in Parkinson's disease."""
    if maoi.drug and maoi.substance == other.substance:
        return
    answer = all_of(maoi.answer(), other.answer())
    if other.name == LEVODOPA and maoi.name in MAO_B:
        return
    if other.name == LEVODOPA and maoi.entry.route_open:
        answer = unknown(maoi.entry.path, *maoi.entry.ask)
    yield Pair(maoi, other, answer)


def _beside_a_recent_maoi(facts: Facts) -> Answer:
    taken = [_recent(facts, each) for each in _taken(facts.medicines.entries)]
    return any_of(*taken, facts.medicines.unlisted())


def _recent(facts: Facts, taken: Taken) -> Answer:
    """Whether this is taken beside an MAOI stopped lately, which is not this drug itself."""
    if taken.drug is not None and not must_not_meet_maoi(taken.drug):
        return known(False, LIST)
    stopped = [each for each in _taken(facts.medicines.stopped) if _may_be(each, is_maoi)]
    if taken.drug is not None and stopped and all(_is_no_pair(taken, each) for each in stopped if each.drug):
        unclear = [each.entry for each in stopped if each.drug is None or _route_decides(taken, each)]
        named = {each.substance for each in stopped if each.drug}
        if len(named) == 1:
            ask = [entry.path for entry in unclear]
            return unknown(*ask) if ask else known(False, LIST)
    return taken.answer()


def _is_no_pair(taken: Taken, stopped: Taken) -> bool:
    levodopa = taken.name == LEVODOPA and (stopped.name in MAO_B or stopped.entry.route_open)
    return levodopa or taken.substance == stopped.substance


def _route_decides(taken: Taken, stopped: Taken) -> bool:
    return taken.name == LEVODOPA and stopped.entry.route_open
