"""Trials: all medicines that were tried, and how many distinct drugs or classes reach a measure."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intake.drugs import Drug, resolve
from treatments.rules.combination import addition_of, can_count, circles
from treatments.rules.logic import Answer, all_of, any_of, known, so_many
from treatments.rules.medicines import text_of
from treatments.rules.trial import MORE, TRIALS, Trial

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
        self.listed = _listed(entries or ())
        self.forgotten = math.inf if entries is None or more is None else math.ceil(more)
        self.bases = self._bases_not_listed()
        self.unlisted = self.forgotten + len(self.bases)
        lists = (TRIALS,) if entries is None or self.bases else ()
        self.ask = (*lists, *((MORE,) if self.forgotten else ()))
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

    def any_short(self) -> Answer:
        """Whether any trial of this episode falls short in dose, weeks or adherence."""
        return so_many(1, [t.falls_short for t in self.listed], unlisted=self.unlisted, ask=self.ask)

    def _bases_not_listed(self) -> set[str]:
        """The antidepressants to which a medicine was added and that are no entry: each a possible trial."""
        named = {
            trial.addition.base.drug.generic
            for trial in self.listed
            if trial.addition.said != "no"
            and trial.addition.base.drug
            and can_count(trial.addition.base) is not False
        }
        return named - {trial.key for trial in self.listed}

    def _grouped(self, measure: Measure, key: Callable[[Trial], str]) -> dict[str, Answer]:
        groups: dict[str, list[Answer]] = {}
        for trial in self.listed:
            groups.setdefault(key(trial), []).append(measure(trial))
        return {name: any_of(*each) if len(each) > 1 else each[0] for name, each in groups.items()}

    def _so_many(self, needed: int, groups: Mapping[str, Answer]) -> Answer:
        found = so_many(needed, groups.values(), unlisted=self.unlisted, ask=self.ask)
        return known(False, TRIALS) if found.value is False else found


def _listed(entries: Sequence[Mapping[str, Any]]) -> list[Trial]:
    texts = [text_of(entry) for entry in entries]
    matches = [resolve(text) for text in texts]
    circular = circles(zip(entries, matches, strict=True))
    return [
        Trial(place, text, entry, match, addition_of(entry, match, circular))
        for place, (text, entry, match) in enumerate(zip(texts, entries, matches, strict=True))
    ]
