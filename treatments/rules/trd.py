"""Treatment-resistant depression: every definition side by side, from the same facts per trial.

Each definition is yes, no or needs_records; not_applicable with a bipolar diagnosis. None of them is the
truth: the founding documents, the label, consensus papers and payers differ, and staff see all.
"""

from collections.abc import Callable
from typing import Any

from treatments.rules.logic import Answer, all_of
from treatments.rules.thresholds import LENIENT_WEEKS, SIX_MONTHS, TRD_TRIALS
from treatments.rules.trial import Trial
from treatments.rules.trials import Trials, adequate_failure, payer_failure

NEEDED = TRD_TRIALS.value

Definition = Callable[[Trials], Answer]


def broad(trials: Trials) -> Answer:
    """Two or more different antidepressants, adequate by the lenient measure, each under 50 % better."""
    return trials.drugs_at_least(NEEDED, adequate_failure)


def payer(trials: Trials) -> Answer:
    """Failures in two or more classes, adequate by the strict measure, each under 25 % better
    [T10][P7][P9][P10]."""
    return trials.classes_at_least(NEEDED, payer_failure)


def label(trials: Trials) -> Answer:
    """Different antidepressants of adequate dose and duration in the current episode [E3]."""
    return broad(trials)


def esketamine_trials(trials: Trials) -> Answer:
    """Under 25 % better after six weeks or more by MGH-ATRQ, current episode [M9][P10]."""
    return trials.drugs_at_least(NEEDED, payer_failure)


def eu_pearl(trials: Trials) -> Answer:
    """Failed treatments, under 25 % better, adequate dose and duration; four weeks at least [M7]."""
    return trials.drugs_at_least(NEEDED, _eu_pearl_failure)


def delphi(trials: Trials) -> Answer:
    """Adequate trials with under 50 % benefit, four weeks at least [M8]."""
    return broad(trials)


def athf(trials: Trials) -> Answer:
    """Dose takes priority, four weeks at least; neither regularity nor the episode is rated [M11]."""
    return trials.drugs_at_least(NEEDED, _athf_failure)


def seed_004(trials: Trials) -> Answer:
    """Different categories, adequate by the lenient measure, for six months or more without significant
    benefit [S4]. Shown for comparison only: six months is in no label or consensus [M7][M8]."""
    return trials.classes_at_least(NEEDED, _six_month_failure)


DEFINITIONS: dict[str, Definition] = {
    "label": label,
    "esketamine_trials": esketamine_trials,
    "eu_pearl": eu_pearl,
    "delphi": delphi,
    "athf": athf,
    "seed_004": seed_004,
}

WORDS = {True: "yes", False: "no", None: "needs_records"}


def waits_for_clinician(trials: Trials, definition: Definition) -> bool:
    """Whether all that leaves a definition open was answered, and only a clinician's judgment can settle it."""
    found = definition(trials)
    judged = {path for trial in trials.listed for path in trial.for_the_clinician}
    return found.value is None and judged.issuperset(found.paths)


def for_the_clinician(trials: Trials) -> list[str]:
    """The names of the definitions, `broad` and `payer` among them, that only a judgment leaves open."""
    named = {"broad": broad, "payer": payer, **DEFINITIONS}
    return [name for name, definition in named.items() if waits_for_clinician(trials, definition)]


def trd(trials: Trials, *, bipolar: bool) -> dict[str, Any]:
    """The assessment's `trd`. `adequate_failures` counts the distinct drugs that surely failed."""

    def said(definition: Definition) -> str:
        return "not_applicable" if bipolar else WORDS[definition(trials).value]

    return {
        "adequate_failures": len(trials.sure(adequate_failure)),
        "broad": said(broad),
        "payer": said(payer),
        "definitions": {name: said(definition) for name, definition in DEFINITIONS.items()},
    }


def _eu_pearl_failure(trial: Trial) -> Answer:
    return all_of(trial.adequate_lenient, trial.failed_payer)


def _athf_failure(trial: Trial) -> Answer:
    long_enough = trial.lasted(LENIENT_WEEKS.value)
    return all_of(trial.counts, trial.alone, trial.dose, long_enough, trial.failed_broad)


def _six_month_failure(trial: Trial) -> Answer:
    return all_of(trial.adequate_lenient, trial.lasted(SIX_MONTHS.value), trial.failed_broad)
