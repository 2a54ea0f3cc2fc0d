"""Rules E03-E07, E13, E14, E16, E19 and E21: illnesses that bear on esketamine."""

from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, Rule
from treatments.rules.criteria.safety.body import (
    DIASTOLIC,
    READING,
    SYSTOLIC,
    bp_in_urgent_range,
    bp_shown,
)
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.criteria.shared import KETAMINE
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, above, all_of, any_of, known, negate, unknown
from treatments.rules.thresholds import BP_HIGH_DIASTOLIC, BP_HIGH_SYSTOLIC

HYPERTENSION = "health.high_blood_pressure"
HEART = ("health.heart_disease", "health.pacemaker_or_defibrillator")
LIVER = "health.liver_disease"
MEMORY = "health.memory_disorder"
PSYCHOSIS_EVER = "history.psychosis_ever"
DISSOCIATION = f"{KETAMINE}.severe_dissociation"


def aneurysm_or_avm(facts: Facts) -> Answer:
    return facts.yes("health.aneurysm_or_avm")


def brain_bleed(facts: Facts) -> Answer:
    return facts.yes("health.brain_bleed")


def ketamine_allergy(facts: Facts) -> Answer:
    return facts.yes("medicines.ketamine_allergy")


def bp_raised(facts: Facts) -> Answer:
    """Either number above 140/90, and neither in the urgent range; an old reading is none."""
    if facts.old_reading_of is not None:
        return unknown(*READING)
    systolic = above(facts.number(SYSTOLIC), BP_HIGH_SYSTOLIC.value, SYSTOLIC)
    diastolic = above(facts.number(DIASTOLIC), BP_HIGH_DIASTOLIC.value, DIASTOLIC)
    return all_of(any_of(systolic, diastolic), negate(bp_in_urgent_range(facts)))


def bp_not_known(facts: Facts) -> Answer:
    """Never undecided: a reading lacks when either number does, or when it is old."""
    if facts.old_reading_of is not None:
        return known(True, *READING)
    lacking = tuple(path for path in (SYSTOLIC, DIASTOLIC) if facts.number(path) is None)
    return known(bool(lacking), *(lacking or (SYSTOLIC, DIASTOLIC)))


def heart_risk(facts: Facts) -> Answer:
    unmeasured = all_of(facts.yes(HYPERTENSION), bp_not_known(facts))
    return any_of(unmeasured, *(facts.yes(path) for path in HEART))


def psychosis_ever(facts: Facts) -> Answer:
    return facts.yes(PSYCHOSIS_EVER)


def _heart_shown(facts: Facts) -> str:
    unmeasured = bool(facts.yes(HYPERTENSION).value and bp_not_known(facts).value)
    pressure = ("high blood pressure without a reading of the last 30 days",) if unmeasured else ()
    return f"{sentence(*pressure, *said_yes(facts, HEART))} {bp_shown(facts)}".strip()


def _memory_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, (MEMORY, DISSOCIATION)))


def severe_liver_disease(facts: Facts) -> Answer:
    return facts.is_one_of(LIVER, "severe")


def moderate_liver_disease(facts: Facts) -> Answer:
    return facts.is_one_of(LIVER, "moderate")


def bladder_pain(facts: Facts) -> Answer:
    return facts.yes("health.bladder_pain")


def memory_or_severe_dissociation(facts: Facts) -> Answer:
    return any_of(facts.yes(MEMORY), facts.of_course(KETAMINE, facts.yes(DISSOCIATION)))


ILLNESS = (
    Rule(
        id="E03",
        condition="Aneurysm (brain, chest, belly, limb) or arteriovenous malformation, even if repaired",
        predicate=aneurysm_or_avm,
        reads=("health.aneurysm_or_avm",),
        effects={"spravato": CLINICIAN_FIRST},
        reason="Contraindicated by the label: aneurysmal vascular disease or a malformation.",
        sources=("E3",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E04",
        condition="Bleeding in the brain in the past",
        predicate=brain_bleed,
        reads=("health.brain_bleed",),
        effects={"spravato": CLINICIAN_FIRST},
        reason="Contraindicated by the label: earlier bleeding in the brain.",
        sources=("E3",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E05",
        condition="Allergy to esketamine or ketamine",
        predicate=ketamine_allergy,
        reads=("medicines.ketamine_allergy",),
        effects={"spravato": CLINICIAN_FIRST},
        reason="Contraindicated by the label: allergy to esketamine or ketamine.",
        sources=("E3",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E06",
        condition="Last blood pressure, not more than 30 days ago, 141-179 systolic or 91-119 diastolic, neither in "
        "S14's range",
        predicate=bp_raised,
        reads=READING,
        effects={"spravato": CAUTION},
        reason="Weigh the short rise of blood pressure under esketamine against the benefit; treat the pressure "
        "first.",
        shown=bp_shown,
        sources=("E2",),
        reviewed="2026-11-29",
    ),
    Rule(
        id="E07",
        condition="High blood pressure without a known reading of the last 30 days, or any heart disease, or a "
        "pacemaker or defibrillator",
        predicate=heart_risk,
        reads=(HYPERTENSION, *READING, *HEART),
        effects={"spravato": CAUTION},
        reason="Risk factors of the heart and the vessels make harm from a rise in blood pressure more likely.",
        shown=_heart_shown,
        sources=("E3", "E6"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="E13",
        condition="Severe liver disease (Child-Pugh C)",
        predicate=severe_liver_disease,
        reads=(LIVER,),
        effects={"spravato": CLINICIAN_FIRST},
        reason="Not recommended in severe liver disease (a copy of the monograph was seen, not the label).",
        sources=("E8", "E9b"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="E19",
        condition="Moderate liver disease (Child-Pugh B)",
        predicate=moderate_liver_disease,
        reads=(LIVER,),
        effects={"spravato": CAUTION},
        reason="Higher levels that last longer in moderate liver disease: watch for longer.",
        sources=("E8",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E14",
        condition="Bladder pain or interstitial cystitis",
        predicate=bladder_pain,
        reads=("health.bladder_pain",),
        effects={"spravato": CAUTION},
        reason="Cystitis with ulcers has been reported with drugs of the ketamine kind.",
        sources=("E9",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E16",
        condition="Dementia or another memory disorder, or severe dissociation under ketamine before",
        predicate=memory_or_severe_dissociation,
        reads=(MEMORY, f"{KETAMINE}.had", DISSOCIATION),
        effects={"spravato": CAUTION},
        reason="The label warns of dissociation and of impaired thinking.",
        shown=_memory_shown,
        sources=("E3", "E6"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E21",
        condition="Psychosis ever",
        predicate=psychosis_ever,
        reads=(PSYCHOSIS_EVER,),
        effects={"spravato": CAUTION},
        reason="The label asks to assess psychosis carefully and to weigh benefit against risk; payers ask for the "
        "history.",
        sources=("E5", "P10", "P11"),
        reviewed="2026-11-29",
        verified=False,
    ),
)
