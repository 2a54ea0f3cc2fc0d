"""One person's facts as a payer's needs are judged by: answers, evidence, entries and scores on one day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from treatments.payers.strength import LEVELS, SAID, SHOWN, TOLD, Masked, differing_row, masked
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, unknown

PHQ9 = "mood.phq9"
Row = Mapping[str, Any]
Judge = Callable[["View", Mapping[str, Any]], Answer]


class Score(NamedTuple):
    """A complete score: its total, its day, and the path it is named by."""

    total: int
    on: date
    path: str


class Case:
    """What is known of one person. The rows are as a clinic-readiness/1 document holds them, and sound."""

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        on: str,
        treatment: str,
        evidence: Sequence[Row] = (),
        entries: Sequence[Row] = (),
        scores: Sequence[Row] = (),
        pc_ptsd5_cutoff_women: int = 4,
    ) -> None:
        self.document, self.treatment, self.evidence = document, treatment, evidence
        self.on = date.fromisoformat(on)
        self._entries, self._scores, self._cutoff = entries, scores, pc_ptsd5_cutoff_women
        self._views: dict[int, View] = {}
        self.judged: dict[int, Answer] = {}

    def view(self, level: int) -> "View":
        """The facts where only answers of this strength and above are known."""
        if level not in self._views:
            known = masked(self.document, self.evidence, level)
            facts = Facts(known.document, pc_ptsd5_cutoff_women=self._cutoff)
            self._views[level] = View(self, level, known, facts)
        return self._views[level]

    @property
    def said(self) -> "View":
        return self.view(SAID)

    def days_since(self, day: str | date) -> int:
        return (self.on - (date.fromisoformat(day) if isinstance(day, str) else day)).days

    @cached_property
    def _newest_entries(self) -> dict[tuple[str, str | None], Row]:
        found: dict[tuple[str, str | None], Row] = {}
        for entry in self._entries:
            key = (entry["key"], entry.get("about"))
            if key not in found or entry["on"] >= found[key]["on"]:
                found[key] = entry
        return found

    def newest_entry(self, key: str, about: str | None = None) -> Row | None:
        """The latest entry of this key (about this trial or need); of one day the later in the list."""
        return self._newest_entries.get((key, about))

    def newest_of_any(self, key: str) -> Row | None:
        """The latest entry of this key, whatever it is about."""
        rows = [entry for entry in self._entries if entry["key"] == key]
        return max(reversed(rows), key=lambda entry: entry["on"], default=None)

    def newest_score(self, scale: str, level: int) -> Score | None:
        """The latest complete score of the scale of this strength and above; the intake's is shown."""
        found = self._intake_score if scale == "phq9" else None
        for row in self._scores:
            score = _score(row) if row["scale"] == scale and _strength(row) >= level else None
            if score and (found is None or score.on >= found.on):
                found = score
        return found

    @cached_property
    def _intake_score(self) -> Score | None:
        items = self.said.facts.value(PHQ9)
        if not isinstance(items, list) or None in items:
            return None
        return Score(sum(items), date.fromisoformat(self.document["submitted_on"]), PHQ9)

    def to_ask(self, paths: Iterable[str]) -> tuple[str, ...]:
        """The paths to ask about: where a record differs, that of its row."""
        return tuple(dict.fromkeys(self._row_of(path) or path for path in paths))

    def differs(self, paths: Iterable[str]) -> bool:
        """Whether a record differs about one of these."""
        return any(self._row_of(path) for path in paths)

    def _row_of(self, path: str) -> str:
        return differing_row(path, self.evidence) or self.said.differs.get(path, "") if self.evidence else ""


class View:
    """The facts of one strength and above: what a predicate reads."""

    def __init__(self, case: Case, level: int, known: Masked, facts: Facts) -> None:
        self.case, self.level, self.facts = case, level, facts
        self.partly, self.differs = known.partly, known.differs

    @property
    def is_strict(self) -> bool:
        return self.level > SAID

    def entries_of(self, path: str) -> list[Mapping[str, Any]] | None:
        """The entries of a list as far as they are known; None where it was never given."""
        found = self.facts.value(path)
        return found if isinstance(found, list) else None

    def is_whole(self, path: str) -> bool:
        """Whether it is known what the list holds, and not of some entries only."""
        return self.entries_of(path) is not None and path not in self.partly

    def newest_score(self, scale: str) -> Score | None:
        return self.case.newest_score(scale, self.level)

    def only_if_so(self, answer: Answer, with_all: Answer) -> Answer:
        """The answer, but true only where it is true with everything known as well."""
        return unknown(*answer.paths) if answer.value and not with_all.value else answer


def _score(row: Row) -> Score | None:
    items = row.get("items")
    if items is not None and None in items:
        return None
    total = row["total"] if items is None else sum(items)
    return Score(total, date.fromisoformat(row["on"]), f"scores.{row['scale']}")


def _strength(row: Row) -> int:
    return SHOWN if row.get("items") is not None else LEVELS.index(row.get("strength") or "told")


STRICTER = (SHOWN, TOLD)
"""The strengths at which what is true is tried again, the strongest first."""
