"""What one score says beside those before it: labels that are yes, no, unknown or not applicable.

Good news is never read from an incomplete scale. Bad news is, where the answered items alone reach the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from intake.scoring.answers import Points
from treatments.progress import thresholds as than
from treatments.progress.in_force import Baseline, Baselines
from treatments.progress.record import CheckIn, Course, Record, total_of

YES, NO, UNKNOWN, NOT_APPLICABLE = "yes", "no", "unknown", "not_applicable"
BETTER, GOT_WORSE, NONE = "better", "worse", "none"  # what a reliable change may be

Labels = dict[str, str | None]  # in the order of the table; None where it was not asked


@dataclass(slots=True)
class Since:
    """What is known since a baseline came into force, before the next check-in.

    ``best`` is the lowest complete total. ``reached``: whether there was a response or remission, the baseline itself
    is none. ``run_from`` is the first day of the unbroken run of ``relapse_watch`` that stands.
    """

    best: int | None
    reached: str = NO
    run_from: date | None = None

    def take(self, check_in: CheckIn, labels: Labels) -> None:
        """Go on to after this check-in."""
        found = (labels["response"], labels["remission"])
        if YES in found:
            self.reached = YES
        elif UNKNOWN in found and self.reached == NO:
            self.reached = UNKNOWN
        total = total_of(check_in.phq9)
        if total is None:
            return  # it neither breaks nor begins a run, and is never the best
        self.best = total if self.best is None else min(self.best, total)
        if labels["relapse_watch"] != YES:
            self.run_from = None
        elif self.run_from is None:
            self.run_from = check_in.on


def labels_over_time(record: Record, baselines: Baselines) -> Iterator[tuple[CheckIn, Labels]]:
    """Each check-in that counts, in order of time, with its labels."""
    sides = {False: Since(baselines.before.phq9), True: Since(baselines.after.phq9)}
    for check_in in record.counting:
        since, baseline = sides[baselines.is_after_start(check_in.on)], baselines.on(check_in.on)
        labels = _labels(check_in, baseline, since, record.course)
        yield check_in, labels
        if baseline.on is None or check_in.on > baseline.on:
            since.take(check_in, labels)


def _labels(check_in: CheckIn, baseline: Baseline, since: Since, course: Course | None) -> Labels:
    phq9 = cast(Points, check_in.phq9)  # only what has a PHQ-9 counts
    total, start = phq9.total, baseline.phq9
    rising = reaches(phq9, plus(since.best, than.RISING.value))
    watch = all_of(since.reached, reaches(phq9, than.RELAPSE_FROM.value), rising)
    return {
        "response": response(total, start),
        "remission": remission(total),
        "partial": partial(total, start),
        "worse": reaches(phq9, plus(start, than.WORSE.value)),
        "rising": rising,
        "reliable_change": reliable_change(phq9, start, than.RELIABLE.value),
        "gad7_reliable_change": reliable_change(check_in.gad7, baseline.gad7, than.RELIABLE_GAD7.value)
        if check_in.gad7
        else None,
        "relapse_watch": watch,
        "relapse": relapse(watch, since.run_from, check_in.on),
        "little_change": little_change(total, start, check_in.on, course),
    }


def word(true: bool) -> str:
    return YES if true else NO


def plus(start: int | None, points: int) -> int | None:
    """The line that lies ``points`` above ``start``; None where that is not known."""
    return None if start is None else start + points


def reaches(points: Points, line: int | None) -> str:
    """Whether the score is at the line or above it; the answered items alone may be enough."""
    if line is None:
        return UNKNOWN
    if points.lowest_total >= line:
        return YES
    return UNKNOWN if points.missing else NO


def all_of(*words: str) -> str:
    """A three-valued "and": any no makes it no."""
    if NO in words:
        return NO
    return UNKNOWN if UNKNOWN in words else YES


def is_better_by(total: int, start: int, percent: int) -> bool:
    """Whether ``total`` lies at least ``percent`` of ``start`` below it, reckoned in whole numbers."""
    return 100 * (start - total) >= percent * start


def response(total: int | None, start: int | None) -> str:
    if start is not None and start < than.START_FROM.value:
        return NOT_APPLICABLE
    if start is None or total is None:
        return UNKNOWN
    return word(is_better_by(total, start, than.RESPONSE.value))


def remission(total: int | None) -> str:
    return UNKNOWN if total is None else word(total < than.REMISSION_UNDER.value)


def partial(total: int | None, start: int | None) -> str:
    answered = response(total, start)
    if total is None or start is None or answered != NO:
        return NO if answered == YES else answered
    return word(is_better_by(total, start, than.PARTIAL.value))


def reliable_change(points: Points | None, start: int | None, by: int) -> str:
    """BETTER, GOT_WORSE, NONE or UNKNOWN."""
    if points is None or start is None:
        return UNKNOWN
    if points.lowest_total - start >= by:
        return GOT_WORSE
    if points.total is None:
        return UNKNOWN
    return BETTER if start - points.total >= by else NONE


def relapse(watch: str, run_from: date | None, day: date) -> str:
    """Whether what is watched for is seen now, and was at the first of an unbroken run long enough ago."""
    if watch != YES:
        return watch
    return word(run_from is not None and (day - run_from).days >= than.RELAPSE_DAYS.value)


def little_change(total: int | None, start: int | None, day: date, course: Course | None) -> str:
    if course is None or course.day_of(day) < than.LITTLE_CHANGE_DAYS.value:
        return NOT_APPLICABLE
    if course.ended_on is not None and day > course.ended_on:
        return NOT_APPLICABLE
    if start is not None and start < than.START_FROM.value:
        return NOT_APPLICABLE
    if start is None or total is None:
        return UNKNOWN
    return word(not is_better_by(total, start, than.LITTLE_CHANGE.value))
