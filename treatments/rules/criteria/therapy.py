"""A course of therapy: sessions summed per named type over this episode, as far as the answers settle it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, known, unknown
from treatments.rules.thresholds import THERAPY_SESSIONS

THERAPY = "other_treatments.therapy"
NAMED_THERAPIES = frozenset({"cbt", "act", "ipt", "mbct", "dbt", "emdr", "cbasp", "psychodynamic"})
LABELS = {kind: kind.upper() for kind in NAMED_THERAPIES - {"psychodynamic"}}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that may be of this episode and of a named type; `type` is None where that is not known."""

    type: str | None
    sessions: float
    lacks: tuple[str, ...]


def therapy_course_done(facts: Facts) -> Answer:
    """Eight or more sessions of one named therapy in this episode; counseling and other are not named."""
    given = facts.value(THERAPY)
    if not isinstance(given, list):
        return unknown(THERAPY)
    entries = [_entry(entry, f"{THERAPY}[{place}]") for place, entry in enumerate(given)]
    counted = [entry for entry in entries if entry]
    if any(_reaches(kind, [entry for entry in counted if not entry.lacks]) for kind in NAMED_THERAPIES):
        return known(True, THERAPY)
    lacks = [
        path
        for entry in counted
        for path in entry.lacks
        if any(_reaches(kind, counted) and _is_of(kind, entry) for kind in NAMED_THERAPIES)
    ]
    return unknown(*lacks) if lacks else known(False, THERAPY)


def _entry(entry: Mapping[str, Any], path: str) -> Entry | None:
    """The entry as it may count; None where its type or episode keeps it from counting."""
    kind, sessions, episode = (entry.get(key) for key in ("type", "sessions", "this_episode"))
    named = None if kind in (None, "not_sure") else str(kind)
    if episode == "no" or (named and named not in NAMED_THERAPIES):
        return None
    lacks = {"type": named is None, "sessions": sessions is None, "this_episode": episode != "yes"}
    many = math.inf if sessions is None else sessions
    return Entry(named, many, tuple(f"{path}.{key}" for key, lacking in lacks.items() if lacking))


def _is_of(kind: str, entry: Entry) -> bool:
    """Whether the entry is, or may be, of this type."""
    return entry.type in (kind, None)


def _reaches(kind: str, entries: list[Entry]) -> bool:
    return sum(entry.sessions for entry in entries if _is_of(kind, entry)) >= THERAPY_SESSIONS.value


def sessions_shown(facts: Facts) -> str:
    """The sessions counted per named type; what is not sure is asked and not counted."""
    given = facts.value(THERAPY)
    entries = [_entry(entry, THERAPY) for entry in given] if isinstance(given, list) else []
    counted: dict[str, float] = {}
    for entry in entries:
        if entry and entry.type and not entry.lacks:
            counted[entry.type] = counted.get(entry.type, 0) + entry.sessions
    sums = ", ".join(f"{LABELS.get(kind, kind)} {total:g}" for kind, total in sorted(counted.items()))
    return f"Sessions of a named therapy in this episode: {sums or 'none'}."
