"""What stands in braces in a clinic's text: plain names from a closed list, found, checked and filled in.

A text is never a format string: braces hold a name and nothing else, no attribute, index or conversion.
"""

import re
from collections.abc import Collection, Iterator, Mapping

# A doubled brace stands for itself; a name in braces; a brace that has no partner.
PIECES = re.compile(r"(?P<doubled>\{\{|\}\})|\{(?P<name>[^{}]*)\}|(?P<single>[{}])")


class BadTextError(ValueError):
    """A text that can't be filled in; says which placeholder, never what would have stood there."""


def placeholders_of(text: str) -> tuple[str, ...]:
    """What stands in single braces, whatever it is, each once and in order."""
    return tuple(dict.fromkeys(_names(text)))


def unknown_placeholders(text: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in placeholders_of(text) if name not in allowed)


def has_single_brace(text: str) -> bool:
    """Whether a brace opens without closing, or closes without having been opened."""
    return any(piece["single"] for piece in PIECES.finditer(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with each placeholder's value; a name without one and a single brace are refused."""
    if unknown := unknown_placeholders(text, values):
        raise BadTextError(f"no value for {', '.join(unknown)}")
    if has_single_brace(text):
        raise BadTextError("a brace without its partner")
    return PIECES.sub(lambda piece: piece["doubled"][0] if piece["doubled"] else values[piece["name"]], text)


def _names(text: str) -> Iterator[str]:
    return (piece["name"] for piece in PIECES.finditer(text) if piece["name"] is not None)
