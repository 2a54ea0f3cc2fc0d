"""What the person takes now or stopped lately: the medicine list and the trials still taken, each resolved to a drug.

A name that is not recognized makes "does not take X" unknown, never no. So does a list that was never
given, a trial that may still be taken, and a trial list that was never given. An entry marked as stopped
(within six weeks) is taken by nobody now: only the rules that say so read it.
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

    `evidence` is the list it stands in, `path` its name's field; `ask` are the fields to ask about it when it is
    unclear; `route_open` says that it is selegiline, a patch or a tablet. `named` are the drugs of a text that
    names several, none of which is read.
    """

    typed: str
    drugs: tuple[Drug, ...]
    now: bool | None
    evidence: str
    path: str
    ask: tuple[str, ...]
    route_open: bool = False
    named: tuple[Drug, ...] = ()


class Medicines:
    """Everything taken now or stopped lately, and what is not known about it."""

    def __init__(
        self, listed: Sequence[Mapping[str, Any]] | None, trials: Sequence[Mapping[str, Any]] | None
    ) -> None:
        """`listed` is medicines.list and `trials` antidepressants.trials; None where not given."""
        entries = [(_listed(entry, place), entry) for place, entry in enumerate(listed or ())]
        self.entries = [medicine for medicine, entry in entries if entry.get("stopped") != "yes"]
        self.entries += [
            _tried(entry, place)
            for place, entry in enumerate(trials or ())
            if entry.get("still_taking") != "no"
        ]
        self.stopped = [medicine for medicine, entry in entries if entry.get("stopped") == "yes"]
        self._not_given = tuple(path for path, given in ((LIST, listed), (TRIALS, trials)) if given is None)

    def takes(self, test: Test) -> Answer:
        """Whether any drug taken now passes the test."""
        return any_of(*(passes(entry, test) for entry in self.entries), self.unlisted())

    def unlisted(self) -> Answer:
        """Whether there is more than is listed: unknown for a list that was never given, else no."""
        return unknown(*self._not_given) if self._not_given else known(False, LIST)

    def stopped_lately(self, test: Test) -> Answer:
        """Whether any drug marked as stopped passes the test."""
        return any_of(*(passes(entry, test) for entry in self.stopped), known(False, LIST))

    def names(self, test: Test) -> list[str]:
        """The generic names of drugs surely taken now that pass the test, in alphabetical order."""
        return sorted(set(self.in_order(test)))

    def in_order(self, test: Test) -> list[str]:
        """The same in the order given, each once."""
        found = (drug.generic for entry in self.entries if entry.now for drug in entry.drugs if test(drug))
        return list(dict.fromkeys(found))

    def names_stopped(self, test: Test) -> list[str]:
        """The generic names of drugs marked as stopped that pass the test, in alphabetical order."""
        return sorted({drug.generic for entry in self.stopped for drug in entry.drugs if test(drug)})

    def from_memory(self, *sets: str, stopped: bool = False) -> list[str]:
        """The drugs surely taken now, or stopped, of these sets of which no source puts them in any."""
        entries = self.stopped if stopped else [entry for entry in self.entries if entry.now]
        drugs = (drug for entry in entries for drug in entry.drugs)
        return sorted({drug.generic for drug in drugs if is_from_memory(drug, *sets)})

    def for_assessment(self) -> list[dict[str, Any]]:
        """{"typed", "drug", "sets"} of each entry surely taken now, in the order given."""
        return [_line(entry) for entry in self.entries if entry.now]

    def stopped_for_assessment(self) -> list[dict[str, Any]]:
        """The same of each entry marked as stopped."""
        return [_line(entry) for entry in self.stopped]


def _line(entry: Medicine) -> dict[str, Any]:
    """A fixed product is one line: the drug it counts as, with the sets of all that is in it."""
    return {
        "typed": entry.typed,
        "drug": entry.drugs[0].generic if entry.drugs else None,
        "sets": sorted(frozenset().union(*(drug.sets for drug in entry.drugs))),
    }


def is_from_memory(drug: Drug, *sets: str) -> bool:
    """Whether it belongs to one of the sets, and to none of them by a source that was seen."""
    return not drug.sets.isdisjoint(sets) and drug.sets_verified.isdisjoint(sets)


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
    path = f"{LIST}[{place}].drug"
    match = resolve(typed)
    return Medicine(typed, drugs_in(typed), True, LIST, path, (path,), match.route_open, match.named)


def _tried(entry: Mapping[str, Any], place: int) -> Medicine:
    typed, now = text_of(entry), True if entry.get("still_taking") == "yes" else None
    drugs = drugs_in(typed)
    path = f"{TRIALS}[{place}].drug"
    ask: tuple[str, ...] = () if drugs else (path,)
    if now is None:
        ask += (f"{TRIALS}[{place}].still_taking",)
    match = resolve(typed)
    return Medicine(typed, drugs, now, TRIALS, path, ask, match.route_open, match.named)


def passes(entry: Medicine, test: Test) -> Answer:
    """Whether a drug of the entry passes the test and is taken (or, marked as stopped, was)."""
    if not entry.drugs:
        return unknown(*entry.ask)
    if not any(test(drug) for drug in entry.drugs):
        return known(False, entry.evidence)
    return known(True, entry.evidence) if entry.now else unknown(*entry.ask)
