"""Staging of treatment resistance: Thase-Rush [M2], Maudsley (MSM) [M1] and MGH-S [M3].

Research scales, not a treatment decision. They count what is documented: failures and augmentations that
are sure. Severity in the MSM is mapped from the PHQ-9, which is proposed and not validated. MGH-S counts
failures, augmentations and ECT, but not optimization.
"""

from dataclasses import dataclass
from typing import Any

from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known
from treatments.rules.thresholds import (
    MANY_FAILURES,
    MGH_S_AUGMENTATIONS,
    MGH_S_ECT,
    MSM_ACUTE_TO,
    MSM_FAILURES_1_TO,
    MSM_FAILURES_2_TO,
    MSM_FAILURES_3_TO,
    MSM_FAILURES_4_TO,
    MSM_MODERATE_FROM,
    MSM_SEVERE_FROM,
    MSM_SUBACUTE_TO,
    PHQ9_MILD_FROM,
    PHQ9_MODERATE_FROM,
    PHQ9_SEVERE_FROM,
    TRD_TRIALS,
)
from treatments.rules.trial import MORE, TRIALS, Trial
from treatments.rules.trials import adequate_failure

EPISODE = "history.episode_months"
ECT = "other_treatments.ect"
PSYCHOSIS = (
    "history.hears_or_sees",
    "history.feels_plotted_against",
    "history.deserves_punishment",
    "history.voices_command",
)
READS = (
    TRIALS,
    MORE,
    EPISODE,
    f"{ECT}.had",
    "mood.phq9",
    *PSYCHOSIS,
    "history.bipolar_diagnosis",
)
"""Every field that staging reads, but for ECT's sides (Thase-Rush only)."""

# Each that is passed is a point more.
SEVERER_FROM = (PHQ9_MILD_FROM, PHQ9_MODERATE_FROM, PHQ9_SEVERE_FROM)
MORE_FAILURES_THAN = (MSM_FAILURES_1_TO, MSM_FAILURES_2_TO, MSM_FAILURES_3_TO, MSM_FAILURES_4_TO)


def psychosis(facts: Facts) -> Answer:
    """Any sign of psychosis now."""
    return any_of(*(facts.yes(path) for path in PSYCHOSIS))


def staging(facts: Facts) -> dict[str, Any]:
    """The assessment's `staging`; all None in bipolar disorder, MSM and MGH-S None without a failure."""
    if facts.bipolar:
        return {"thase_rush": None, "maudsley": None, "mgh_s": None}
    return {
        "thase_rush": thase_rush(facts),
        "maudsley": maudsley(facts),
        "mgh_s": mgh_s(facts),
    }


def thase_rush(facts: Facts) -> str:
    """0 no failure, I one class, II two, III with a TCA, IV with an MAOI too, V with bilateral ECT too."""
    classes = {drug.cls for drug in facts.trials.sure(adequate_failure)}
    if len(classes) < 2:
        return "I" if classes else "0"
    if "TCA" not in classes:
        return "II"
    if "MAOI" not in classes:
        return "III"
    return "V" if facts.of_course(ECT, facts.yes(f"{ECT}.bilateral")).value else "IV"


def mgh_s(facts: Facts) -> int | float | None:
    """One per failure of six weeks or more, a half per augmenting drug, three for ECT."""
    ect = facts.yes(f"{ECT}.had").value
    if ect is None or _augmentations_open(facts) or not facts.trials.sure(adequate_failure):
        return None
    points = len(facts.trials.sure(_strict_failure)) + len(_augmentations(facts)) / MGH_S_AUGMENTATIONS.value
    points += MGH_S_ECT.value if ect else 0
    return int(points) if points == int(points) else points


@dataclass(frozen=True, slots=True)
class Maudsley:
    """The MSM without its parts for failures and augmentation, and the fields it lacks."""

    points: int
    lacks: tuple[str, ...]


def many_failures_or_high_stage(facts: Facts) -> Answer:
    """Three or more adequate failures, or two and an MSM of 11 or more, as far as the answers settle it."""
    many = facts.trials.drugs_at_least(MANY_FAILURES.value, adequate_failure)
    return many if many.value else any_of(many, _severe_stage(facts))


def maudsley(facts: Facts) -> dict[str, Any] | None:
    """{"total", "band"}; None without a failure and where a part is unknown."""
    failures, base = len(facts.trials.sure(adequate_failure)), _base(facts)
    if not failures or base.lacks:
        return None
    total = base.points + _failure_points(failures) + bool(_augmentations(facts))
    return {"total": total, "band": _band(total)}


def _severe_stage(facts: Facts) -> Answer:
    """Whether the MSM is severe after two failures; trials that may yet count leave open what they could change."""
    trials = facts.trials
    failed = trials.drugs_at_least(TRD_TRIALS.value, adequate_failure)
    if failed.value is False:
        return failed
    base = _base(facts)
    if base.lacks:
        return Answer(None, base.lacks)
    # A third failure would decide by itself, so what two come to is all that is asked here.
    least = base.points + _failure_points(TRD_TRIALS.value) + bool(_augmentations(facts))
    most = base.points + _failure_points(TRD_TRIALS.value) + _maybe_augmented(facts)
    if most < MSM_SEVERE_FROM.value:
        return known(False, EPISODE, "mood.phq9", TRIALS)
    if failed.value and least >= MSM_SEVERE_FROM.value:
        return known(True, EPISODE, "mood.phq9", TRIALS)
    return Answer(None, _open_paths(facts))


def _open_paths(facts: Facts) -> tuple[str, ...]:
    """The fields that would settle how many failures and augmentations there were."""
    trials = facts.trials
    answers = [adequate_failure(trial) for trial in trials.listed]
    answers += [_augments(trial) for trial in trials.listed]
    paths = [path for answer in answers if answer.value is None for path in answer.paths]
    return tuple(dict.fromkeys((*paths, *(trials.ask if trials.unlisted else ()))))


def _base(facts: Facts) -> Maudsley:
    lacks: list[str] = []
    months = facts.number(EPISODE)
    if months is None:
        lacks.append(EPISODE)
        months = 0
    severity, missing = _severity(facts)
    ect = facts.yes(f"{ECT}.had")
    lacks += [*missing, *(ect.paths if ect.value is None else ()), *_augmentations_open(facts)]
    duration = 1 + (months > MSM_ACUTE_TO.value) + (months > MSM_SUBACUTE_TO.value)
    return Maudsley(duration + severity + bool(ect.value), tuple(lacks))


def _severity(facts: Facts) -> tuple[int, tuple[str, ...]]:
    """1 to 5 and the fields it lacks: psychosis now is 5 whatever the PHQ-9."""
    psychotic = psychosis(facts)
    if psychotic.value:
        return 5, ()
    total = facts.scores["phq9"]["total"]
    lacks = psychotic.paths if psychotic.value is None else ()
    if total is None:
        return 0, (*lacks, *facts.scores["phq9"]["missing"])
    return 1 + sum(total >= each.value for each in SEVERER_FROM), lacks


def _failure_points(failures: float) -> int:
    return 1 + sum(failures > each.value for each in MORE_FAILURES_THAN)


def _band(total: int) -> str:
    if total >= MSM_SEVERE_FROM.value:
        return "severe"
    return "moderate" if total >= MSM_MODERATE_FROM.value else "mild"


def _strict_failure(trial: Trial) -> Answer:
    return all_of(trial.adequate_strict, trial.failed_broad)


def _augments(trial: Trial) -> Answer:
    """Whether this entry is an augmentation of this episode; a name not recognized may be one."""
    if trial.drug and trial.drug.kind != "augmentation":
        return known(False, TRIALS)
    return trial.this_episode if trial.drug else all_of(trial.counts, trial.this_episode)


def _augmentations(facts: Facts) -> set[str]:
    """The distinct augmenting drugs that were surely entered as trials of this episode."""
    return {trial.key for trial in facts.trials.listed if _augments(trial).value}


def _augmentations_open(facts: Facts) -> tuple[str, ...]:
    """The fields to ask about augmenting drugs of an unknown episode."""
    answers = [_augments(trial) for trial in facts.trials.listed if trial.drug]
    return tuple(path for answer in answers if answer.value is None for path in answer.paths)


def _maybe_augmented(facts: Facts) -> bool:
    listed = any(_augments(trial).value is not False for trial in facts.trials.listed)
    return listed or facts.trials.forgotten > 0
