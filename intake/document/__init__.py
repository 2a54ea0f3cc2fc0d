"""The interchange format ``clinic-intake/1``: read a document, find every fault in it, write one back.

A document is the JSON object of docs/interchange.md: ``format``, ``submitted_on``, ``language`` and the
sections. Faults are sentences of one line, each opening with the path of what is wrong and a colon.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from intake.document.faults import (
    FORMAT,
    MOST_ENTRIES,
    answer_faults,
    day_of,
    is_before,
    kind_of,
    repeated_keys,
    shown,
)
from intake.document.json_text import MOST_BYTES, text_in, value_in
from intake.fields import FIELDS, LANGUAGES, SECTIONS
from intake.fields.characters import seen, writable
from intake.fields.kinds import Field, Kind, Written

TOP_LEVEL = ("format", "submitted_on", "language")

__all__ = [
    "FORMAT",
    "MOST_BYTES",
    "MOST_ENTRIES",
    "TOP_LEVEL",
    "answer_faults",
    "answers_of",
    "as_stored",
    "dump",
    "is_before",
    "parse",
    "read_document",
    "validate",
]


def parse(text: str) -> tuple[dict[str, Any] | None, list[str]]:
    """``(document, [])`` for a sound document in ``text``, ``(None, faults)`` for any other."""
    document, faults = value_in(text)
    if faults:
        return None, faults
    if isinstance(document, dict) and "document" in document and "format" not in document:
        document = document["document"]  # a worked example keeps what is expected beside its document
    faults = validate(document)
    return (None, faults) if faults else (as_stored(document), [])


def read_document(path: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """``parse`` for the file at ``path``; a file that can't be read is a fault too."""
    text, faults = text_in(path)
    return (None, faults) if faults else parse(text)


def as_stored(document: Mapping[str, Any]) -> dict[str, Any]:
    """A sound document with its answers as they would be stored."""
    return {**document, **answers_of(document)}


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
    return {name: _as_seen(writable(document[name]), SECTIONS[name]) for name in SECTIONS if name in document}


def _as_seen(given: Any, fields: tuple[Field, ...]) -> Any:
    """``given`` (key -> value) with what is compared, dialed or mailed to as it is seen."""
    exact = {field.key: field for field in fields}
    return {key: _value_as_seen(value, exact[key]) for key, value in given.items()}


def _value_as_seen(value: Any, field: Field) -> Any:
    if field.kind is Kind.ENTRIES:
        return [_as_seen(entry, field.parts) for entry in value]
    if isinstance(value, str) and field.written in (Written.EXACT, Written.PHONE, Written.EMAIL):
        return seen(value) or value
    return value


def validate(document: object) -> list[str]:
    """Every fault of ``document``, in its own order; none for a sound one."""
    if not isinstance(document, dict):
        return [f"document: must be an object, not {kind_of(document)}"]
    return list(_faults(document))


def _faults(document: dict[str, Any]) -> Iterator[str]:
    yield from repeated_keys(document, "")
    for key in document:
        if key not in TOP_LEVEL and key not in SECTIONS:
            yield f"{shown(key)}: is not a part of {FORMAT}"
    if "format" not in document:
        yield "format: is required"
    elif document["format"] != FORMAT:
        yield f"format: {shown(document['format'])} is not {FORMAT}"
    latest = None
    if "submitted_on" not in document:
        yield "submitted_on: is required"
    else:
        latest = day_of(document["submitted_on"])
        if latest is None:
            yield f"submitted_on: {shown(document['submitted_on'])} is not a date (YYYY-MM-DD)"
    if "language" in document and document["language"] not in LANGUAGES:
        yield f"language: {shown(document['language'])} is not one of {', '.join(LANGUAGES)}"
    yield from answer_faults(document, FIELDS, latest)
