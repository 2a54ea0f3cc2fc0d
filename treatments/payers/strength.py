"""What evidence makes of the answers: which are unknown because a record differs, and which are shown.

Rows count in their order. For an answer, those at its path or above it count: where the last of them does not
agree, the answer is unknown; else it is as strong as the strongest that agreed since.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from intake.fields import SECTIONS

Path = tuple[str | int, ...]
Row = Mapping[str, Any]

SAID, TOLD, SHOWN = range(3)
RECORD_BY_ITSELF = "consent"
"""The section that was signed as it stands: it decides what may be read, whatever else is shown."""
LEVELS = ("said", "told", "shown")
_GONE = object()


@cache
def keys_of(path: str) -> Path:
    """``antidepressants.trials[1].dose_mg`` as ``("antidepressants", "trials", 1, "dose_mg")``."""
    found: list[str | int] = []
    for part in path.split("."):
        key, *places = part.split("[")
        found += [key, *(int(place.removesuffix("]")) for place in places)]
    return tuple(found)


def above(path: str) -> Iterator[str]:
    """The path itself and every path above it, the nearest first."""
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]


class Standing(NamedTuple):
    """``differs`` is the path of the row by which an answer is unknown, or empty."""

    differs: str
    strength: int


@dataclass(slots=True)
class _Node:
    """The rows about one path, by their place in the list, and what stands below it."""

    rows: dict[int, Row] = field(default_factory=dict)
    below: dict[str | int, "_Node"] = field(default_factory=dict)


@dataclass(slots=True)
class Masked:
    """A document with the answers of one strength and above. ``partly``: lists of which only entries are
    known; ``differs``: lists of points left out because of a row about one of them, with that row's path."""

    document: Mapping[str, Any]
    partly: set[str] = field(default_factory=set)
    differs: dict[str, str] = field(default_factory=dict)


def masked(document: Mapping[str, Any], evidence: Sequence[Row], level: int) -> Masked:
    """The document as it is known where only answers of this strength and above count."""
    if not evidence and level == SAID:
        return Masked(document)
    found, tree, kept = Masked({}), _tree(evidence), _without_answers(document)
    for section in SECTIONS:
        if section in document:
            least = SAID if section == RECORD_BY_ITSELF else level
            answers = _kept(document[section], section, tree.below.get(section), {}, least, found)
            if answers is not _GONE:
                kept[section] = answers
    found.document = kept
    return found


def _without_answers(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in SECTIONS}


def _tree(evidence: Sequence[Row]) -> _Node:
    root = _Node()
    for place, row in enumerate(evidence):
        node = root
        for key in keys_of(row["about"]):
            node = node.below.setdefault(key, _Node())
        node.rows[place] = row
    return root


def differing_row(path: str, evidence: Sequence[Row]) -> str:
    """The path of the row by which the answer at ``path`` is unknown, or empty."""
    higher = set(above(path))
    return _standing({place: row for place, row in enumerate(evidence) if row["about"] in higher}).differs


def _standing(rows: Mapping[int, Row]) -> Standing:
    differs, strength = "", SAID
    for _place, row in sorted(rows.items()):
        if row["agrees"] == "no":
            differs, strength = row["about"], SAID
        else:
            differs, strength = "", max(strength, LEVELS.index(row["strength"]))
    return Standing(differs, strength)


def _kept(
    value: Any, path: str, node: _Node | None, rows: Mapping[int, Row], level: int, found: Masked
) -> Any:
    """What is left of the value, or ``_GONE``. ``rows`` are those above it."""
    if node is not None:
        rows = {**rows, **node.rows}
    standing = _standing(rows)
    is_known = not standing.differs and standing.strength >= level
    if node is None or not node.below or not isinstance(value, dict | list):
        return value if is_known else _GONE
    if isinstance(value, dict):
        parts = {
            key: _kept(each, f"{path}.{key}", node.below.get(key), rows, level, found)
            for key, each in value.items()
        }
        return {key: each for key, each in parts.items() if each is not _GONE}
    return _kept_list(value, path, node, rows, level, found) if not standing.differs else _GONE


def _kept_list(value: Any, path: str, node: _Node, rows: Mapping[int, Row], level: int, found: Masked) -> Any:
    """A list that is not differed about itself: entries keep their places; points stand or fall together."""
    known = _standing(rows).strength >= level
    if value and not isinstance(value[0], dict):
        differing = [row for each in node.below.values() if (row := _standing({**rows, **each.rows}).differs)]
        if differing:
            found.differs[path] = differing[0]
        return _GONE if differing or not known else value
    if not known:
        found.partly.add(path)
    parts = [
        _kept(each, f"{path}[{place}]", node.below.get(place), rows, level, found)
        for place, each in enumerate(value)
    ]
    return [{} if each is _GONE else each for each in parts]
