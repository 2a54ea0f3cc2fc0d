"""JSON that others wrote: read from text or from a file, with a fault where it can't be, and no key lost unseen."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

MOST_BYTES = 5_000_000


class Repeated(dict[str, Any]):
    """A JSON object in which some keys stood twice: all but the last value would be lost unseen."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, object]]) -> dict[str, Any]:
    keys = [key for key, _value in pairs]
    if len(set(keys)) == len(keys):
        return dict(pairs)
    found = Repeated(pairs)
    found.repeated = tuple(sorted(key for key, times in Counter(keys).items() if times > 1))
    return found


def value_in(text: str) -> tuple[Any, list[str]]:
    """``(value, [])`` for the JSON in ``text``, ``(None, faults)`` for what is none."""
    try:
        return json.loads(text, object_pairs_hook=_object), []
    except json.JSONDecodeError as fault:
        return None, [f"document: not JSON (line {fault.lineno}, column {fault.colno})"]
    except (RecursionError, ValueError):
        return None, ["document: not JSON that can be read (nested too deeply, or a number too long)"]


def text_in(path: Path) -> tuple[str, list[str]]:
    """``(text, [])`` for the file at ``path``, ``("", faults)`` for one that can't be read as text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return "", [f"document: larger than {MOST_BYTES:,} bytes"]
        return path.read_text(encoding="utf-8-sig"), []
    except UnicodeDecodeError:
        return "", ["document: not UTF-8 text"]
    except (OSError, ValueError) as fault:
        return "", [
            f"document: can't be read ({getattr(fault, 'strerror', None) or 'not the name of a file'})"
        ]
