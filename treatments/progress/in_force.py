"""The score that others are compared with: the intake's until a course starts, then that of the course."""

from dataclasses import dataclass
from datetime import date

from treatments.progress.record import CheckIn, Intake, Record, total_of
from treatments.progress.thresholds import BASELINE_DAYS

INTAKE, COURSE, NONE = "intake", "course", "none"


@dataclass(frozen=True, slots=True)
class Baseline:
    """``kind`` is one of INTAKE, COURSE, NONE; a total is None where it is not known."""

    kind: str
    on: date | None = None
    phq9: int | None = None
    gad7: int | None = None


@dataclass(frozen=True, slots=True)
class Baselines:
    """Both baselines of a record, and which is in force on a day."""

    before: Baseline
    after: Baseline
    started_on: date | None

    def is_after_start(self, day: date) -> bool:
        return self.started_on is not None and day > self.started_on

    def on(self, day: date) -> Baseline:
        return self.after if self.is_after_start(day) else self.before


def baselines_of(record: Record) -> Baselines:
    """The intake's, and the latest complete PHQ-9 of the days up to the start; none where there is none."""
    before = _of(INTAKE, record.intake) if record.intake else Baseline(NONE)
    if record.course is None:
        return Baselines(before, Baseline(NONE), None)
    # On one date a check-in is later than the intake: of equals max takes the first.
    scores: list[Intake | CheckIn] = [*reversed(record.counting), *([record.intake] if record.intake else [])]
    near = [
        score
        for score in scores
        if total_of(score.phq9) is not None and -BASELINE_DAYS.value <= record.course.day_of(score.on) <= 0
    ]
    after = _of(COURSE, max(near, key=lambda score: score.on)) if near else Baseline(NONE)
    return Baselines(before, after, record.course.started_on)


def _of(kind: str, score: Intake | CheckIn) -> Baseline:
    return Baseline(kind, score.on, total_of(score.phq9), total_of(score.gad7))
