"""Whether the months in which a medicine was started and stopped fit the weeks that were given."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

MOST_WEEKS_APART = 2


def dates_to_check(entry: Mapping[str, Any]) -> str:
    """``2025-01 to 2025-06`` where dates and weeks of a trial differ by more than two weeks; else empty."""
    started, stopped, weeks = (entry.get(key) for key in ("started", "stopped", "weeks"))
    if not started or not stopped or weeks is None:
        return ""
    least = max((_first(stopped) - _last(started)).days / 7, 0)
    most = (_last(stopped) - _first(started)).days / 7
    fits = least - MOST_WEEKS_APART <= weeks <= most + MOST_WEEKS_APART
    return "" if fits else f"{started} to {stopped}"


def _first(month: str) -> date:
    """The first day of a month, or of a year."""
    year, _dash, number = month.partition("-")
    return date(int(year), int(number or 1), 1)


def _last(month: str) -> date:
    year, _dash, number = month.partition("-")
    number = number or "12"
    return date(int(year), int(number), monthrange(int(year), int(number))[1])
