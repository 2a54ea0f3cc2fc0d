"""The arithmetic of one trial in words, for staff: which measure it met, missed, or lacks an answer for."""

from typing import Any

from intake.drugs import Drug
from intake.fields.treatments_tried import BENEFITS
from treatments.rules.logic import Answer
from treatments.rules.thresholds import (
    CITALOPRAM_LOWER_FROM,
    CITALOPRAM_LOWER_MAX,
    HALF_BETTER_FROM,
    LENIENT_WEEKS,
    STRICT_WEEKS,
)
from treatments.rules.trial import Trial

NO_MINIMUM = "no minimum dose in the table, the clinician decides"
FADED = "helped, then stopped helping: the clinician decides whether it failed"


def report(trial: Trial, age: int | None = None) -> dict[str, Any]:
    """One row of the assessment's `trials`; the booleans may be None. `age` is in whole years."""
    return {
        "typed": trial.typed,
        "drug": trial.drug.generic if trial.drug else None,
        "class": trial.drug.cls if trial.drug else None,
        "kind": trial.kind,
        "combination": trial.tie.combination,
        "added_to": trial.addition.generic,
        "adequate_lenient": trial.adequate_lenient.value,
        "adequate_strict": trial.adequate_strict.value,
        "failed_broad": trial.failed_broad.value,
        "failed_payer": trial.failed_payer.value,
        "why": why(trial, age),
    }


def why(trial: Trial, age: int | None = None) -> str:
    """The steps of the judgment in one line, separated by semicolons."""
    if trial.drug is None:
        opening = ["name not recognized: a possible trial, ask which medicine it was"]
    elif trial.kind == "augmentation":
        opening = [f"{trial.drug.generic} is an augmenting drug, not an antidepressant trial"]
    elif trial.kind == "other":
        opening = [f"{trial.drug.generic} is not an antidepressant"]
    elif trial.counts.value is False:
        opening = [f"{trial.drug.generic} never counts as an antidepressant trial"]
    else:
        opening = [*_counts(trial), *_dose(trial, trial.drug), *_older(trial.drug, age)]
    parts = [*opening, _weeks(trial), _taken(trial), _episode(trial), trial.tie.words, _benefit(trial)]
    if trial.intolerance.value:
        parts.append("stopped early for side effects: an intolerance, counted apart")
    others = [drug.generic for drug in trial.match.also]
    if others:
        parts.append(f"also named: {', '.join(others)}")
    return "; ".join(part for part in parts if part)


def shortfalls(trial: Trial) -> str:
    """How a trial of this episode falls short in dose, weeks or regularity: a few words each."""
    lenient = LENIENT_WEEKS.value
    parts = (
        (trial.dose, f"{_given(trial)} is below {_least(trial)}"),
        (trial.lasted(lenient), f"{_so_long(trial)}, fewer than {lenient}"),
        (trial.taken, "not taken most days"),
    )
    return _named(trial, [words for answer, words in parts if answer.value is False])


def payer_gaps(trial: Trial) -> str:
    """What a trial lacks of the commonest payer pattern, or what is not known of it; empty if nothing."""
    strict = STRICT_WEEKS.value
    unmet = (
        (trial.counts, "no antidepressant trial"),
        (trial.alone, trial.tie.words),
        (trial.dose, f"{_given(trial)} is below {_least(trial)}"),
        (trial.lasted(strict), f"{_so_long(trial)}, fewer than {strict}"),
        (trial.taken, "not taken most days"),
        (trial.this_episode, "an earlier episode"),
        (trial.failed_payer, _benefit(trial).removesuffix(", so not a failure")),
    )
    lacking = [words for answer, words in unmet if answer.value is False]
    return _named(trial, lacking or _open(trial))


def _open(trial: Trial) -> list[str]:
    """What is not known of a trial, in the order of the payer pattern."""
    asked: tuple[tuple[Answer, str], ...] = (
        (trial.counts, "not known whether it counts" if trial.drug else "name not recognized"),
        (trial.alone, trial.tie.words),
        (trial.dose, _dose_open(trial) if trial.drug else "dose not judged"),
        (trial.lasted(STRICT_WEEKS.value), "weeks not known"),
        (trial.taken, "not known whether taken most days"),
        (trial.this_episode, "episode not known"),
        (trial.failed_payer, FADED if trial.faded else "benefit not known"),
    )
    return [words for answer, words in asked if answer.value is None]


def _named(trial: Trial, parts: list[str]) -> str:
    name = trial.drug.generic if trial.drug else f"“{trial.typed}”"
    return f"{name} ({'; '.join(parts)})" if parts else ""


def _counts(trial: Trial) -> list[str]:
    return ["not known whether taken for depression, so whether it counts: ask"] * (
        trial.counts.value is None
    )


def _dose_open(trial: Trial) -> str:
    """Why the dose is not judged."""
    if trial.reading.words:
        return trial.reading.words
    return "dose not known" if trial.dose_mg is None else NO_MINIMUM


def _dose(trial: Trial, drug: Drug) -> list[str]:
    reading, source = trial.reading, drug.min_source.partition(" as ")[0]
    dose, least = reading.compared_mg, reading.least_mg
    if dose is None and reading.words:
        return [reading.words if drug.generic in reading.words else f"{drug.generic}: {reading.words}"]
    if dose is None and least is not None:
        return [f"{drug.generic}: dose not known, ask (minimum {_mg(least)} mg, {source})"]
    if dose is None:
        return [f"{drug.generic}: {NO_MINIMUM}"]
    above = [reading.words] if reading.above_usual_maximum != "no" else []
    read = [reading.words] if reading.words and not above else []
    if least is None:
        return [*read, f"{drug.generic} {_mg(dose)} mg: {NO_MINIMUM}", *above]
    return [*read, *_compared(drug, dose, least, source), *above]


def _compared(drug: Drug, dose: float, least: float, source: str) -> list[str]:
    """The dose beside the minimum, and beside CANMAT's where that decides otherwise."""
    canmat = drug.canmat_min_mg
    if dose < least:
        parts = [f"{drug.generic} {_mg(dose)} mg: below {_mg(least)} mg ({source}), so not adequate"]
        if canmat is not None and canmat <= dose:
            parts.append(f"meets {_mg(canmat)} (CANMAT), for the clinician to weigh")
        return parts
    parts = [f"{drug.generic} {_mg(dose)} mg >= {_mg(least)} ({source})"]
    if canmat is not None and dose < canmat:
        parts.append(f"below {_mg(canmat)} (CANMAT), for the clinician to weigh")
    return parts


def _older(drug: Drug, age: int | None) -> list[str]:
    """Citalopram's lower maximum from an age on: words only, nothing is judged by it."""
    if drug.generic != "citalopram" or age is None or age < CITALOPRAM_LOWER_FROM.value:
        return []
    return [f"maximum {CITALOPRAM_LOWER_MAX.value} mg from age {CITALOPRAM_LOWER_FROM.value}"]


def _weeks(trial: Trial) -> str:
    lenient, strict = LENIENT_WEEKS.value, STRICT_WEEKS.value
    if trial.weeks is None:
        return f"weeks not known, ask (at least {lenient})"
    weeks = _so_long(trial)
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


def _benefit(trial: Trial) -> str:
    benefit = BENEFITS.get(trial.entry.get("improvement"))
    if benefit is None:
        return "benefit not known, ask"
    if trial.faded:
        return f"{benefit.words}; {FADED}"
    no_failure = benefit.percent_from >= HALF_BETTER_FROM.value
    return f"{benefit.words}, so not a failure" if no_failure else benefit.words


def _given(trial: Trial) -> str:
    dose = trial.reading.compared_mg
    return "dose not known" if dose is None else f"{_mg(dose)} mg"


def _least(trial: Trial) -> str:
    return "no minimum" if trial.min_dose_mg is None else f"{_mg(trial.min_dose_mg)} mg"


def _so_long(trial: Trial) -> str:
    if trial.weeks is None:
        return "weeks not known"
    chosen = trial.entry.get("weeks_choice")
    if chosen is not None:
        return "under 4 weeks (chosen)" if chosen == "under_4" else f"{trial.weeks:g} weeks or more (chosen)"
    return f"{trial.weeks:g} week{'' if trial.weeks == 1 else 's'}"


def _mg(dose: float) -> str:
    return f"{dose:.10g}"
