"""When things happened: the moments that the rows' words mean, seen from now. Pure."""

import re
from datetime import datetime, time, timedelta

from treatments.demo.step import Step

DAYS_AGO = re.compile(r"(\d+) days? ago (\d\d:\d\d)")
HOURS_AGO = re.compile(r"(\d+) hours? ago")
DAYS_LATER = re.compile(r"\+(\d+) (\d\d:\d\d)")
MINUTES_LATER = re.compile(r"(\d+) min")


def arrival(words: str, now: datetime) -> datetime:
    """The moment "12 days ago 14:05" (by the clock of ``now``'s zone) or "3 hours ago"."""
    if match := DAYS_AGO.fullmatch(words):
        return _at(now - timedelta(days=int(match[1])), match[2])
    if match := HOURS_AGO.fullmatch(words):
        return now - timedelta(hours=int(match[1]))
    raise ValueError(f"{words!r} is neither days nor hours ago.")


def moments(story: tuple[Step, ...], arrived: datetime, late: timedelta) -> list[datetime]:
    """The moment of each step of ``story``; clock times are ``late`` by so much."""
    found, before = [], arrived
    for step in story:
        if match := DAYS_LATER.fullmatch(step.when):
            before = _at(arrived + timedelta(days=int(match[1])), match[2]) + late
        elif match := MINUTES_LATER.fullmatch(step.when):
            before += timedelta(minutes=int(match[1]))
        else:
            raise ValueError(f"{step.when!r} is neither days nor minutes later.")
        found.append(before)
    return found


def _at(day: datetime, clock: str) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(clock), tzinfo=day.tzinfo)
