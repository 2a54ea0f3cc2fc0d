"""The arithmetic of one trial in words, for staff: which measure it met, missed, or lacks an answer for."""

from typing import Any

from intake.drugs import Drug
from intake.fields.treatments_tried import BENEFITS
from treatments.rules.thresholds import HALF_BETTER_FROM, LENIENT_WEEKS, STRICT_WEEKS
from treatments.rules.trials import Trial


def report(trial: Trial) -> dict[str, Any]:
    """One row of the assessment's `trials`; the booleans may be None."""
    return {
        "typed": trial.typed,
        "drug": trial.drug.generic if trial.drug else None,
        "class": trial.drug.cls if trial.drug else None,
        "kind": trial.kind,
        "adequate_lenient": trial.adequate_lenient.value,
        "adequate_strict": trial.adequate_strict.value,
        "failed_broad": trial.failed_broad.value,
        "failed_payer": trial.failed_payer.value,
        "why": why(trial),
    }


def why(trial: Trial) -> str:
    """The steps of the judgment in one line, separated by semicolons."""
    if trial.drug is None:
        opening = ["name not recognized: a possible trial, ask which medicine it was"]
    elif trial.kind == "augmentation":
        opening = [f"{trial.drug.generic} is an augmenting drug, not an antidepressant trial"]
    elif trial.kind == "other":
        opening = [f"{trial.drug.generic} is not an antidepressant"]
    elif not trial.drug.counts_as_trial:
        opening = [f"{trial.drug.generic} never counts as an antidepressant trial"]
    else:
        opening = _dose(trial, trial.drug)
    parts = [*opening, _weeks(trial), _taken(trial), _episode(trial), *_alone(trial), _benefit(trial)]
    if trial.intolerance.value:
        parts.append("stopped early for side effects: an intolerance, counted apart")
    others = [drug.generic for drug in trial.match.also]
    if others:
        parts.append(f"also named: {', '.join(others)}")
    return "; ".join(parts)


def _dose(trial: Trial, drug: Drug) -> list[str]:
    dose, least = trial.dose_mg, trial.min_dose_mg
    if least is None:
        given = "" if dose is None else f" {_mg(dose)} mg"
        return [f"{drug.generic}{given}: no minimum dose in the table, the clinician decides"]
    source = drug.min_source.partition(" as ")[0]
    if dose is None:
        return [f"{drug.generic}: dose not known, ask (minimum {_mg(least)} mg, {source})"]
    canmat = drug.canmat_min_mg
    if dose < least:
        parts = [f"{drug.generic} {_mg(dose)} mg: below {_mg(least)} mg ({source}), so not adequate"]
        if canmat is not None and canmat <= dose:
            parts.append(f"meets {_mg(canmat)} (CANMAT), for the clinician to weigh")
        return parts
    parts = [f"{drug.generic} {_mg(dose)} mg >= {_mg(least)} ({source})"]
    if canmat is not None and dose < canmat:
        parts.append(f"below {_mg(canmat)} (CANMAT), for the clinician to weigh")
    if drug.usual_max_mg is not None and dose > drug.usual_max_mg:
        parts.append(f"above the usual maximum of {_mg(drug.usual_max_mg)} mg, check the dose")
    return parts


def _weeks(trial: Trial) -> str:
    lenient, strict = LENIENT_WEEKS.value, STRICT_WEEKS.value
    if trial.weeks is None:
        return f"weeks not known, ask (at least {lenient})"
    weeks = f"{trial.weeks:g} week{'' if trial.weeks == 1 else 's'}"
    if trial.weeks >= strict:
        return f"{weeks} >= {strict}"
    if trial.weeks >= lenient:
        return f"{weeks} >= {lenient}, but below {strict}, so not adequate by the strict measure"
    return f"{weeks}: below {lenient}, so not adequate"


def _taken(trial: Trial) -> str:
    return {
        True: "taken most days",
        False: "not taken most days, so not adequate",
        None: "not known whether taken most days, ask",
    }[trial.taken.value]


def _episode(trial: Trial) -> str:
    return {
        True: "this episode",
        False: "an earlier episode, so not counted",
        None: "not known whether in this episode, ask",
    }[trial.this_episode.value]


def _alone(trial: Trial) -> list[str]:
    if trial.kind in ("augmentation", "other"):
        return []
    if trial.alone.value is None:
        return ["not known whether added to another antidepressant, ask"]
    return (
        [] if trial.alone.value else ["added to another antidepressant: a combination, not a separate trial"]
    )


def _benefit(trial: Trial) -> str:
    benefit = BENEFITS.get(trial.entry.get("improvement"))
    if benefit is None:
        return "benefit not known, ask"
    no_failure = benefit.percent_from >= HALF_BETTER_FROM.value
    return f"{benefit.words}, so not a failure" if no_failure else benefit.words


def _mg(dose: float) -> str:
    return f"{dose:.10g}"
