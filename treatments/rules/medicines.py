"""What the person takes now: the medicine list and the trials still taken, each resolved to a drug.

A name that is not recognized makes "does not take X" unknown, never no. So does a list that was never
given, a trial that may still be taken, and a trial list that was never given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.drugs import Drug, resolve
from treatments.rules.logic import Answer, any_of, known, unknown

LIST = "medicines.list"
TRIALS = "antidepressants.trials"

Test = Callable[[Drug], bool]


@dataclass(frozen=True, slots=True)
class Medicine:
    """One entry. `now` is None for a trial of which nobody knows whether it is still taken.

    `evidence` is the list it stands in; `ask` are the fields to ask about it when it is unclear.
    """

    typed: str
    drugs: tuple[Drug, ...]
    now: bool | None
    evidence: str
    ask: tuple[str, ...]


class Medicines:
    """Everything taken now, and what is not known about it."""

    def __init__(
        self, listed: Sequence[Mapping[str, Any]] | None, trials: Sequence[Mapping[str, Any]] | None
    ) -> None:
        """`listed` is medicines.list and `trials` antidepressants.trials; None where not given."""
        self.entries = [_listed(entry, place) for place, entry in enumerate(listed or ())]
        self.entries += [
            _tried(entry, place)
            for place, entry in enumerate(trials or ())
            if entry.get("still_taking") != "no"
        ]
        self._not_given = tuple(path for path, given in ((LIST, listed), (TRIALS, trials)) if given is None)

    def takes(self, test: Test) -> Answer:
        """Whether any drug taken now passes the test."""
        answers = [_passes(entry, test) for entry in self.entries]
        if self._not_given:
            answers.append(unknown(*self._not_given))
        return any_of(*answers) if answers else known(False, LIST)

    def in_set(self, name: str) -> Answer:
        return self.takes(lambda drug: name in drug.sets)

    def names(self, test: Test) -> list[str]:
        """The generic names of drugs surely taken now that pass the test, in alphabetical order."""
        return sorted(
            {drug.generic for entry in self.entries if entry.now for drug in entry.drugs if test(drug)}
        )

    def takes_both(self, first: Test, second: Test) -> Answer:
        """Whether a drug that passes `first` is taken together with a different one that passes `second`."""
        sure: tuple[set[str], set[str]] = (set(), set())
        maybe: tuple[set[str], set[str]] = (set(), set())
        evidence: list[str] = []
        ask = list(self._not_given)
        for number, entry in enumerate(self.entries):
            for side, test in enumerate((first, second)):
                passes = _passes(entry, test)
                if passes.value is False:
                    continue
                names = {drug.generic for drug in entry.drugs if test(drug)} or {f"? {number}"}
                maybe[side].update(names)
                if passes.value:
                    sure[side].update(names)
                    evidence.extend(passes.paths)
                else:
                    ask.extend(passes.paths)
        if _different(*sure):
            return known(True, *dict.fromkeys(evidence))
        if self._not_given or _different(*maybe):
            return unknown(*dict.fromkeys(ask))
        return known(False, LIST)

    def for_assessment(self) -> list[dict[str, Any]]:
        """{"typed", "drug", "sets"} of each drug surely taken now, in the order given."""
        return [
            {
                "typed": entry.typed,
                "drug": drug.generic if drug else None,
                "sets": sorted(drug.sets) if drug else [],
            }
            for entry in self.entries
            if entry.now
            for drug in entry.drugs or (None,)
        ]


def is_maoi(drug: Drug) -> bool:
    return "maoi" in drug.sets


def text_of(entry: Mapping[str, Any]) -> str:
    """The drug as typed; empty where nothing was."""
    typed = entry.get("drug")
    return typed if isinstance(typed, str) else ""


def drugs_in(typed: str) -> tuple[Drug, ...]:
    """Every drug recognized in the text, the main one first; empty when none is."""
    match = resolve(typed)
    return tuple(drug for drug in (match.drug, *match.also) if drug is not None)


def _listed(entry: Mapping[str, Any], place: int) -> Medicine:
    typed = text_of(entry)
    return Medicine(typed, drugs_in(typed), True, LIST, (f"{LIST}[{place}].drug",))


def _tried(entry: Mapping[str, Any], place: int) -> Medicine:
    typed, now = text_of(entry), True if entry.get("still_taking") == "yes" else None
    drugs = drugs_in(typed)
    ask: tuple[str, ...] = () if drugs else (f"{TRIALS}[{place}].drug",)
    if now is None:
        ask += (f"{TRIALS}[{place}].still_taking",)
    return Medicine(typed, drugs, now, TRIALS, ask)


def _passes(entry: Medicine, test: Test) -> Answer:
    if not entry.drugs:
        return unknown(*entry.ask)
    if not any(test(drug) for drug in entry.drugs):
        return known(False, entry.evidence)
    return known(True, entry.evidence) if entry.now else unknown(*entry.ask)


def _different(firsts: set[str], seconds: set[str]) -> bool:
    """Whether one of the first and one of the second can be chosen that are not the same."""
    return bool(firsts and seconds and len(firsts | seconds) > 1)
