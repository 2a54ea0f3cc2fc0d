"""The format ``clinic-readiness/1``: reads one input, and finds every fault in it.

Faults are sentences of one line, each opening with the path of what is wrong and a colon.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from intake.document import as_stored, validate
from intake.document.faults import day_of, kind_of, plain, repeated_keys, shown
from intake.document.json_text import value_in
from treatments.payers.loading import PACKS, pack_faults
from treatments.payers.names import OTHER, PAYERS
from treatments.payers.readiness import FORMAT
from treatments.payers.rows import ROWS
from treatments.payers.vocabulary import CONTRACTED, GENERIC, LINES, TREATMENTS

IGNORED = ("about", "expect")
KEYS = ("format", "on", "treatment", "coverage", "pack", "evidence", "entries", "scores", "document")
MOST_ROWS = 1_000


def parse_request(text: str) -> tuple[dict[str, Any] | None, list[str]]:
    """``(the parts of readiness(), [])`` for a sound input in ``text``, ``(None, faults)`` for any other."""
    given, faults = value_in(text)
    if faults:
        return None, faults
    if not isinstance(given, dict):
        return None, [f"document: must be an object, not {kind_of(given)}"]
    faults = list(request_faults(given))
    if faults:
        return None, faults
    return {
        "document": as_stored(given["document"]),
        "on": given["on"],
        "treatment": given["treatment"],
        "coverage": given.get("coverage"),
        "pack": given.get("pack"),
        **{name: given.get(name) or [] for name in ROWS},
    }, []


def request_faults(given: dict[str, Any]) -> Iterator[str]:
    """Every fault of an input."""
    yield from repeated_keys(given, "")
    for key in given:
        if key not in KEYS and key not in IGNORED:
            yield f"{plain(key)}: is not a part of {FORMAT}"
    if given.get("format") != FORMAT:
        yield (
            f"format: {shown(given['format'])} is not {FORMAT}"
            if "format" in given
            else "format: is required"
        )
    yield from _choice(given, "treatment", TREATMENTS)
    yield from _day_faults(given)
    yield from _document_faults(given)
    yield from _pack_faults(given)
    yield from _coverage_faults(given)
    for name, row_faults in ROWS.items():
        yield from _list_faults(given, name, row_faults)


def _choice(given: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> Iterator[str]:
    if key not in given:
        yield f"{key}: is required"
    elif given[key] not in choices:
        yield f"{key}: {shown(given[key])} is not one of {', '.join(choices)}"


def _day_faults(given: Mapping[str, Any]) -> Iterator[str]:
    day = day_of(given.get("on"))
    document = given.get("document")
    sent = day_of(document.get("submitted_on")) if isinstance(document, dict) else None
    if "on" not in given:
        yield "on: is required"
    elif day is None:
        yield f"on: {shown(given['on'])} is not a date (YYYY-MM-DD)"
    elif sent and day < sent:
        yield f"on: {day} is before submitted_on"


def _document_faults(given: Mapping[str, Any]) -> Iterator[str]:
    if "document" not in given:
        yield "document: is required"
        return
    for fault in validate(given["document"]):
        yield fault if fault.startswith("document:") else f"document.{fault}"


def _pack_faults(given: Mapping[str, Any]) -> Iterator[str]:
    pack = given.get("pack")
    if pack is None:
        return
    faults = list(pack_faults(pack))
    yield from faults
    if not faults and given.get("treatment") in TREATMENTS and pack["treatment"] != given["treatment"]:
        yield f"pack.treatment: {pack['treatment']} is not the treatment asked about"


def _coverage_faults(given: Mapping[str, Any]) -> Iterator[str]:
    coverage = given.get("coverage")
    if coverage is None:
        return
    if not isinstance(coverage, dict):
        yield f"coverage: must be an object, not {kind_of(coverage)}"
        return
    choices = {
        "payer": (*PAYERS, OTHER),
        "line": LINES,
        "pack": tuple(PACKS),
        "contracted": CONTRACTED,
    }
    yield from repeated_keys(coverage, "coverage.")
    faulty = False
    for key, value in coverage.items():
        if key not in choices:
            yield f"coverage.{plain(key)}: is not a part of it"
        elif value is not None and value not in choices[key]:
            faulty = True
            yield f"coverage.{key}: {shown(value)} is not one of {', '.join(choices[key])}"
    if not faulty and coverage.get("pack") is not None:
        yield from _chosen_pack_faults(given, coverage)


def _chosen_pack_faults(given: Mapping[str, Any], coverage: Mapping[str, Any]) -> Iterator[str]:
    pack = PACKS[coverage["pack"]]
    if given.get("pack") is not None:
        yield "coverage.pack: is not given beside a pack"
    elif pack.treatment != given.get("treatment"):
        yield f"coverage.pack: {pack.pack} is not of this treatment"
    elif pack.payer not in (coverage.get("payer"), GENERIC):
        yield f"coverage.pack: {pack.pack} is not of this payer"


def _list_faults(
    given: Mapping[str, Any],
    name: str,
    row_faults: Callable[[dict[str, Any], str, Mapping[str, Any]], Iterator[str]],
) -> Iterator[str]:
    rows = given.get(name)
    if rows is None:
        return
    if not isinstance(rows, list):
        yield f"{name}: must be a list, not {kind_of(rows)}"
    elif len(rows) > MOST_ROWS:
        yield f"{name}: holds more than {MOST_ROWS:,} rows"
    else:
        for place, row in enumerate(rows):
            path = f"{name}[{place}]"
            if isinstance(row, dict):
                yield from row_faults(row, path, given)
            else:
                yield f"{path}: must be an object, not {kind_of(row)}"
