"""Reads the packs of criteria, refuses them where a row is wrong, and keeps them in their order."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from intake.document.faults import day_of, kind_of, plain, repeated_keys, shown
from intake.fields.characters import storable
from intake.fields.kinds import LONG
from treatments.payers.checks import check_faults
from treatments.payers.shapes import Need, Pack
from treatments.payers.vocabulary import (
    ANY,
    AUTHORIZATIONS,
    GENERIC,
    LINES,
    NEED_KINDS,
    ON_FALSE,
    PROOFS,
    TREATMENTS,
)

FOLDER = Path(__file__).parent / "packs"
ORDER = (
    *("MEDICARE-L34998-TMS", "MEDICARE-L34522-TMS", "AETNA-TMS", "EVERNORTH-TMS", "CENTENE-TMS"),
    *("BCBSAL-TMS", "HCSC-TMS", "IBX-TMS", "IBX-MA-TMS", "CONNECTCARE-TMS", "NYMEDICAID-TMS"),
    *("WASHINGTON-TMS", "PRIORITY-TMS"),
    *("CIGNA-SPR", "MEDMUTUAL-SPR", "CAREFIRST-SPR", "QUALCHOICE-SPR", "BCBSND-SPR", "HCSC-SPR"),
    *("GENERIC-TMS", "GENERIC-SPR"),
)
MOST_NEEDS = 100

Fits = Callable[[object], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONG and storable(value)


def _is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and _is_text(value)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _among(choices: tuple[str, ...]) -> Fits:
    return lambda value: isinstance(value, str) and value in choices


def _all_among(choices: tuple[str, ...]) -> Fits:
    return lambda value: (
        isinstance(value, list)
        and 0 < len(value) <= len(choices)
        and all(isinstance(each, str) and each in choices for each in value)
    )


def _is_states(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= LONG
        and all(
            isinstance(each, str) and len(each) == 2 and each.isascii() and each.isupper() for each in value
        )
    )


_REQUIRED: dict[str, Fits] = {
    "pack": _is_filled,
    "payer": _is_text,
    "treatment": _among(TREATMENTS),
    "line": _all_among((*LINES, ANY)),
    "version": _is_filled,
    "effective": _is_text,
    "source_title": _is_text,
    "source": _is_filled,
    "sureness": _is_text,
    "verified": _is_flag,
    "authorization": _among(AUTHORIZATIONS),
}
_OPTIONAL: dict[str, Fits] = {
    "states": _is_states,
    "policy": _is_text,
    "source_kind": _is_text,
    "read_on": lambda value: day_of(value) is not None,
    "sessions": _is_text,
    "months": _is_text,
}
_OF_NEED: dict[str, Fits] = {
    "id": _is_filled,
    "words": _is_filled,
    "kind": _among(NEED_KINDS),
    "on_false": _among(ON_FALSE),
    "proof": _among(PROOFS),
}
_OPTIONAL_OF_NEED: dict[str, Fits] = {"verified": _is_flag, "note": _is_text}


def pack_faults(data: object, path: str = "pack") -> Iterator[str]:
    """Every fault of one pack as JSON or TOML has it, each a sentence that opens with its path."""
    if not isinstance(data, dict):
        yield f"{path}: must be an object, not {kind_of(data)}"
        return
    yield from _row_faults(data, path, _REQUIRED, _OPTIONAL, ("needs",))
    needs = data.get("needs")
    if not isinstance(needs, list) or not 0 < len(needs) <= MOST_NEEDS:
        yield f"{path}.needs: must be a list of 1 to {MOST_NEEDS} needs"
        return
    seen: list[object] = []
    for place, need in enumerate(needs):
        where = f"{path}.needs[{place}]"
        if not isinstance(need, dict):
            yield f"{where}: must be an object, not {kind_of(need)}"
            continue
        yield from _row_faults(need, where, _OF_NEED, _OPTIONAL_OF_NEED, ("check", "applies"))
        yield from (
            check_faults(need["check"], f"{where}.check")
            if "check" in need
            else (f"{where}.check: is required",)
        )
        if "applies" in need:
            yield from check_faults(need["applies"], f"{where}.applies")
        if need.get("id") in seen:
            yield f"{where}.id: {shown(need['id'])} stands twice"
        seen.append(need.get("id"))


def _row_faults(
    row: dict[str, Any],
    path: str,
    required: Mapping[str, Fits],
    optional: Mapping[str, Fits],
    others: tuple[str, ...],
) -> Iterator[str]:
    yield from repeated_keys(row, f"{path}.")
    for key in required:
        if key not in row:
            yield f"{path}.{key}: is required"
    for key, value in row.items():
        fits = required.get(key) or optional.get(key)
        if fits is None and key not in others:
            yield f"{path}.{plain(key)}: is not a key of it"
        elif fits is not None and not fits(value):
            yield f"{path}.{key}: {shown(value)} is not a value of it"


def read_pack(data: Mapping[str, Any]) -> Pack:
    """The pack in sound data; what may be left out is empty."""
    texts = {key: data.get(key, "") for key in (*_REQUIRED, *_OPTIONAL) if key not in ("line", "states")}
    return Pack(
        **texts,
        line=tuple(data["line"]),
        states=tuple(data.get("states", ())),
        needs=tuple(_need(row, data["verified"]) for row in data["needs"]),
    )


def _need(row: Mapping[str, Any], verified: bool) -> Need:
    return Need(**{"verified": verified, **row})


def load(path: Path) -> Pack:
    """The pack in this TOML file; ValueError naming the file and the row where the data is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: not TOML: {error}") from error
    faults = list(pack_faults(data))
    if not faults and data["pack"] != path.stem:
        faults = [f"pack.pack: {data['pack']} is not the file's name"]
    if faults:
        raise ValueError(f"{path.name}: {'; '.join(faults)}")
    return read_pack(data)


PACKS: Mapping[str, Pack] = MappingProxyType({name: load(FOLDER / f"{name}.toml") for name in ORDER})
GENERIC_PACKS: Mapping[str, Pack] = MappingProxyType(
    {pack.treatment: pack for pack in PACKS.values() if pack.payer == GENERIC}
)
