"""The scores of symptoms: PHQ-9 with its syndrome, PHQ-2 and GAD-7."""

from collections.abc import Mapping
from typing import Any

from intake.scales import GAD7, PHQ9, Scale
from intake.scoring.answers import Points, points_of, section

SYMPTOM_COUNTS_FROM = 2
"""A PHQ-9 symptom is present from "more than half the days" (P1)."""
ITEM_9_COUNTS_FROM = 1
"""Thoughts of death or self-harm are present from "several days" (P1)."""
MAJOR_FROM = 5
OTHER_FROM = 2


def phq9(document: Mapping[str, Any]) -> dict[str, Any]:
    """{"total": 0-27, "band", "syndrome": major | other | none}; total and syndrome None when an item is missing."""
    points = _phq9_points(document)
    result = _total_and_band(points, PHQ9)
    result["syndrome"] = None if points.missing else _syndrome([p for p in points.points if p is not None])
    return _with_missing(result, points)


def phq2(document: Mapping[str, Any]) -> dict[str, Any]:
    """{"total": 0-6, "positive"} from the first two PHQ-9 items; one item of 3 settles a positive."""
    whole = _phq9_points(document)
    points = Points(whole.path, whole.points[:2], whole.highest[:2])
    positive = points.reaches(PHQ9.cut_offs["phq2_positive"])
    return _with_missing({"total": points.total, "positive": positive}, points)


def gad7(document: Mapping[str, Any]) -> dict[str, Any]:
    """{"total": 0-21, "band"}; the total is None when any item is missing."""
    answers = section(document, "anxiety").get("gad7")
    points = points_of(answers, GAD7.scored_items, "anxiety.gad7")
    return _with_missing(_total_and_band(points, GAD7), points)


def _phq9_points(document: Mapping[str, Any]) -> Points:
    return points_of(section(document, "mood").get("phq9"), PHQ9.scored_items, "mood.phq9")


def _total_and_band(points: Points, scale: Scale) -> dict[str, Any]:
    """The band stands where no value of the missing items could change it."""
    lowest, highest = scale.band_of(points.lowest_total), scale.band_of(points.highest_total)
    return {"total": points.total, "band": lowest if lowest == highest else None}


def _syndrome(points: list[int]) -> str:
    """The PHQ-9 diagnostic algorithm on nine known items (P1): a prompt to look, never a diagnosis.

    It also needs impairment, and no bereavement, mania, or medical or drug cause: a clinician's part.
    """
    present = [p >= SYMPTOM_COUNTS_FROM for p in points[:8]] + [points[8] >= ITEM_9_COUNTS_FROM]
    if not (present[0] or present[1]):
        return "none"
    if sum(present) >= MAJOR_FROM:
        return "major"
    return "other" if sum(present) >= OTHER_FROM else "none"


def _with_missing(result: dict[str, Any], points: Points) -> dict[str, Any]:
    return {**result, "missing": points.missing} if points.missing else result
