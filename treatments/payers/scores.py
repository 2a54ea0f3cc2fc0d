"""Scores as a policy asks for them: the newest complete one of each scale, and how old it may be."""

from collections.abc import Mapping, Sequence
from typing import Any

from treatments.payers.case import PHQ9, Score, View
from treatments.payers.vocabulary import ANY, SCALES
from treatments.rules.logic import Answer, known, unknown

Params = Mapping[str, Any]


def scales_of(params: Params) -> list[str]:
    """The scales that a check names, in their order."""
    named = params.get("scales", ())
    return [scale for scale in SCALES if scale in params or scale in named or ANY in named]


def newest_of(view: View, params: Params) -> dict[str, Score]:
    """The newest complete score of each scale named."""
    found = {scale: view.newest_score(scale) for scale in scales_of(params)}
    return {scale: score for scale, score in found.items() if score}


def is_fresh(view: View, score: Score, params: Params) -> bool:
    days = params.get("within_days")
    return days is None or view.case.days_since(score.on) <= days


def score_at_least(view: View, params: Params) -> Answer:
    fresh = {
        scale: score for scale, score in newest_of(view, params).items() if is_fresh(view, score, params)
    }
    if not fresh:
        return unknown(*_to_ask(scales_of(params)))
    reached = [score.path for scale, score in fresh.items() if score.total >= params[scale]]
    return known(bool(reached), *(reached or [score.path for score in fresh.values()]))


def score_recorded(view: View, params: Params) -> Answer:
    fresh = [score.path for score in newest_of(view, params).values() if is_fresh(view, score, params)]
    return known(True, *fresh) if fresh else unknown(*_to_ask(scales_of(params)))


def _to_ask(scales: Sequence[str]) -> Sequence[str]:
    """The PHQ-9 where it will do: the person can be asked for it."""
    return (PHQ9,) if "phq9" in scales else [f"scores.{scale}" for scale in scales]
