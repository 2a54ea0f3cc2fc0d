"""The faults of answers: each a sentence of one line that opens with the path of what is wrong and a colon."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intake.fields import Field, Kind
from intake.fields.antidepressants import LEAST_WEEKS
from intake.fields.characters import storable
from intake.fields.days import latest_anywhere
from intake.fields.kinds import LONG

FORMAT = "clinic-intake/1"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?", re.ASCII)
BIRTH = "about.date_of_birth"
MOST_ENTRIES = 100
MOST = 1_000_000  # of a number whose field names no bound of its own


def answer_faults(
    answers: Mapping[str, Any], fields: tuple[Field, ...], latest: date | None
) -> Iterator[str]:
    """Every fault of ``answers`` (section -> key -> value) to ``fields``; no date in them is after ``latest``.

    But for one day: a person's may have begun before the clinic's. Nobody is born on it.
    """
    for name in dict.fromkeys(field.section for field in fields):
        given = answers.get(name, {})
        if isinstance(given, dict):
            own = tuple(field for field in fields if field.section == name)
            yield from object_faults(given, own, name, latest)
            if name == "about":
                yield from _reachable(given)
        else:
            yield f"{name}: must be an object, not {kind_of(given)}"


def _reachable(about: dict[str, Any]) -> Iterator[str]:
    given = [about.get(key) for key in ("phone", "email")]
    missing = all(value is None or (isinstance(value, str) and not value.strip()) for value in given)
    faulty = any(key in about and about[key] is None for key in ("phone", "email"))  # found already
    if missing and not faulty:
        yield "about.phone: a phone number or an email address is required"


def object_faults(
    given: dict[str, Any],
    fields: tuple[Field, ...],
    path: str,
    latest: date | None = None,
    form: str = FORMAT,
) -> Iterator[str]:
    """Every fault of the object at ``path`` to its ``fields``; ``form`` is the format that they belong to."""
    known = {field.key: field for field in fields}
    yield from repeated_keys(given, f"{path}.")
    for key, value in given.items():
        field = known.get(key)
        if field is None:
            yield f"{path}.{plain(key)}: is not a field of {form}"
        else:
            yield from _value_faults(value, field, f"{path}.{key}", latest, form)
    for key, field in known.items():
        if _required(field) and key not in given:
            yield f"{path}.{key}: is required"


def _required(field: Field) -> bool:
    """What a document can't do without; the patient's pages ask more (every PHQ-9 item, say)."""
    return field.required and bool(field.section) and field.kind in (Kind.TEXT, Kind.DATE, Kind.TRUE)


def _value_faults(value: object, field: Field, path: str, latest: date | None, form: str) -> Iterator[str]:
    if value is None:
        if not (field.nullable and field.kind is Kind.NUMBER):
            yield f"{path}: null is not an answer here; leave the key out"
        return
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            yield from _text_faults(value, field, path)
        case Kind.DATE:
            yield from _date_faults(value, path, latest)
        case Kind.MONTH:
            yield from _month_faults(value, path, latest)
        case Kind.NUMBER:
            yield from _number_faults(value, field, path)
        case Kind.TRUE:
            if value is not True:
                yield f"{path}: {shown(value)} is not true"
        case Kind.CHOICE:
            yield from _choice_faults(value, field.values, path)
        case Kind.MANY:
            yield from _many_faults(value, field, path)
        case Kind.ITEMS:
            yield from _items_faults(value, field, path)
        case Kind.GROUP:
            if isinstance(value, dict):
                yield from object_faults(value, field.parts, path, latest, form)
            else:
                yield f"{path}: must be an object, not {kind_of(value)}"
        case Kind.ENTRIES:
            yield from _entries_faults(value, field, path, latest)


def _text_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: must be text, not {kind_of(value)}"
    elif _required(field) and not value.strip():
        yield f"{path}: is required"
    elif len(value) > LONG:
        yield f"{path}: is longer than {LONG:,} characters"
    elif not storable(value):
        yield f"{path}: has a character that can't be stored (a null character or half of a pair)"


def _date_faults(value: object, path: str, latest: date | None) -> Iterator[str]:
    day = day_of(value)
    if day is None:
        yield f"{path}: {shown(value)} is not a date (YYYY-MM-DD)"
    elif latest and day > (latest if path == BIRTH else latest_anywhere(latest)):
        yield f"{path}: {value} is after submitted_on"
    elif latest and path == BIRTH and latest.year - day.year > 130:
        yield f"{path}: {value} is more than 130 years before submitted_on"


def _month_faults(value: object, path: str, latest: date | None) -> Iterator[str]:
    if not isinstance(value, str) or not MONTH.fullmatch(value) or value.startswith("0000"):
        yield f"{path}: {shown(value)} is not a month (YYYY-MM or YYYY)"
    elif latest and is_before(latest_anywhere(latest).isoformat(), value):
        yield f"{path}: {value} is after submitted_on"


def is_before(first: str, second: str) -> bool:
    """Whether ``first`` is before ``second``, compared by what both ISO dates, months or years name."""
    named = min(len(first), len(second))
    return first[:named] < second[:named]


def _number_faults(value: object, field: Field, path: str) -> Iterator[str]:
    most = MOST if field.high is None else field.high
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{path}: must be a number, not {kind_of(value)}"
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{path}: must be a number, and a finite one"
    elif value < field.low:
        yield f"{path}: {shown(value)} is less than {field.low:g}"
    elif value > most:
        yield f"{path}: {shown(value)} is more than {most:,g}"


def _choice_faults(value: object, choices: tuple[str | int, ...], path: str) -> Iterator[str]:
    # 1, 1.0 and True are equal in Python: only the declared type is the code.
    if not any(type(value) is type(known) and value == known for known in choices):
        yield f"{path}: {shown(value)} is not one of {', '.join(map(str, choices))}"


def _many_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {kind_of(value)}"
        return
    if len(value) > MOST_ENTRIES:
        yield f"{path}: holds more than {MOST_ENTRIES} answers"
        return
    for place, entry in enumerate(value):
        yield from _choice_faults(entry, field.values, f"{path}[{place}]")
        if entry in value[:place]:
            yield f"{path}[{place}]: {shown(entry)} stands in the list twice"


def _items_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {kind_of(value)}"
    elif len(value) != field.length:
        yield f"{path}: must hold {field.length} answers, not {len(value)}"
    else:
        for place, (entry, part) in enumerate(zip(value, field.parts, strict=True)):
            if not (entry is None and field.nullable):
                yield from _choice_faults(entry, part.values, f"{path}[{place}]")


def _entries_faults(value: object, field: Field, path: str, latest: date | None) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {kind_of(value)}"
        return
    if len(value) > MOST_ENTRIES:
        yield f"{path}: holds more than {MOST_ENTRIES} entries"
        return
    for place, entry in enumerate(value):
        if isinstance(entry, dict):
            yield from object_faults(entry, field.parts, f"{path}[{place}]", latest)
            if field.path == "antidepressants.trials":
                yield from _trial_faults(entry, f"{path}[{place}]")
        else:
            yield f"{path}[{place}]: must be an object, not {kind_of(entry)}"


def _trial_faults(trial: dict[str, Any], path: str) -> Iterator[str]:
    """What answers about one trial say against each other."""
    chosen, weeks = trial.get("weeks_choice"), trial.get("weeks")
    if isinstance(chosen, str) and chosen in LEAST_WEEKS:
        if isinstance(weeks, bool) or weeks != LEAST_WEEKS[chosen]:
            yield f"{path}.weeks_choice: {chosen} is {LEAST_WEEKS[chosen]} weeks, not {shown(weeks)}"
        if "weeks_typed" in trial:
            yield f"{path}.weeks_typed: is not given where weeks_choice is"
    months = [trial.get(key) for key in ("started", "stopped")]
    started, stopped = (
        month if isinstance(month, str) and MONTH.fullmatch(month) else "" for month in months
    )
    if started and stopped and is_before(stopped, started):
        yield f"{path}.stopped: {stopped} is before started"


def repeated_keys(given: dict[str, Any], prefix: str) -> Iterator[str]:
    for key in getattr(given, "repeated", ()):
        yield f"{prefix}{plain(key)}: is given twice"


def day_of(value: object) -> date | None:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def kind_of(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"


def shown(value: object) -> str:
    """``value`` as a short word for a fault's line; lists and objects by their kind only."""
    if isinstance(value, list | dict):
        return kind_of(value)
    return plain(str(value) if isinstance(value, str) else json.dumps(value))


def plain(text: str) -> str:
    """``text`` on one line, of at most 60 printable characters."""
    text = "".join(character if character.isprintable() else "?" for character in text)
    return text if len(text) <= 60 else f"{text[:57]}..."
