"""When check-ins are due: dates from a schedule, the window of each, which are answered, and what is missed.

Days are counted as numbers (``date.toordinal``), so that no date is too early or too late to count with.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge

from intake.questionnaire.check_in_alarms import MISSED_FROM

# Proposed times, in days.
OPENS_BEFORE = 2
OPEN_AFTER = 14
LEAST_APART = 3  # a date nearer to the one before it is dropped
LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Every:
    """Due on ``start`` and every ``days`` days from then, through ``until`` where it ends."""

    start: date
    days: int
    until: date | None = None

    def numbers(self, since: int) -> Iterator[int]:
        """The days from ``since`` on, in order."""
        first = self.start.toordinal()
        if first < since:
            first += -(-(since - first) // self.days) * self.days
        return iter(range(first, (self.until.toordinal() if self.until else LAST_DAY) + 1, self.days))


@dataclass(frozen=True, slots=True)
class On:
    """Due on these days."""

    days: tuple[date, ...]

    def numbers(self, since: int) -> Iterator[int]:
        """The days from ``since`` on, in order."""
        return iter(sorted(number for day in self.days if (number := day.toordinal()) >= since))


@dataclass(frozen=True, slots=True)
class Window:
    """A due date, and the first and the last day on which it may be answered; all as numbers."""

    due: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Due:
    """How a person stands: ``state``, the date it is about, windows missed in a row, and how to reach out."""

    state: str
    next: date | None = None
    missed_in_a_row: int = 0
    contact: str = "none"

    @property
    def is_open(self) -> bool:
        """Whether a window stands open without an answer."""
        return self.state in ("due", "overdue")


def windows(schedule: Sequence[Every | On], since: date, today: date) -> list[Window]:
    """All windows that have opened by ``today``, and the next one after them where there is one."""
    kept: list[int] = []
    for number in merge(*(part.numbers(since.toordinal()) for part in schedule)):
        if kept and number - kept[-1] < LEAST_APART:
            continue
        kept.append(number)
        if number - OPENS_BEFORE > today.toordinal():
            break
    last_days = [*(following - OPENS_BEFORE - 1 for following in kept[1:]), LAST_DAY + OPEN_AFTER]
    return [
        Window(number, number - OPENS_BEFORE, min(number + OPEN_AFTER, last))
        for number, last in zip(kept, last_days, strict=False)  # without dates there is no last one either
    ]


def due(schedule: Sequence[Every | On], since: date, today: date, answered: Sequence[date]) -> Due:
    """How a person stands on ``today`` who agreed on the day ``since`` and sent check-ins on the days ``answered``."""
    days, now = sorted(day.toordinal() for day in answered), today.toordinal()
    all_windows = windows(schedule, since, today)
    opened = [window for window in all_windows if window.opens <= now]
    missed, waiting = 0, None
    for window in reversed(opened):
        if _is_answered(window, days):
            break
        if window.closes >= now:
            waiting = window
        else:
            missed += 1
    contact = "call" if missed >= MISSED_FROM else "message" if waiting else "none"
    if waiting:
        state = "due" if now <= waiting.due else "overdue"
        return Due(state, date.fromordinal(waiting.due), missed, contact)
    if len(all_windows) > len(opened):
        return Due("not_yet", date.fromordinal(all_windows[-1].due), missed, contact)
    return Due("ended", None, missed, contact)


def _is_answered(window: Window, days: list[int]) -> bool:
    """Whether one of the ``days``, in order, lies in the window."""
    place = bisect_left(days, window.opens)
    return place < len(days) and days[place] <= window.closes


def missed_dates(
    schedule: Sequence[Every | On], since: date, today: date, answered: Sequence[date]
) -> list[date]:
    """The due dates of all windows that closed before ``today`` without an answer, in order."""
    days = sorted(day.toordinal() for day in answered)
    closed = (window for window in windows(schedule, since, today) if window.closes < today.toordinal())
    return [date.fromordinal(window.due) for window in closed if not _is_answered(window, days)]
