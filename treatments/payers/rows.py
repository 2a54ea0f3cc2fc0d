"""The faults of the rows of a ``clinic-readiness/1`` input: evidence, entries and scores."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from intake.document.faults import day_of, kind_of, plain, repeated_keys, shown
from intake.fields import SECTIONS
from treatments.payers.choosing import choose
from treatments.payers.loading import PACKS
from treatments.payers.names import OTHER, PAYERS
from treatments.payers.strength import keys_of
from treatments.payers.vocabulary import (
    ENTRY_KEYS,
    EVIDENCE_KINDS,
    SCALES,
    STRENGTHS,
    TREATMENTS,
    is_value_of,
)

PATH = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+|\[(0|[1-9][0-9]{0,3})\])*")
TRIAL_PATH = re.compile(r"antidepressants\.trials\[[0-9]+\]")
LONGEST_PATH = 200
ITEMS = 9  # of the PHQ-9, each 0 to 3

Given = Mapping[str, Any]
RowFaults = Callable[[dict[str, Any], str, Given], Iterator[str]]
_NOWHERE = object()


def at(document: object, path: object) -> object:
    """What the document has at a path of its sections; ``_NOWHERE`` where it has none."""
    if not isinstance(path, str) or len(path) > LONGEST_PATH or not PATH.fullmatch(path):
        return _NOWHERE
    keys = keys_of(path)
    value = document
    if keys[0] not in SECTIONS:
        return _NOWHERE
    for key in keys:
        value = _part(value, key)
    return value


def _part(value: object, key: str | int) -> object:
    if isinstance(key, str):
        return value.get(key, _NOWHERE) if isinstance(value, dict) else _NOWHERE
    return value[key] if isinstance(value, list) and key < len(value) else _NOWHERE


def evidence_faults(row: dict[str, Any], path: str, given: Given) -> Iterator[str]:
    yield from _keys(row, path, required=("about", "strength", "agrees", "kind"), optional=("on",))
    for key, choices in (("strength", STRENGTHS), ("agrees", ("yes", "no")), ("kind", EVIDENCE_KINDS)):
        if key in row and row[key] not in choices:
            yield f"{path}.{key}: {shown(row[key])} is not one of {', '.join(choices)}"
    if row.get("on") is not None:
        yield from _day(row, path, given)
    if "about" in row and at(given.get("document"), row["about"]) is _NOWHERE:
        yield f"{path}.about: {shown(row['about'])} is not in the document"


def entry_faults(row: dict[str, Any], path: str, given: Given) -> Iterator[str]:
    yield from _keys(row, path, required=("key", "value", "on"), optional=("about",))
    if "on" in row:
        yield from _day(row, path, given)
    key = row.get("key")
    if not isinstance(key, str) or key not in ENTRY_KEYS:
        if "key" in row:
            yield f"{path}.key: {shown(key)} is not one of {', '.join(ENTRY_KEYS)}"
        return
    if "value" in row and not is_value_of(key, row["value"]):
        yield f"{path}.value: {shown(row['value'])} is not a value of {key}"
    yield from _about_faults(row, path, given)


def _about_faults(row: Mapping[str, Any], path: str, given: Given) -> Iterator[str]:
    about, wanted = row.get("about"), ENTRY_KEYS[row["key"]].about
    if not wanted:
        if about is not None:
            yield f"{path}.about: {row['key']} is about nothing"
    elif about is None:
        yield f"{path}.about: is required"
    elif wanted == "trial":
        is_trial = isinstance(about, str) and TRIAL_PATH.fullmatch(about)
        if not is_trial or at(given.get("document"), about) is _NOWHERE:
            yield f"{path}.about: {shown(about)} is not a trial of the document"
    elif (needs := _needs(given)) is not None and about not in needs:
        yield f"{path}.about: {shown(about)} is not a need of this pack"


def _needs(given: Given) -> list[object] | None:
    """The ids of the needs that are judged; None where it can't be told of which pack."""
    pack, coverage = given.get("pack"), given.get("coverage") or {}
    if pack is not None:
        needs = pack.get("needs") if isinstance(pack, dict) else None
        rows = needs if isinstance(needs, list) else []
        return [need.get("id") for need in rows if isinstance(need, dict)]
    if given.get("treatment") not in TREATMENTS or not isinstance(coverage, dict):
        return None
    known = {"payer": (*PAYERS, OTHER), "pack": PACKS}
    if any(coverage.get(key) is not None and not _is_in(coverage[key], known[key]) for key in known):
        return None
    return [need.id for need in choose(coverage, given["treatment"]).pack.needs]


def _is_in(value: object, known: Any) -> bool:
    return isinstance(value, str) and value in known


def score_faults(row: dict[str, Any], path: str, given: Given) -> Iterator[str]:
    yield from _keys(row, path, required=("scale", "on"), optional=("items", "total", "strength"))
    if "on" in row:
        yield from _day(row, path, given)
    if row.get("strength") is not None and row["strength"] not in STRENGTHS:
        yield f"{path}.strength: {shown(row['strength'])} is not one of {', '.join(STRENGTHS)}"
    scale, items, total = (row.get(key) for key in ("scale", "items", "total"))
    if not _is_in(scale, SCALES):
        if "scale" in row:
            yield f"{path}.scale: {shown(scale)} is not one of {', '.join(SCALES)}"
        return
    if (items is None) == (total is None):
        yield f"{path}: exactly one of items and total is required"
    if items is not None:
        yield from _items_faults(items, str(scale), path)
    most = SCALES[str(scale)]
    if total is not None and not (type(total) is int and 0 <= total <= most):
        yield f"{path}.total: {shown(total)} is not a whole number from 0 to {most}"


def _items_faults(items: object, scale: str, path: str) -> Iterator[str]:
    if scale != "phq9":
        yield f"{path}.items: are not kept of {scale}"
    elif not isinstance(items, list):
        yield f"{path}.items: must be a list, not {kind_of(items)}"
    elif len(items) != ITEMS:
        yield f"{path}.items: must hold {ITEMS} answers, not {len(items)}"
    else:
        for place, item in enumerate(items):
            if item is not None and not (type(item) is int and 0 <= item <= 3):
                yield f"{path}.items[{place}]: {shown(item)} is not one of 0, 1, 2, 3"


def _keys(
    row: dict[str, Any], path: str, *, required: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[str]:
    yield from repeated_keys(row, f"{path}.")
    for key in row:
        if key not in required and key not in optional:
            yield f"{path}.{plain(key)}: is not a part of it"
    for key in required:
        if key not in row:
            yield f"{path}.{key}: is required"


def _day(row: Mapping[str, Any], path: str, given: Given) -> Iterator[str]:
    day, latest = day_of(row["on"]), day_of(given.get("on"))
    if day is None:
        yield f"{path}.on: {shown(row['on'])} is not a date (YYYY-MM-DD)"
    elif latest and day > latest:
        yield f"{path}.on: {day} is after on"


ROWS: Mapping[str, RowFaults] = {
    "evidence": evidence_faults,
    "entries": entry_faults,
    "scores": score_faults,
}
