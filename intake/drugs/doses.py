"""A daily dose as it is compared with the table: converted, unknown where it can't be one, far too high asked.

`treatments/rules/trials.py` reads it: `compared_mg` against `least_mg` decides the dose; either being None
leaves it unknown. `words` says what was done, for staff; it is empty where the number stands as given.
"""

from dataclasses import dataclass, replace
from typing import Literal

from intake.drugs import forms
from intake.drugs.match import PATCH, WEEKLY, Match
from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug

Above = Literal["no", "above", "far_above"]

FAR_ABOVE = 1.5  # times the usual maximum; proposed
APLENZIN = {174: 150, 348: 300, 522: 450}  # mg of hydrobromide: mg of bupropion hydrochloride [M13]
IN_MICROGRAMS = frozenset(
    {"liothyronine", "levothyroxine", "desiccated thyroid", "levothyroxine-liothyronine"}
)
_SYMBYAX_FROM = 25  # mg; a lower number is olanzapine's


@dataclass(frozen=True, slots=True)
class DoseReading:
    """One dose, read. `ask` is the answer of the trial that would settle it where it is unknown."""

    compared_mg: float | None
    least_mg: float | None
    words: str = ""
    above_usual_maximum: Above = "no"
    ask: Literal["dose_mg", "drug"] = "dose_mg"


def dose_of(match: Match, dose_mg: float | None, typed: str = "") -> DoseReading:
    """The dose of a recognized drug; `typed` is what was written in the dose box, where that was kept."""
    match = _with_words_of_dose(match, typed)
    least = match.min_dose_mg
    if match.route_open:
        return DoseReading(
            None,
            None,
            "selegiline without a route: patch or tablet, ask which (an MAOI either way)",
            ask="drug",
        )
    if match.form == WEEKLY:
        return DoseReading(None, None, f"{_weekly(dose_mg)} is not a daily dose, the clinician decides")
    if dose_mg is None or match.drug is None:
        return DoseReading(None, least)
    if in_micrograms(match.drug):
        return DoseReading(as_stored(match.drug, dose_mg), least, shown(match.drug, dose_mg))
    if "aplenzin" in match.names:
        converted = APLENZIN.get(int(dose_mg)) if float(dose_mg).is_integer() else None
        if converted is None:
            return DoseReading(None, least, f"{_mg(dose_mg)} is no strength of Aplenzin, ask the dose")
        return DoseReading(converted, least, f"Aplenzin {_mg(dose_mg)} = bupropion {converted} mg")
    if match.product == "olanzapine-fluoxetine" and dose_mg < _SYMBYAX_FROM:
        return DoseReading(None, least, f"{_mg(dose_mg)} is olanzapine's part of Symbyax, ask fluoxetine's")
    return _beside_the_maximum(match, match.drug, dose_mg)


def in_micrograms(drug: Drug) -> bool:
    """Whether its doses are written and shown in micrograms."""
    return drug.generic in IN_MICROGRAMS


def as_stored(drug: Drug, number: float) -> float:
    """A bare number in mg: of a thyroid hormone, 1 and more is micrograms."""
    return number / 1000 if in_micrograms(drug) and number >= 1 else number


def shown(drug: Drug, dose_mg: float) -> str:
    """A dose in words: `150 mg`, or `25 micrograms` of a thyroid hormone."""
    if in_micrograms(drug):
        return f"{as_stored(drug, dose_mg) * 1000:.10g} micrograms"
    return _mg(dose_mg)


def _with_words_of_dose(match: Match, typed: str) -> Match:
    """The match with what the dose's own words tell of its form: `90 mg once a week`, `6 mg/24 h`."""
    tokens = normalize(typed[:200]).split()
    if not tokens or match.drug is None:
        return match
    if match.drug.generic == "fluoxetine" and forms.is_weekly(tokens):
        return replace(match, form=WEEKLY)
    if match.route_open and (route := forms.route(tokens)):
        return replace(match, form=route, drug=match.drug if route == PATCH else TABLE["selegiline oral"])
    return match


def _beside_the_maximum(match: Match, drug: Drug, dose_mg: float) -> DoseReading:
    most, least = match.usual_max_mg, match.min_dose_mg
    if drug.kind != "antidepressant" or most is None or dose_mg <= most:
        return DoseReading(dose_mg, least)
    if dose_mg > FAR_ABOVE * most:
        words = f"{_mg(dose_mg)} is far above the usual {_mg(most)}: is that right?"
        return DoseReading(None, least, words, "far_above")
    return DoseReading(dose_mg, least, f"above the usual maximum of {_mg(most)}, check the dose", "above")


def _weekly(dose_mg: float | None) -> str:
    return "a dose once a week" if dose_mg is None else f"{_mg(dose_mg)} once a week"


def _mg(dose_mg: float) -> str:
    return f"{dose_mg:.10g} mg"
