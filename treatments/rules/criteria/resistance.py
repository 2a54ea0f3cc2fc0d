"""Rules D01, D02, D04 and D08: what the trials amount to, for a medication consult, payers and a second opinion.

None of them says that anything is documented: they tell what the person reports, and what is missing of it.
"""

from collections.abc import Iterable

from treatments.rules.criteria.rule import Rule
from treatments.rules.criteria.safety.mind import DIAGNOSIS
from treatments.rules.criteria.shared import (
    INSURER,
    PHQ9,
    TRIAL_FIELDS,
    adequate_shown,
    failures_shown,
    fewer_than_two_adequate_trials,
    insurer_shown,
    phq9_at_least,
    phq9_shown,
    unless_bipolar,
)
from treatments.rules.criteria.therapy import THERAPY, therapy_course_done
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known
from treatments.rules.staging import READS as STAGING_FIELDS
from treatments.rules.staging import many_failures_or_high_stage, maudsley
from treatments.rules.thresholds import MSM_SEVERE_FROM, PHQ9_PAYER_FROM, VNS_FAILURES
from treatments.rules.trd import payer, waits_for_clinician
from treatments.rules.trial import TRIALS
from treatments.rules.trial_words import payer_gaps, shortfalls
from treatments.rules.trials import adequate_failure, payer_failure


def few_or_short_trials(facts: Facts) -> Answer:
    return any_of(fewer_than_two_adequate_trials(facts), facts.trials.any_short())


def payer_trd_open(facts: Facts) -> Answer:
    """Never undecided: it tells what is missing, so records that are needed are missing."""
    met = payer(facts.trials)
    return unless_bipolar(facts, known(not met.value, *(met.paths or (TRIALS,))))


def many_failures(facts: Facts) -> Answer:
    return unless_bipolar(facts, many_failures_or_high_stage(facts))


def payer_pattern_met(facts: Facts) -> Answer:
    severe_enough = phq9_at_least(facts, PHQ9_PAYER_FROM.value)
    return unless_bipolar(facts, all_of(severe_enough, payer(facts.trials), therapy_course_done(facts)))


def _optimization_shown(facts: Facts) -> str:
    """Which alternative held, and the trials that fall short; adequate ones only where they are too few."""
    few = adequate_shown(facts) if fewer_than_two_adequate_trials(facts).value else ""
    short = sorted(shortfalls(trial) for trial in facts.trials.listed if trial.falls_short.value)
    return f"{few} {_listed('Falls short', short)}".strip()


def _payer_shown(facts: Facts) -> str:
    trials = facts.trials
    known_or_not = "not met" if payer(trials).value is False else "not known to be met"
    gaps = [gap for trial in trials.listed if trial.kind != "augmentation" and (gap := payer_gaps(trial))]
    missing = [*sorted(gaps), *_not_named(facts)] or ["failures in two classes"]
    said = f"By the person's own account the commonest payer pattern is {known_or_not}."
    judged = "What is open is the clinician's to decide." if waits_for_clinician(trials, payer) else ""
    parts = (said, judged, _classes(facts), _listed("Missing", missing), insurer_shown(facts))
    return " ".join(part for part in parts if part)


def _not_named(facts: Facts) -> list[str]:
    """What may have been tried besides, and is no entry."""
    trials = facts.trials
    if not trials.unlisted:
        return []
    bases = [f"{name} (named as a base only)" for name in sorted(trials.bases)]
    if trials.forgotten == 0:
        return bases
    count = "others, not known how many" if trials.forgotten == float("inf") else f"{trials.forgotten} more"
    return [*bases, f"{count}, names not known"]


def _classes(facts: Facts) -> str:
    """The failures that fit the pattern, with their classes."""
    fit = [f"{drug.generic} ({drug.cls})" for drug in facts.trials.sure(payer_failure)]
    return _listed("Fits the pattern", fit) if fit else "No trial fits the pattern."


def _many_failures_shown(facts: Facts) -> str:
    """Which alternative held; VNS is named only after so many failures that its label asks for."""
    failures = len(facts.trials.sure(adequate_failure))
    stage = maudsley(facts)
    severe = stage is not None and stage["total"] >= MSM_SEVERE_FROM.value
    parts = [failures_shown(facts)]
    if severe and stage:
        parts.append(f"Maudsley {stage['total']} ({stage['band']}).")
    if failures >= VNS_FAILURES.value:
        parts.append("After four failures VNS may be named as well.")
    return " ".join(parts)


def _pattern_shown(facts: Facts) -> str:
    return f"{phq9_shown(facts)} {_classes(facts)} {insurer_shown(facts)}"


def _listed(title: str, parts: Iterable[str]) -> str:
    text = ", ".join(parts)
    return f"{title}: {text}." if text else ""


RESISTANCE = (
    Rule(
        id="D01",
        condition="Fewer than two adequate trials, or a trial of this episode below the minimum dose, under four "
        "weeks or not taken most days",
        predicate=few_or_short_trials,
        reads=TRIAL_FIELDS,
        effects={},
        reason="Possible pseudo-resistance: suggest a medication optimization consult, and ask for pharmacy "
        "records.",
        shown=_optimization_shown,
        sources=("S1", "S4", "G1", "T10"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="D02",
        condition="TRD (payer) is not met or needs records: two classes, six weeks, under 25 % better, taken "
        "most days",
        predicate=payer_trd_open,
        reads=(*TRIAL_FIELDS, DIAGNOSIS, INSURER),
        effects={},
        reason="Payers commonly ask for failures in two classes, six weeks each, under 25 % better, taken most "
        "days; nothing is documented yet.",
        shown=_payer_shown,
        sources=("T10", "P7", "P10", "P11"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="D04",
        condition="Three or more adequate failures, or two and a Maudsley score of 11 or more",
        predicate=many_failures,
        reads=STAGING_FIELDS,
        effects={},
        reason="Inform about ECT and a second opinion elsewhere.",
        shown=_many_failures_shown,
        sources=("S0", "S3", "G2", "M1", "T18", "proposed"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="D08",
        condition="PHQ-9 of 15 or more, TRD (payer), and a course of therapy done",
        predicate=payer_pattern_met,
        reads=(PHQ9, *TRIAL_FIELDS, THERAPY, DIAGNOSIS, INSURER),
        effects={},
        reason="By the person's own account the commonest payer pattern is met: two classes, six weeks each, "
        "PHQ-9 of 15 or more, a course of therapy. Nothing is documented yet; some payers ask for an "
        "augmentation, a PHQ-9 over 15 or over 19, or eight weeks.",
        shown=_pattern_shown,
        sources=("T9", "P7", "P8", "P11"),
        reviewed="2026-11-29",
        verified=False,
    ),
)
