"""Rules D11, D12 and D16: alerts to the person who prescribes."""

from collections.abc import Iterator, Mapping
from typing import Any

from intake.drugs import resolve
from intake.fields.urgency import SAME_DAY
from treatments.rules.criteria.maoi import (
    RECENT,
    beside_a_recent_maoi,
    is_antidepressant,
    maoi_interaction,
    pairs_now,
    pairs_with_stopped,
)
from treatments.rules.criteria.memory import from_memory
from treatments.rules.criteria.rule import Rule
from treatments.rules.criteria.safety.body import BIRTH, WITHDRAWAL
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.criteria.shared import MEDICINE_FIELDS, any_yes, contains_bupropion, takes_shown
from treatments.rules.criteria.tms.screening import BRAIN, SEIZURE
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known, unknown
from treatments.rules.medicines import TRIALS, is_maoi, text_of
from treatments.rules.thresholds import YOUNG_ADULT_TO

BUPROPION_RISKS = ("health.eating_disorder", SEIZURE, *WITHDRAWAL)
SIGNS = {
    "worse": "feels worse",
    "restless_or_agitated": "restless or agitated",
    "energy_without_mood": "more energy without a better mood",
    "more_tired": "more tired",
    "stopped_working": "stopped working",
}


def bupropion_contraindicated(facts: Facts) -> Answer:
    return all_of(any_yes(facts, BUPROPION_RISKS), facts.medicines.takes(contains_bupropion))


def warning_signs(facts: Facts) -> Answer:
    """Open where a drug is still taken and nobody asked for signs; an empty list is none."""
    trials = facts.value(TRIALS)
    if not isinstance(trials, list):
        return unknown(TRIALS)
    return any_of(*(_signs_of(trial, f"{TRIALS}[{place}]") for place, trial in enumerate(trials)))


def _signs_of(trial: Mapping[str, Any], path: str) -> Answer:
    signs, drug, taken = trial.get("warning_signs"), resolve(text_of(trial)).drug, trial.get("still_taking")
    return all_of(
        known(taken == "yes", TRIALS) if taken in ("yes", "no") else unknown(f"{path}.still_taking"),
        unknown(f"{path}.drug") if drug is None else known(is_antidepressant(drug), TRIALS),
        unknown(f"{path}.warning_signs") if signs is None else known(bool(signs), TRIALS),
    )


def _with_signs(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    for trial in facts.value(TRIALS):
        drug = resolve(text_of(trial)).drug
        if _signs_of(trial, "").value and drug is not None:
            yield drug.generic, trial["warning_signs"]


def _signs_shown(facts: Facts) -> str:
    found = list(_with_signs(facts))
    said = {sign for _drug, signs in found for sign in signs}
    words = [f"On {drug}: {', '.join(SIGNS[sign] for sign in signs)}." for drug, signs in found]
    young = facts.age is not None and facts.age <= YOUNG_ADULT_TO.value
    if young and said & {"worse", "restless_or_agitated"}:
        words.append("Boxed warning up to 24 years: watch closely for new suicidal thoughts.")
    if "energy_without_mood" in said:
        words.append("Ask about mixed or bipolar features (S11).")
    return " ".join(words)


def _bupropion_shown(facts: Facts) -> str:
    brain = said_yes(facts, BRAIN)
    caution = f"The label also asks for caution with {', '.join(brain)}." if brain else ""
    return f"{takes_shown(facts, contains_bupropion)} {sentence(*said_yes(facts, BUPROPION_RISKS))} {caution}".strip()


def _pairs_shown(facts: Facts) -> str:
    """Every pair by name, and every MAOI that the list marks as stopped."""
    now = {tuple(sorted((pair.maoi.name, pair.other.name))) for pair in pairs_now(facts) if pair.answer.value}
    words = [f"Takes {first} with {second}." for first, second in sorted(now)]
    words += [
        f"Takes {pair.maoi.name}, stopped {pair.other.name} lately (fluoxetine needs 5 weeks, others 2)."
        for pair in pairs_with_stopped(facts)
        if pair.answer.value
    ]
    if recent := beside_a_recent_maoi(facts):
        words.append(f"Stopped an MAOI within 14 days and takes {', '.join(recent)}.")
    if stopped := facts.medicines.names_stopped(is_maoi):
        words.append(f"MAOI marked as stopped: {', '.join(stopped)}.")
    return " ".join(words)


PRESCRIBING = (
    Rule(
        id="D11",
        condition="Takes bupropion or a product that contains it, with an eating disorder, any seizure, withdrawal "
        "symptoms, or heavy or daily use of alcohol, sleeping or nerve pills or a seizure medicine stopped suddenly",
        predicate=bupropion_contraindicated,
        reads=(*BUPROPION_RISKS, *MEDICINE_FIELDS, *BRAIN),
        effects={},
        hold=SAME_DAY,
        reason="Bupropion is contraindicated in seizure disorder, in bulimia or anorexia, and when alcohol, "
        "benzodiazepines, barbiturates or antiepileptics are stopped abruptly: alert the prescriber today.",
        shown=_bupropion_shown,
        from_memory=from_memory("bupropion_containing"),
        sources=("M10", "M14", "proposed"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="D12",
        condition="An MAOI taken now, or stopped in the last 14 days, together with another antidepressant, another "
        "MAOI, a stimulant or a drug of the set maoi_interaction taken now; or an MAOI taken now with an "
        "antidepressant marked as stopped. Levodopa beside rasagiline, safinamide or oral selegiline is no pair",
        predicate=maoi_interaction,
        reads=(RECENT, *MEDICINE_FIELDS),
        effects={},
        hold=SAME_DAY,
        reason="Risk of serotonin toxicity or a blood pressure crisis: a prescriber or pharmacist checks the list "
        "today.",
        shown=_pairs_shown,
        from_memory=from_memory("maoi", "maoi_interaction", "stimulant", stopped=("maoi",)),
        sources=("R1", "R3", "R5", "memory"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="D16",
        condition="An antidepressant still taken, with a warning sign since it was begun or its dose changed: worse, "
        "restless or agitated, energy without mood, more tired, stopped working",
        predicate=warning_signs,
        reads=(TRIALS, BIRTH),
        effects={},
        reason="Warning signs on a medicine taken now: tell the prescriber.",
        shown=_signs_shown,
        sources=("S3", "E3"),
        reviewed="2026-11-29",
    ),
)
