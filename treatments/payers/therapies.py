"""A course of psychotherapy: the sessions of one type, summed over its entries that qualify."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.fields.treatments_tried import BENEFITS
from treatments.payers.case import View
from treatments.rules.criteria.therapy import NAMED_THERAPIES, THERAPY
from treatments.rules.logic import Answer, known, unknown

SESSIONS = 8
LIMITS = {25: 25, 49: 50}
"""``max_improvement``: the percentage at which a benefit is too much."""

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Course:
    """One entry that qualifies, or may; ``type`` is None where it is not known, ``lacks`` what is not."""

    place: int
    type: str | None
    sessions: float
    lacks: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"{THERAPY}[{self.place}]"


def types_of(params: Params) -> Sequence[str]:
    types: Sequence[str] = params["types"]
    return sorted(NAMED_THERAPIES) if types == "evidence_based" else types


def courses_of(view: View, params: Params) -> list[Course]:
    """The entries that qualify or may, in their order."""
    entries = enumerate(view.entries_of(THERAPY) or ())
    return [course for place, entry in entries if (course := _course(entry, place, params))]


def _course(entry: Mapping[str, Any], place: int, params: Params) -> Course | None:
    kind, sessions = entry.get("type"), entry.get("sessions")
    named = None if kind in (None, "not_sure") else str(kind)
    episode = _in_episode(entry) if params.get("this_episode", True) else True
    benefit = _little_better(entry, params.get("max_improvement"))
    if episode is False or benefit is False or (named and named not in types_of(params)):
        return None
    lacks = {
        "type": named is None,
        "sessions": sessions is None,
        "this_episode": episode is None,
        "improvement": benefit is None,
    }
    many = math.inf if sessions is None else sessions
    return Course(
        place, named, many, tuple(f"{THERAPY}[{place}].{key}" for key, lacking in lacks.items() if lacking)
    )


def _in_episode(entry: Mapping[str, Any]) -> bool | None:
    return {"yes": True, "no": False}.get(entry.get("this_episode", ""))


def _little_better(entry: Mapping[str, Any], most: int | None) -> bool | None:
    if most is None:
        return True
    benefit = BENEFITS.get(entry.get("improvement"))
    return None if benefit is None else benefit.percent_from < LIMITS[most]


def therapy(view: View, params: Params) -> Answer:
    """Whether one type's sessions reach the number; unknown as far as what is not known could reach it."""
    entries = view.entries_of(THERAPY)
    if entries is None:
        return unknown(THERAPY)
    needed, courses = params.get("sessions", SESSIONS), courses_of(view, params)
    open_paths: list[str] = []
    for kind in types_of(params):
        sure = [course for course in courses if course.type == kind and not course.lacks]
        if _sum(sure) >= needed:
            return known(True, *(course.path for course in sure if course.sessions))
        possible = [course for course in courses if course.type in (kind, None)]
        if _sum(possible) >= needed:
            open_paths += [path for course in possible for path in course.lacks]
    if open_paths:
        return unknown(*dict.fromkeys(open_paths))
    return known(False, *([f"{THERAPY}[{place}]" for place, _entry in enumerate(entries)] or [THERAPY]))


def _sum(courses: Sequence[Course]) -> float:
    return sum(course.sessions for course in courses)
