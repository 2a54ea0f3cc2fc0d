"""The payers by key, and which of them a typed name proposes; a person chooses."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

OTHER = "other"
"""As a payer: one whose name a person types. It is never proposed."""

_DATA = tomllib.loads(Path(__file__).with_name("payers.toml").read_text(encoding="utf-8"))
_STATES: Mapping[str, str] = MappingProxyType({name: code for code, name in _DATA["states"].items()})

ALSO_NOT_READ: tuple[str, ...] = tuple(_DATA["also_not_read"])
"""Further criteria that nobody read, of no payer of this table."""


@dataclass(frozen=True, slots=True)
class Payer:
    """``not_read`` is what is known where nobody read its criteria; empty where a pack has them."""

    key: str
    name: str
    names: tuple[str, ...]
    states: tuple[str, ...] = ()
    names_with_state: tuple[str, ...] = ()
    not_read: str = ""


def _payer(row: Mapping[str, Any]) -> Payer:
    lists = {key: tuple(row.get(key, ())) for key in ("names", "states", "names_with_state")}
    return Payer(key=row["key"], name=row["name"], not_read=row.get("not_read", ""), **lists)


PAYERS: Mapping[str, Payer] = MappingProxyType({row["key"]: _payer(row) for row in _DATA["payers"]})


def words_of(text: str) -> list[str]:
    """The words as names are compared: in small letters, "&" as "and", punctuation as spaces."""
    text = text.casefold().replace("&", " and ")
    return "".join(each if each.isalnum() else " " for each in text).split()


def proposed(typed: Iterable[object], state: object) -> list[str]:
    """The payers of whose names all words stand next to each other, in order, in one of the typed texts."""
    texts = [f" {' '.join(words_of(text))} " for text in typed if isinstance(text, str)]
    code = _code(state)
    found = {
        payer.key: max(lengths)
        for payer in PAYERS.values()
        if (
            lengths := [
                len(name) for name in _names(payer, code) if any(f" {name} " in text for text in texts)
            ]
        )
    }
    return sorted(found, key=lambda key: (-found[key], key))


def _names(payer: Payer, state: str) -> tuple[str, ...]:
    return (*payer.names, *payer.names_with_state) if state in payer.states else payer.names


def _code(state: object) -> str:
    """The state's two letters, as a person wrote them or its name."""
    name = " ".join(words_of(state)) if isinstance(state, str) else ""
    return _STATES.get(name, name.upper())
