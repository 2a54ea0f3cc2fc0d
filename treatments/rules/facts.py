"""Facts: everything the rules read of one document, worked out once and only when asked for.

What the interchange format says of the flow holds here: a question skipped because of an earlier answer
counts as no (record 6), substance use is unknown without its own consent, and "not sure" or no answer is unknown.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from intake.fields import lookup
from intake.scoring import score
from treatments.rules.logic import Answer, all_of, at_least, known, unknown
from treatments.rules.medicines import Medicines
from treatments.rules.thresholds import BP_RECENT_DAYS
from treatments.rules.trials import Trials

SEX = "about.sex_at_birth"
BP_DATE = "health.bp_date"
SUBSTANCE_CONSENT = "consent.substance_use_agreed"
SKIPPED_FOR_MEN = frozenset(
    {
        "health.pregnant",
        "health.breastfeeding",
        "health.could_become_pregnant",
        "history.gave_birth_last_12_months",
    }
)


class Facts:
    """One document as the rules read it. Methods give answers in three values, with their paths."""

    def __init__(self, document: Mapping[str, Any], *, pc_ptsd5_cutoff_women: int = 4) -> None:
        """`document` is a valid clinic-intake/1 document; the cut-off is the clinic's choice, 3 or 4."""
        self._document = document
        self._cutoff_women = pc_ptsd5_cutoff_women

    @property
    def document(self) -> Mapping[str, Any]:
        return self._document

    def value(self, path: str) -> Any:
        """What was answered at `section.key` or `section.group.key`; None where that is unknown."""
        if path.startswith("substances.") and not self.may_read_substances:
            return None
        found = lookup.answer(self._document, path)
        if found is None and path in SKIPPED_FOR_MEN and lookup.answer(self._document, SEX) == "male":
            return "no"
        return found

    def yes(self, path: str) -> Answer:
        """Whether the answer is yes; unknown unless it is yes or no."""
        return self._is(path, "yes", "no")

    def no(self, path: str) -> Answer:
        """Whether the answer is no; unknown unless it is yes or no."""
        return self._is(path, "no", "yes")

    def is_one_of(self, path: str, *choices: str) -> Answer:
        """Whether the answer is one of these choices; unknown without an answer."""
        answer = self.value(path)
        if answer is None or answer in ("not_sure", "declined"):
            return self._unknown(path)
        return known(answer in choices, path)

    def includes(self, path: str, *choices: str) -> Answer:
        """Whether a list of choices holds one of these."""
        chosen = self.value(path)
        if not isinstance(chosen, list):
            return self._unknown(path)
        return known(any(choice in chosen for choice in choices), path)

    def number_at_least(self, path: str, threshold: float) -> Answer:
        number = self.number(path)
        return self._unknown(path) if number is None else at_least(number, threshold, path)

    def number(self, path: str) -> float | None:
        number = self.value(path)
        is_number = isinstance(number, int | float) and not isinstance(number, bool)
        return number if is_number else None

    def item(self, path: str, place: int) -> int | None:
        """One item of a list of points, counted from 0."""
        items = self.value(path)
        return items[place] if isinstance(items, list) and place < len(items) else None

    def item_at_least(self, path: str, place: int, threshold: float) -> Answer:
        item = self.item(path, place)
        return (
            self._unknown(f"{path}[{place}]")
            if item is None
            else at_least(item, threshold, f"{path}[{place}]")
        )

    def of_course(self, group: str, answer: Answer) -> Answer:
        """What follows `had`: no when it was never had; without an answer to that, what was given counts."""
        had = self.yes(f"{group}.had")
        return all_of(had, answer) if had.value is not None or answer.value is None else answer

    def in_an_emergency(self, path: str) -> Answer:
        """Whether the answer is yes, where a yes counts without the consent to record substance use."""
        said_yes = lookup.answer(self._document, path) == "yes"
        return known(True, path) if said_yes else self.yes(path)

    def total_at_least(self, scale: str, path: str, threshold: float) -> Answer:
        """Whether a score's total reaches the threshold; a total with missing items is unknown."""
        total = self.scores[scale]["total"]
        if total is None:
            missing = [item for item in self.scores[scale].get("missing", ()) if item != SEX]
            return self._unknown(*(missing or (path,)))
        return at_least(total, threshold, path)

    def positive(self, scale: str, path: str) -> Answer:
        """Whether a screen is positive, as far as the items at hand settle it.

        Sex decides the cut-off, so it is the field to ask where every item is there.
        """
        result = self.scores[scale]
        if result["positive"] is None:
            return self._unknown(*(result.get("missing") or (SEX,)))
        return known(result["positive"], path)

    @cached_property
    def scores(self) -> dict[str, dict[str, Any]]:
        return score(self._document, pc_ptsd5_cutoff_women=self._cutoff_women)

    @cached_property
    def may_read_substances(self) -> bool:
        return bool(lookup.answer(self._document, SUBSTANCE_CONSENT) == "yes")

    @cached_property
    def age(self) -> int | None:
        """Whole years on the day the intake was submitted."""
        try:
            born = date.fromisoformat(lookup.answer(self._document, "about.date_of_birth"))
            day = date.fromisoformat(self._document["submitted_on"])
        except (KeyError, TypeError, ValueError):
            return None
        return lookup.age_on(born, day)

    @cached_property
    def old_reading_of(self) -> date | None:
        """The day of the last blood pressure where that is too long ago to tell anything about today."""
        try:
            measured = date.fromisoformat(lookup.answer(self._document, BP_DATE))
            day = date.fromisoformat(self._document["submitted_on"])
        except (KeyError, TypeError, ValueError):
            return None
        return measured if (day - measured).days > BP_RECENT_DAYS.value else None

    @cached_property
    def bipolar(self) -> bool:
        """Whether a bipolar diagnosis was reported; while unknown the person is read as unipolar."""
        return bool(self.value("history.bipolar_diagnosis") == "yes")

    @cached_property
    def medicines(self) -> Medicines:
        return Medicines(self._entries("medicines.list"), self._entries("antidepressants.trials"))

    @cached_property
    def trials(self) -> Trials:
        return Trials(
            self._entries("antidepressants.trials"), self.number("antidepressants.more_not_remembered")
        )

    def _entries(self, path: str) -> list[Mapping[str, Any]] | None:
        found = self.value(path)
        return found if isinstance(found, list) else None

    def _is(self, path: str, true: str, false: str) -> Answer:
        answer = self.value(path)
        if answer == true:
            return Answer(True, (path,))
        if answer == false:
            return Answer(False, (path,))
        return self._unknown(path)

    def _unknown(self, *paths: str) -> Answer:
        """Unknown; where consent to substance-use questions was never settled, that is to be asked first."""
        if paths[0].startswith("substances.") and lookup.answer(self._document, SUBSTANCE_CONSENT) not in (
            "yes",
            "no",
        ):
            return unknown(SUBSTANCE_CONSENT, *paths)
        return unknown(*paths)
