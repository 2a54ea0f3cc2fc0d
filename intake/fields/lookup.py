"""Looks one answer up by its path, finds the field of a path, and works out an age."""

from datetime import date
from functools import cache
from typing import Any

from intake.fields.kinds import Answers

_NOTHING: dict[str, Any] = {}


@cache
def _keys(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def answer(answers: Answers, path: str) -> Any:
    """The answer at ``section.key`` or ``section.group.key``; None where there is none."""
    value: Any = answers
    try:
        for key in _keys(path):
            value = value.get(key, _NOTHING)
    except AttributeError:  # an answer that has no parts
        return None
    return None if value is _NOTHING else value


@cache
def field_path(path: str) -> str:
    """``section.key`` of the field that ``path`` is, or is a part, an item or an entry of."""
    return ".".join(path.split("[")[0].split(".")[:2])


def age_on(birth: date, day: date) -> int:
    """Whole years from ``birth`` to ``day``."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
