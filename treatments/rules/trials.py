"""Trials: what each antidepressant trial came to, and how many distinct drugs or classes reach a measure.

Sources: MGH-ATRQ minimum doses as the default [M4], CANMAT beside them [G1], weeks and benefit as in the
definitions of resistance [M7][M8][M9]. Everything is three-valued: a dose nobody knows is never a low one.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from intake.drugs import Drug, Match, resolve
from intake.fields.treatments_tried import BENEFITS
from treatments.rules.logic import Answer, all_of, any_of, at_least, known, negate, so_many, unknown
from treatments.rules.medicines import text_of
from treatments.rules.thresholds import HALF_BETTER_FROM, LENIENT_WEEKS, STRICT_WEEKS

TRIALS = "antidepressants.trials"
MORE = "antidepressants.more_not_remembered"


@dataclass(frozen=True)
class Trial:
    """One entry of the trial list, with the drug its text names."""

    place: int
    typed: str
    entry: Mapping[str, Any]
    match: Match

    @property
    def drug(self) -> Drug | None:
        return self.match.drug

    @property
    def key(self) -> str:
        """What makes trials the same drug: the generic name, or the text where it was not recognized."""
        return self.drug.generic if self.drug else f"? {self.typed.strip().casefold() or self.place}"

    @property
    def cls(self) -> str:
        """The drug's class; an unrecognized drug may be of any, so it is its own."""
        return self.drug.cls if self.drug else self.key

    @property
    def kind(self) -> str:
        return self.drug.kind if self.drug else "unrecognised"

    @property
    def dose_mg(self) -> float | None:
        return self.entry.get("dose_mg")

    @property
    def weeks(self) -> float | None:
        return self.entry.get("weeks")

    @property
    def min_dose_mg(self) -> float | None:
        """The least adequate daily dose; None leaves it to the clinician."""
        return self.match.min_dose_mg

    @cached_property
    def counts(self) -> Answer:
        """An antidepressant that can count as a trial of its own."""
        if self.drug is None:
            return unknown(self._path("drug"))
        return known(self.drug.kind == "antidepressant" and self.drug.counts_as_trial, TRIALS)

    @cached_property
    def alone(self) -> Answer:
        """Not taken on top of another antidepressant: that would be a combination, not a separate trial."""
        return negate(self._yes("added_to_another"))

    @cached_property
    def dose(self) -> Answer:
        """Highest dose at or above the minimum."""
        if self.dose_mg is None or self.min_dose_mg is None:
            return unknown(self._path("dose_mg"))
        return at_least(self.dose_mg, self.min_dose_mg, TRIALS)

    @cached_property
    def taken(self) -> Answer:
        """Taken on most days (80 % or more)."""
        return self._yes("taken_most_days")

    @cached_property
    def this_episode(self) -> Answer:
        return self._yes("this_episode")

    def lasted(self, weeks: float) -> Answer:
        if self.weeks is None:
            return unknown(self._path("weeks"))
        return at_least(self.weeks, weeks, TRIALS)

    def better_than(self, percent: int) -> Answer:
        """Whether it helped by this much or more: 25 or 50."""
        better = BENEFITS.get(self.entry.get("improvement"))
        return (
            unknown(self._path("improvement"))
            if better is None
            else at_least(better.percent_from, percent, TRIALS)
        )

    @cached_property
    def adequate_lenient(self) -> Answer:
        return all_of(self._adequate, self.lasted(LENIENT_WEEKS.value))

    @cached_property
    def adequate_strict(self) -> Answer:
        return all_of(self._adequate, self.lasted(STRICT_WEEKS.value))

    @cached_property
    def failed_broad(self) -> Answer:
        """Less than 50 % better."""
        return negate(self.better_than(HALF_BETTER_FROM.value))

    @cached_property
    def failed_payer(self) -> Answer:
        """At most 25 % better: the answer "under 25" counts, "25 to 49" does not."""
        return negate(self.better_than(25))

    @cached_property
    def intolerance(self) -> Answer:
        """Stopped within four weeks for side effects."""
        reason = self.entry.get("stopped_because")
        if self.entry.get("still_taking") == "yes":
            stopped = known(False, TRIALS)
        elif reason in (None, "not_sure"):
            stopped = unknown(self._path("stopped_because"))
        else:
            stopped = known(reason == "side_effects", TRIALS)
        return all_of(self.counts, stopped, negate(self.lasted(LENIENT_WEEKS.value)))

    @cached_property
    def falls_short(self) -> Answer:
        """A separate trial of this episode with too low a dose, too few weeks, or missed on many days."""
        short = any_of(negate(self.dose), negate(self.lasted(LENIENT_WEEKS.value)), negate(self.taken))
        return all_of(self.counts, self.alone, self.this_episode, short)

    @cached_property
    def _adequate(self) -> Answer:
        return all_of(self.counts, self.alone, self.dose, self.taken, self.this_episode)

    def _yes(self, key: str) -> Answer:
        answer = self.entry.get(key)
        return known(answer == "yes", TRIALS) if answer in ("yes", "no") else unknown(self._path(key))

    def _path(self, key: str) -> str:
        return f"{TRIALS}[{self.place}].{key}"


Measure = Callable[[Trial], Answer]


def adequate(trial: Trial) -> Answer:
    return trial.adequate_lenient


def adequate_failure(trial: Trial) -> Answer:
    return all_of(trial.adequate_lenient, trial.failed_broad)


def payer_failure(trial: Trial) -> Answer:
    return all_of(trial.adequate_strict, trial.failed_payer)


def intolerance(trial: Trial) -> Answer:
    return trial.intolerance


class Trials:
    """All trials of one person, with how many more there may be that nobody has named."""

    def __init__(self, entries: Sequence[Mapping[str, Any]] | None, more: float | None) -> None:
        """`entries` is the trial list and `more` the number not remembered; None where not given."""
        self.listed = [_trial(entry, place) for place, entry in enumerate(entries or ())]
        self.unlisted = math.inf if entries is None or more is None else math.ceil(more)
        self.ask = (TRIALS, MORE) if entries is None else (MORE,)
        self._per_drug: dict[Measure, dict[str, Answer]] = {}

    def drugs(self, measure: Measure) -> dict[str, Answer]:
        """Per distinct drug, whether any trial of it meets the measure."""
        if measure not in self._per_drug:
            self._per_drug[measure] = self._grouped(measure, lambda trial: trial.key)
        return self._per_drug[measure]

    def drugs_at_least(self, needed: int, measure: Measure) -> Answer:
        """Whether at least so many distinct drugs meet the measure."""
        return self._so_many(needed, self.drugs(measure))

    def classes_at_least(self, needed: int, measure: Measure) -> Answer:
        """Whether drugs of at least so many classes meet the measure."""
        return self._so_many(needed, self._grouped(measure, lambda trial: trial.cls))

    def sure(self, measure: Measure) -> list[Drug]:
        """The distinct drugs that surely meet the measure, by name."""
        named = {trial.key: trial.drug for trial in self.listed if trial.drug}
        meets = self.drugs(measure)
        return [named[name] for name in sorted(named) if meets[name].value]

    def most(self, measure: Measure) -> float:
        """How many distinct drugs may meet the measure at the most; math.inf where nobody knows."""
        return self.unlisted + sum(answer.value is not False for answer in self.drugs(measure).values())

    def any_short(self) -> Answer:
        """Whether any trial of this episode falls short in dose, weeks or adherence."""
        return so_many(1, [t.falls_short for t in self.listed], unlisted=self.unlisted, ask=self.ask)

    def _grouped(self, measure: Measure, key: Callable[[Trial], str]) -> dict[str, Answer]:
        groups: dict[str, list[Answer]] = {}
        for trial in self.listed:
            groups.setdefault(key(trial), []).append(measure(trial))
        return {name: any_of(*answers) for name, answers in groups.items()}

    def _so_many(self, needed: int, groups: Mapping[str, Answer]) -> Answer:
        found = so_many(needed, groups.values(), unlisted=self.unlisted, ask=self.ask)
        return known(False, TRIALS) if found.value is False else found


def _trial(entry: Mapping[str, Any], place: int) -> Trial:
    typed = text_of(entry)
    return Trial(place, typed, entry, resolve(typed))
