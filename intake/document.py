"""The interchange format ``clinic-intake/1``: read a document, find every fault in it, write one back.

A document is the JSON object of docs/interchange.md: ``format``, ``submitted_on``, ``language`` and the
sections. Faults are sentences of one line, each opening with the path of what is wrong and a colon.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from intake.fields import FIELDS, LANGUAGES, SECTIONS, Field, Kind
from intake.fields.kinds import LONG

FORMAT = "clinic-intake/1"
TOP_LEVEL = ("format", "submitted_on", "language")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST_BYTES = 5_000_000
MOST_ENTRIES = 100


class Repeated(dict[str, Any]):
    """A JSON object in which some keys stood twice: all but the last value would be lost unseen."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, object]]) -> dict[str, Any]:
    keys = [key for key, _value in pairs]
    if len(set(keys)) == len(keys):
        return dict(pairs)
    found = Repeated(pairs)
    found.repeated = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return found


def parse(text: str) -> tuple[dict[str, Any] | None, list[str]]:
    """``(document, [])`` for a sound document in ``text``, ``(None, faults)`` for any other."""
    try:
        document = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as fault:
        return None, [f"document: not JSON (line {fault.lineno}, column {fault.colno})"]
    except (RecursionError, ValueError):
        return None, ["document: not JSON that can be read (nested too deeply, or a number too long)"]
    if isinstance(document, dict) and "document" in document and "format" not in document:
        document = document["document"]  # a worked example keeps what is expected beside its document
    faults = validate(document)
    return (None, faults) if faults else (document, [])


def read_document(path: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """``parse`` for the file at ``path``; a file that can't be read is a fault too."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None, [f"document: larger than {MOST_BYTES:,} bytes"]
        return parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return None, ["document: not UTF-8 text"]
    except OSError as fault:
        return None, [f"document: can't be read ({fault.strerror})"]


def dump(answers: Mapping[str, Any], *, submitted_on: date, language: str) -> dict[str, Any]:
    """The document for stored ``answers`` (section -> key -> value); ``language`` "" when not known."""
    return {
        "format": FORMAT,
        "submitted_on": submitted_on.isoformat(),
        **({"language": language} if language else {}),
        **{name: answers[name] for name in SECTIONS if name in answers},
    }


def answers_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The sections of a sound document: what a submission stores."""
    return {name: document[name] for name in SECTIONS if name in document}


def validate(document: object) -> list[str]:
    """Every fault of ``document``, in its own order; none for a sound one."""
    if not isinstance(document, dict):
        return [f"document: must be an object, not {_kind(document)}"]
    return list(_faults(document))


def _faults(document: dict[str, Any]) -> Iterator[str]:
    yield from _repeated(document, "")
    for key in document:
        if key not in TOP_LEVEL and key not in SECTIONS:
            yield f"{_shown(key)}: is not a part of {FORMAT}"
    if "format" not in document:
        yield "format: is required"
    elif document["format"] != FORMAT:
        yield f"format: {_shown(document['format'])} is not {FORMAT}"
    latest = None
    if "submitted_on" not in document:
        yield "submitted_on: is required"
    else:
        latest = _day(document["submitted_on"])
        if latest is None:
            yield f"submitted_on: {_shown(document['submitted_on'])} is not a date (YYYY-MM-DD)"
    if "language" in document and document["language"] not in LANGUAGES:
        yield f"language: {_shown(document['language'])} is not one of {', '.join(LANGUAGES)}"
    yield from answer_faults(document, FIELDS, latest)


def answer_faults(
    answers: Mapping[str, Any], fields: tuple[Field, ...], latest: date | None
) -> Iterator[str]:
    """Every fault of ``answers`` (section -> key -> value) to ``fields``; no date in them is after ``latest``."""
    for name in dict.fromkeys(field.section for field in fields):
        given = answers.get(name, {})
        if isinstance(given, dict):
            own = tuple(field for field in fields if field.section == name)
            yield from _object_faults(given, own, name, latest)
            if name == "about":
                yield from _reachable(given)
        else:
            yield f"{name}: must be an object, not {_kind(given)}"


def _reachable(about: dict[str, Any]) -> Iterator[str]:
    given = [about.get(key) for key in ("phone", "email")]
    missing = all(value is None or (isinstance(value, str) and not value.strip()) for value in given)
    faulty = any(key in about and about[key] is None for key in ("phone", "email"))  # found already
    if missing and not faulty:
        yield "about.phone: a phone number or an email address is required"


def _object_faults(
    given: dict[str, Any], fields: tuple[Field, ...], path: str, latest: date | None
) -> Iterator[str]:
    known = {field.key: field for field in fields}
    yield from _repeated(given, f"{path}.")
    for key, value in given.items():
        field = known.get(key)
        if field is None:
            yield f"{path}.{_plain(key)}: is not a field of {FORMAT}"
        else:
            yield from _value_faults(value, field, f"{path}.{key}", latest)
    for key, field in known.items():
        if _required(field) and key not in given:
            yield f"{path}.{key}: is required"


def _required(field: Field) -> bool:
    """What a document can't do without; the patient's pages ask more (every PHQ-9 item, say)."""
    return field.required and bool(field.section) and field.kind in (Kind.TEXT, Kind.DATE, Kind.TRUE)


def _value_faults(value: object, field: Field, path: str, latest: date | None) -> Iterator[str]:
    if value is None:
        if not (field.nullable and field.kind is Kind.NUMBER):
            yield f"{path}: null is not an answer here; leave the key out"
        return
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            yield from _text_faults(value, field, path)
        case Kind.DATE:
            yield from _date_faults(value, path, latest)
        case Kind.NUMBER:
            yield from _number_faults(value, field, path)
        case Kind.TRUE:
            if value is not True:
                yield f"{path}: {_shown(value)} is not true"
        case Kind.CHOICE:
            yield from _choice_faults(value, field.values, path)
        case Kind.MANY:
            yield from _many_faults(value, field, path)
        case Kind.ITEMS:
            yield from _items_faults(value, field, path)
        case Kind.GROUP:
            if isinstance(value, dict):
                yield from _object_faults(value, field.parts, path, latest)
            else:
                yield f"{path}: must be an object, not {_kind(value)}"
        case Kind.ENTRIES:
            yield from _entries_faults(value, field, path, latest)


def _text_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: must be text, not {_kind(value)}"
    elif _required(field) and not value.strip():
        yield f"{path}: is required"
    elif len(value) > LONG:
        yield f"{path}: is longer than {LONG:,} characters"
    elif not storable(value):
        yield f"{path}: has a character that can't be stored (a null character or half of a pair)"


def _date_faults(value: object, path: str, latest: date | None) -> Iterator[str]:
    day = _day(value)
    if day is None:
        yield f"{path}: {_shown(value)} is not a date (YYYY-MM-DD)"
    elif latest and day > latest:
        yield f"{path}: {value} is after submitted_on"
    elif latest and path == "about.date_of_birth" and latest.year - day.year > 130:
        yield f"{path}: {value} is more than 130 years before submitted_on"


def _number_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        yield f"{path}: must be a number, not {_kind(value)}"
    elif value < field.low:
        yield f"{path}: {_shown(value)} is less than {field.low:g}"
    elif field.high is not None and value > field.high:
        yield f"{path}: {_shown(value)} is more than {field.high:g}"


def _choice_faults(value: object, choices: tuple[str | int, ...], path: str) -> Iterator[str]:
    # 1, 1.0 and True are equal in Python: only the declared type is the code.
    if not any(type(value) is type(known) and value == known for known in choices):
        yield f"{path}: {_shown(value)} is not one of {', '.join(map(str, choices))}"


def _many_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {_kind(value)}"
        return
    for place, entry in enumerate(value):
        yield from _choice_faults(entry, field.values, f"{path}[{place}]")
        if entry in value[:place]:
            yield f"{path}[{place}]: {_shown(entry)} stands in the list twice"


def _items_faults(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {_kind(value)}"
    elif len(value) != field.length:
        yield f"{path}: must hold {field.length} answers, not {len(value)}"
    else:
        for place, (entry, part) in enumerate(zip(value, field.parts, strict=True)):
            if not (entry is None and field.nullable):
                yield from _choice_faults(entry, part.values, f"{path}[{place}]")


def _entries_faults(value: object, field: Field, path: str, latest: date | None) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list, not {_kind(value)}"
        return
    if len(value) > MOST_ENTRIES:
        yield f"{path}: holds more than {MOST_ENTRIES} entries"
        return
    for place, entry in enumerate(value):
        if isinstance(entry, dict):
            yield from _object_faults(entry, field.parts, f"{path}[{place}]", latest)
        else:
            yield f"{path}[{place}]: must be an object, not {_kind(entry)}"


def _repeated(given: dict[str, Any], prefix: str) -> Iterator[str]:
    for key in getattr(given, "repeated", ()):
        yield f"{prefix}{_plain(key)}: is given twice"


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def storable(text: str) -> bool:
    """Whether both databases can hold ``text``: no null character, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _kind(value: object) -> str:
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


def _shown(value: object) -> str:
    """``value`` as a short word for a fault's line; lists and objects by their kind only."""
    if isinstance(value, list | dict):
        return _kind(value)
    return _plain(str(value) if isinstance(value, str) else json.dumps(value))


def _plain(text: str) -> str:
    """``text`` on one line, of at most 60 printable characters."""
    text = "".join(character if character.isprintable() else "?" for character in text)
    return text if len(text) <= 60 else f"{text[:57]}..."
