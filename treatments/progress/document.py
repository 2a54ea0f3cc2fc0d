"""The format ``clinic-checkins/1``: read a document and find every fault in it, one line each with its path."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from intake.document.faults import day_of, kind_of, object_faults, plain, repeated_keys, shown
from intake.document.json_text import Repeated, text_in, value_in
from intake.fields import BY_PATH
from intake.fields.check_in import ASQ_AGAIN, GAD7_ITEMS, ITEMS, PHQ9_ITEMS, SCREEN, WAITING
from intake.fields.kinds import Field, choice, group
from treatments.catalog import TREATMENTS
from treatments.progress.record import moment

FORMAT = "clinic-checkins/1"
REQUIRED = ("format", "as_of", "time_zone", "queue", "schedule", "checkins")
OPTIONAL = ("consent", "baseline", "course")
QUEUES = (WAITING, *TREATMENTS)
LEAST_DAYS, MOST_DAYS = 3, 90
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
EDGES = (date.min.year, date.max.year)  # a moment in them may lie outside the calendar of another time zone

CHECK_IN_FIELDS: tuple[Field, ...] = (
    PHQ9_ITEMS,
    GAD7_ITEMS,
    SCREEN,
    ASQ_AGAIN,
    group("items", "", *ITEMS),
    choice("entered_by", "", "", (("patient", ""), ("staff", ""))),
)
BASELINE_FIELDS: tuple[Field, ...] = (
    BY_PATH["mood.phq9"],
    BY_PATH["anxiety.gad7"],
    replace(BY_PATH["safety.cssrs"], key="screen"),
    BY_PATH["safety.asq"],
)

Faults = Iterator[str]
Judge = Callable[[Any, str], Faults]  # the faults of a value at a path


def read(path: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """``(document, [])`` for a sound file, ``(None, faults)`` for any other."""
    text, faults = text_in(path)
    return (None, faults) if faults else parse(text)


def parse(text: str) -> tuple[dict[str, Any] | None, list[str]]:
    """The same for the text of one."""
    document, faults = value_in(text)
    faults = faults or validate(document)
    return (None, faults) if faults else (document, [])


def validate(document: object) -> list[str]:
    """Every fault of ``document``; none for a sound one."""
    return list(_faults(document))


def _faults(document: object) -> Faults:
    if not isinstance(document, dict):
        yield f"document: must be an object, not {kind_of(document)}"
        return
    now, zone = _moment(document.get("as_of")), _zone(document.get("time_zone"))
    today = now.astimezone(zone).date() if now and zone else None
    yield from _object(
        document,
        "",
        {
            "format": _is(lambda value: value == FORMAT, FORMAT),
            "as_of": _is(_moment, "a date and a time with an offset"),
            "time_zone": _is(_zone, "the name of a time zone"),
            "queue": _one_of(QUEUES),
            "consent": _consent,
            "baseline": lambda value, path: _baseline(value, path, today),
            "course": lambda value, path: _course(value, path, today),
            "schedule": lambda value, path: _list(value, path, _part),
            "checkins": lambda value, path: _list(value, path, lambda each, at: _check_in(each, at, now)),
        },
        REQUIRED,
        OPTIONAL,
    )


# --- Parts -------------------------------------------------------------------------------------------


def _consent(value: Any, path: str) -> Faults:
    yield from _object(value, path, {"agreed_on": _day, "stopped_on": _day}, ("agreed_on",), ("stopped_on",))


def _course(value: Any, path: str, today: date | None) -> Faults:
    yield from _object(value, path, {"started_on": _day, "ended_on": _day}, ("started_on",), ("ended_on",))
    if isinstance(value, dict):
        started, ended = day_of(value.get("started_on")), day_of(value.get("ended_on"))
        yield from _not_after(started, today, f"{path}.started_on")
        if started and ended and ended < started:
            yield f"{path}.ended_on: {ended} is before started_on"


def _baseline(value: Any, path: str, today: date | None) -> Faults:
    yield from _with_fields(value, path, {"on": _day}, BASELINE_FIELDS)
    if isinstance(value, dict):
        yield from _not_after(day_of(value.get("on")), today, f"{path}.on")


def _check_in(value: Any, path: str, now: datetime | None) -> Faults:
    yield from _with_fields(
        value, path, {"at": _is(_moment, "a date and a time with an offset")}, CHECK_IN_FIELDS
    )
    at = _moment(value.get("at")) if isinstance(value, dict) else None
    if at and now and at > now:
        yield f"{path}.at: {shown(value['at'])} is after as_of"


def _part(value: Any, path: str) -> Faults:
    """A part of the schedule: days at a distance, or named ones."""
    if isinstance(value, dict) and "on" in value:
        yield from _object(value, path, {"on": lambda days, at: _list(days, at, _day)}, ("on",), ())
        return
    judges: dict[str, Judge] = {"from": _day, "every_days": _every_days, "until": _day}
    yield from _object(value, path, judges, ("from", "every_days"), ("until",))


def _every_days(value: Any, path: str) -> Faults:
    if type(value) is not int or not LEAST_DAYS <= value <= MOST_DAYS:
        yield f"{path}: {shown(value)} is not a whole number from {LEAST_DAYS} to {MOST_DAYS}"


def _not_after(day: date | None, today: date | None, path: str) -> Faults:
    if day and today and day > today:
        yield f"{path}: {day} is after as_of"


# --- Shapes ------------------------------------------------------------------------------------------


def _object(
    value: Any, path: str, judges: dict[str, Judge], required: tuple[str, ...], optional: tuple[str, ...]
) -> Faults:
    """The faults of an object: keys twice, unknown or missing, and those of each value; an optional may be null."""
    if not isinstance(value, dict):
        yield f"{path}: must be an object, not {kind_of(value)}"
        return
    before = f"{path}." if path else ""
    yield from repeated_keys(value, before)
    for key, each in value.items():
        if key not in judges:
            yield f"{before}{plain(key)}: is not a field of {FORMAT}"
        elif not (each is None and key in optional):
            yield from judges[key](each, f"{before}{key}")
    yield from (f"{before}{key}: is required" for key in required if key not in value)


def _with_fields(value: Any, path: str, own: dict[str, Judge], fields: tuple[Field, ...]) -> Faults:
    """The same of an object whose other keys, all optional, are ``fields``."""
    if not isinstance(value, dict):
        yield f"{path}: must be an object, not {kind_of(value)}"
        return
    given = Repeated((key, each) for key, each in value.items() if key in own)
    given.repeated = getattr(value, "repeated", ())
    yield from _object(given, path, own, tuple(own), ())
    optional = {field.key for field in fields}
    asked = {
        key: each for key, each in value.items() if key not in own and not (each is None and key in optional)
    }
    yield from object_faults(asked, fields, path, form=FORMAT)


def _list(value: Any, path: str, judge: Judge) -> Faults:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {kind_of(value)}"
        return
    for place, each in enumerate(value):
        yield from judge(each, f"{path}[{place}]")


def _is(test: Callable[[Any], object], what: str) -> Judge:
    def judge(value: Any, path: str) -> Faults:
        if not test(value):
            yield f"{path}: {shown(value)} is not {what}"

    return judge


def _one_of(known: tuple[str, ...]) -> Judge:
    return _is(lambda value: isinstance(value, str) and value in known, f"one of {', '.join(known)}")


def _day(value: Any, path: str) -> Faults:
    if day_of(value) is None:
        yield f"{path}: {shown(value)} is not a date (YYYY-MM-DD)"


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return None
    try:
        found = moment(value)
    except ValueError:
        return None
    return None if found.year in EDGES else found


def _zone(value: object) -> ZoneInfo | None:
    return ZoneInfo(value) if isinstance(value, str) and value in _zones() else None


@cache  # a walk through the machine's files
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
