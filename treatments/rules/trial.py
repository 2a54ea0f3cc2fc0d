"""A trial: what one medicine that was tried came to, in dose, time, regularity and benefit.

Sources: MGH-ATRQ minimum doses as the default [M4], CANMAT beside them [G1], weeks and benefit as in the
definitions of resistance [M7][M8][M9]. Everything is three-valued: a dose nobody knows is never a low one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from intake.drugs import DoseReading, Drug, Match, dose_of
from intake.fields.treatments_tried import BENEFITS
from treatments.rules.combination import Addition, Tie, can_count, tie
from treatments.rules.logic import Answer, all_of, any_of, at_least, known, negate, unknown
from treatments.rules.thresholds import HALF_BETTER_FROM, LENIENT_WEEKS, STRICT_WEEKS

TRIALS = "antidepressants.trials"
MORE = "antidepressants.more_not_remembered"
QUARTER = 25  # percent; where the first two answers on benefit meet


@dataclass(frozen=True)
class Trial:
    """One entry of the trial list, with the drug its text names."""

    place: int
    typed: str
    entry: Mapping[str, Any]
    match: Match
    addition: Addition

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

    @cached_property
    def reading(self) -> DoseReading:
        """The dose as it is compared: forms, strengths and far too high doses are read by themselves."""
        return dose_of(self.match, self.dose_mg, self.entry.get("dose_typed") or "")

    @property
    def min_dose_mg(self) -> float | None:
        """The least adequate daily dose; None leaves it to the clinician."""
        return self.reading.least_mg

    @cached_property
    def counts(self) -> Answer:
        """An antidepressant that can count as a trial of its own."""
        counts = can_count(self.match)
        return unknown(self._path("drug")) if counts is None else known(counts, TRIALS)

    @cached_property
    def tie(self) -> Tie:
        """What being added to another medicine makes of it."""
        return tie(self.match, self.addition)

    @cached_property
    def alone(self) -> Answer:
        """Not added to another antidepressant: that would be a combination, not a separate trial."""
        if self.tie.combination is None:
            return unknown(self._path(self.tie.ask))
        return known(not self.tie.combination, TRIALS)

    @cached_property
    def dose(self) -> Answer:
        """Highest dose at or above the minimum."""
        compared, least = self.reading.compared_mg, self.reading.least_mg
        if compared is None or least is None:
            return unknown(self._path(self.reading.ask))
        return at_least(compared, least, TRIALS)

    @property
    def lacks_minimum(self) -> bool:
        """Whether a dose was given that has no minimum to be held to: the clinician decides."""
        reading = self.reading
        if self.drug is None or self.dose_mg is None or reading.least_mg is not None:
            return False
        return reading.ask == "dose_mg" and reading.above_usual_maximum != "far_above"

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

    @property
    def faded(self) -> bool:
        """Whether it helped by half or more and then stopped helping: the clinician decides if it failed."""
        helped = self.better_than(HALF_BETTER_FROM.value).value
        return bool(helped) and self.entry.get("stopped_because") == "benefit_faded"

    @cached_property
    def failed_broad(self) -> Answer:
        """Less than 50 % better."""
        return self._failed(HALF_BETTER_FROM.value)

    @cached_property
    def failed_payer(self) -> Answer:
        """Less than 25 % better: the answer "under 25" counts, "25 to 49" does not."""
        return self._failed(QUARTER)

    @cached_property
    def intolerance(self) -> Answer:
        """Stopped within four weeks for side effects, in whatever episode."""
        reason = self.entry.get("stopped_because")
        if reason is None and self.entry.get("still_taking") == "yes":
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

    @property
    def for_the_clinician(self) -> tuple[str, ...]:
        """The open fields that were answered, and only a clinician's judgment can settle."""
        open_dose = (self._path("dose_mg"),) if self.lacks_minimum else ()
        return (*open_dose, *((self._path("improvement"),) if self.faded else ()))

    def _failed(self, percent: int) -> Answer:
        return unknown(self._path("improvement")) if self.faded else negate(self.better_than(percent))

    def _yes(self, key: str) -> Answer:
        answer = self.entry.get(key)
        return known(answer == "yes", TRIALS) if answer in ("yes", "no") else unknown(self._path(key))

    def _path(self, key: str) -> str:
        return f"{TRIALS}[{self.place}].{key}"
