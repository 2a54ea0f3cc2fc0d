"""Rules S12-S20 and S22: medical emergencies, blood pressure, age, pregnancy and breastfeeding."""

from intake.drugs import Drug
from intake.fields.urgency import SAME_DAY, URGENT
from treatments.rules.criteria.memory import from_memory
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, SUPPORTS, Rule
from treatments.rules.criteria.said import YES, sentence
from treatments.rules.facts import BP_DATE, Facts
from treatments.rules.logic import Answer, all_of, any_of, at_least, below, known, unknown
from treatments.rules.thresholds import (
    ADULT_FROM,
    BP_URGENT_DIASTOLIC,
    BP_URGENT_SYSTOLIC,
    SEROTONIN_SIGNS,
    TMS_FROM,
    YOUNG_ADULT_TO,
)

BIRTH = "about.date_of_birth"
SEX = "about.sex_at_birth"
SYMPTOMS = "health.new_symptoms"
SYSTOLIC, DIASTOLIC = "health.bp_systolic", "health.bp_diastolic"
READING = (SYSTOLIC, DIASTOLIC, BP_DATE)
CHEST_OR_STROKE = "health.chest_pain_or_stroke_signs_now"
WITHDRAWAL = ("substances.withdrawal_symptoms", "substances.stopped_heavy_use_last_7_days")
MEDICINES = ("medicines.list", "antidepressants.trials")


def serotonergic(drug: Drug) -> bool:
    return "serotonergic" in drug.sets


def serotonin_signs(facts: Facts) -> Answer:
    symptoms = facts.value(SYMPTOMS)
    if not isinstance(symptoms, list):
        return unknown(SYMPTOMS)
    return at_least(len(set(symptoms)), SEROTONIN_SIGNS.value, SYMPTOMS)


def serotonin_toxicity(facts: Facts) -> Answer:
    return all_of(serotonin_signs(facts), facts.medicines.takes(serotonergic))


def withdrawal(facts: Facts) -> Answer:
    """A medical emergency: a yes counts without the consent to record substance use."""
    return any_of(*(facts.in_an_emergency(path) for path in WITHDRAWAL))


def bp_in_urgent_range(facts: Facts) -> Answer:
    """Whether either number of a reading that is not old is in the range; an old one is no reading."""
    if facts.old_reading_of is not None:
        return unknown(*READING)
    return _in_urgent_range(facts)


def _in_urgent_range(facts: Facts) -> Answer:
    return any_of(
        facts.number_at_least(SYSTOLIC, BP_URGENT_SYSTOLIC.value),
        facts.number_at_least(DIASTOLIC, BP_URGENT_DIASTOLIC.value),
    )


def bp_emergency(facts: Facts) -> Answer:
    return any_of(bp_in_urgent_range(facts), facts.yes(CHEST_OR_STROKE))


def bp_was_very_high(facts: Facts) -> Answer:
    """Never undecided: it tells what was seen."""
    seen = facts.old_reading_of is not None and bool(_in_urgent_range(facts).value)
    return known(seen, *READING)


def adult(facts: Facts) -> Answer:
    return at_least(facts.age, ADULT_FROM.value, BIRTH)


def under_15(facts: Facts) -> Answer:
    return below(facts.age, TMS_FROM.value, BIRTH)


def from_15_to_17(facts: Facts) -> Answer:
    return all_of(at_least(facts.age, TMS_FROM.value, BIRTH), below(facts.age, ADULT_FROM.value, BIRTH))


def from_18_to_24(facts: Facts) -> Answer:
    return all_of(adult(facts), below(facts.age, YOUNG_ADULT_TO.value + 1, BIRTH))


def pregnant(facts: Facts) -> Answer:
    return facts.yes("health.pregnant")


def breastfeeding(facts: Facts) -> Answer:
    return facts.yes("health.breastfeeding")


def could_become_pregnant(facts: Facts) -> Answer:
    return facts.yes("health.could_become_pregnant")


def age_shown(facts: Facts) -> str:
    return f"Age {facts.age}."


def bp_shown(facts: Facts) -> str:
    systolic, diastolic = (facts.number(path) for path in (SYSTOLIC, DIASTOLIC))
    if systolic is None and diastolic is None:
        return ""
    parts = ("not known" if part is None else f"{part:g}" for part in (systolic, diastolic))
    old = f", on {facts.old_reading_of}: too long ago" if facts.old_reading_of else ""
    return f"Last reading {'/'.join(parts)}{old}."


def _emergency_shown(facts: Facts) -> str:
    signs = "Chest pain or stroke signs now." if facts.yes(CHEST_OR_STROKE).value else ""
    return f"{signs} {bp_shown(facts)}".strip()


def _very_high_shown(facts: Facts) -> str:
    parts = (
        "not known" if part is None else f"{part:g}" for part in map(facts.number, (SYSTOLIC, DIASTOLIC))
    )
    return f"{'/'.join(parts)}, last measured on {facts.old_reading_of}."


def _withdrawal_shown(facts: Facts) -> str:
    return sentence(*(YES[path] for path in WITHDRAWAL if facts.in_an_emergency(path).value))


def _serotonergic_shown(facts: Facts) -> str:
    symptoms = ", ".join(sorted(s.replace("_", " ") for s in set(facts.value(SYMPTOMS))))
    return f"New: {symptoms}. Takes {', '.join(facts.medicines.names(serotonergic))}."


BODY = (
    Rule(
        id="S12",
        condition="Two or more new symptoms (tremor or jerks, sweating or fever, agitation or confusion, "
        "diarrhea, stiffness) while taking a serotonergic drug",
        predicate=serotonin_toxicity,
        reads=(SYMPTOMS, *MEDICINES),
        effects={},
        hold=URGENT,
        reason="Possible serotonin syndrome. It is a clinical diagnosis (Hunter criteria): medical or emergency "
        "care today.",
        shown=_serotonergic_shown,
        from_memory=from_memory("serotonergic"),
        sources=("R1", "R2", "S3", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S13",
        condition="Withdrawal symptoms, or suddenly stopped within seven days what was used heavily or daily: alcohol, "
        "sleeping or nerve pills (benzodiazepines, barbiturates), a seizure medicine. A yes counts also without "
        "consent to record substance use",
        predicate=withdrawal,
        reads=WITHDRAWAL,
        effects={"tms": CLINICIAN_FIRST, "spravato": CLINICIAN_FIRST},
        hold=URGENT,
        reason="Withdrawal can be a medical emergency, and raises the risk of a seizure under TMS.",
        shown=_withdrawal_shown,
        sources=("R2", "T4", "M14", "memory"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="S14",
        condition="Blood pressure of 180 systolic or 120 diastolic or more, measured within 30 days or on an unknown "
        "day, or chest pain or stroke signs now whatever the pressure",
        predicate=bp_emergency,
        reads=(*READING, CHEST_OR_STROKE),
        effects={"spravato": CLINICIAN_FIRST},
        hold=URGENT,
        reason="Possible emergency of blood pressure, heart or brain; esketamine raises blood pressure.",
        shown=_emergency_shown,
        sources=("E2", "memory"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="S15",
        condition="Under 15",
        predicate=under_15,
        reads=(BIRTH,),
        effects={"tms": CLINICIAN_FIRST, "spravato": CLINICIAN_FIRST, "psychotherapy": CAUTION},
        reason="No TMS device is cleared and no label covers this age: pediatric referral, with the guardian.",
        shown=age_shown,
        sources=("T2", "E3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S16",
        condition="Age 15 to 17",
        predicate=from_15_to_17,
        reads=(BIRTH,),
        effects={"tms": CAUTION, "spravato": CLINICIAN_FIRST, "psychotherapy": SUPPORTS},
        reason="TMS only as an add-on, with a device cleared for 15-21. Spravato is not approved under 18. A "
        "guardian's consent is needed.",
        shown=age_shown,
        sources=("T2", "T3", "E3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S17",
        condition="Age 18 to 24",
        predicate=from_18_to_24,
        reads=(BIRTH,),
        effects={"spravato": CAUTION},
        reason="Boxed warning: more suicidal thoughts and behaviors up to 24 on antidepressants, so watch more "
        "closely. (From 18 to 21 TMS is also cleared as an add-on.)",
        shown=age_shown,
        sources=("E3", "T2"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S18",
        condition="Pregnant",
        predicate=pregnant,
        reads=("health.pregnant", SEX),
        effects={"tms": CAUTION, "spravato": CLINICIAN_FIRST, "psychotherapy": SUPPORTS},
        reason="Spravato may harm the unborn child and is not recommended. Data on TMS are few but reassuring. "
        "Psychotherapy first is proposed.",
        sources=("E4", "T13", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S19",
        condition="Breastfeeding",
        predicate=breastfeeding,
        reads=("health.breastfeeding", SEX),
        effects={"spravato": CLINICIAN_FIRST},
        reason="Breastfeeding is not recommended during Spravato.",
        sources=("E4",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S20",
        condition="Could become pregnant without reliable contraception, or plans to",
        predicate=could_become_pregnant,
        reads=("health.could_become_pregnant", SEX),
        effects={"spravato": CAUTION},
        reason="The label asks to plan for or prevent pregnancy during Spravato.",
        sources=("E3",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S22",
        condition="Blood pressure of 180 systolic or 120 diastolic or more, measured more than 30 days before",
        predicate=bp_was_very_high,
        reads=READING,
        effects={},
        hold=SAME_DAY,
        reason="Very high when last measured. Not an emergency of today by itself: measure it again today.",
        shown=_very_high_shown,
        sources=("E2", "proposed"),
        reviewed="2026-11-29",
        verified=False,
    ),
)
