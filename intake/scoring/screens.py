"""The short screens that end in positive or negative: AUDIT-C, the drug question and PC-PTSD-5."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from intake.scales import AUDIT_C, DRUG_ITEM, PC_PTSD5
from intake.scoring.answers import by_sex, points_of, section, yeses_of


def audit_c(document: Mapping[str, Any]) -> dict[str, Any]:
    """{"total": 0-12, "positive"}; positive stands where the answers at hand already settle it."""
    answers = _substances(document).get("audit_c")
    points = points_of(answers, AUDIT_C.scored_items, "substances.audit_c")
    positive, sex = by_sex(document, points, male=AUDIT_C.cut_offs["male"], female=AUDIT_C.cut_offs["female"])
    return _result({"total": points.total, "positive": positive}, points.missing + sex)


def drug_item(document: Mapping[str, Any]) -> dict[str, Any]:
    """{"times": number in the past year, "positive"}."""
    times = _substances(document).get("drug_use_past_year")
    if isinstance(times, bool) or not isinstance(times, int | float) or not (isfinite(times) and times >= 0):
        return {"times": None, "positive": None, "missing": ["substances.drug_use_past_year"]}
    return {"times": times, "positive": times >= DRUG_ITEM.cut_offs["positive"]}


def pc_ptsd5(document: Mapping[str, Any], *, cutoff_women: int) -> dict[str, Any]:
    """{"total": 0-5, "positive"}: no traumatic event is 0.

    While it is unknown whether there was an event the total is unknown and only a negative can stand:
    yeses about an event that may not have been are not counted as reaching the cut-off.
    """
    allowed = (PC_PTSD5.cut_offs["positive_women_option"], PC_PTSD5.cut_offs["positive"])
    if cutoff_women not in allowed:
        raise ValueError(f"pc_ptsd5_cutoff_women: {cutoff_women!r} is not one of {allowed}")
    anxiety = section(document, "anxiety")
    event = anxiety.get("trauma_event")
    if event == "no":
        return {"total": 0, "positive": False}
    points = yeses_of(anxiety.get("pc_ptsd5"), PC_PTSD5.scored_items, "anxiety.pc_ptsd5")
    positive, sex = by_sex(document, points, male=PC_PTSD5.cut_offs["positive"], female=cutoff_women)
    if event == "yes":
        return _result({"total": points.total, "positive": positive}, points.missing + sex)
    return {
        "total": None,
        "positive": False if positive is False else None,
        "missing": ["anxiety.trauma_event"],
    }


def _substances(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers on substances; none without the person's separate consent (42 CFR Part 2)."""
    if section(document, "consent").get("substance_use_agreed") != "yes":
        return {}
    return section(document, "substances")


def _result(result: dict[str, Any], missing: list[str]) -> dict[str, Any]:
    return {**result, "missing": missing} if missing else result
