"""Rules S12-S20: medical emergencies, age, pregnancy and breastfeeding."""

from intake.drugs import Drug
from intake.fields.urgency import URGENT
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, SUPPORTS, Rule
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, at_least, below, unknown
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
    return any_of(*(facts.yes(path) for path in WITHDRAWAL))


def bp_in_urgent_range(facts: Facts) -> Answer:
    return any_of(
        facts.number_at_least(SYSTOLIC, BP_URGENT_SYSTOLIC.value),
        facts.number_at_least(DIASTOLIC, BP_URGENT_DIASTOLIC.value),
    )


def bp_emergency(facts: Facts) -> Answer:
    return any_of(bp_in_urgent_range(facts), facts.yes(CHEST_OR_STROKE))


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
    return f"Last reading {'/'.join(parts)}."


def _emergency_shown(facts: Facts) -> str:
    signs = "Chest pain or stroke signs now." if facts.yes(CHEST_OR_STROKE).value else ""
    return f"{signs} {bp_shown(facts)}".strip()


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
        sources=("R1", "R2", "S3", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S13",
        condition="Withdrawal symptoms from alcohol, benzodiazepines or barbiturates, or heavy daily use stopped "
        "within seven days",
        predicate=withdrawal,
        reads=WITHDRAWAL,
        effects={"tms": CLINICIAN_FIRST, "spravato": CLINICIAN_FIRST},
        hold=URGENT,
        reason="Withdrawal can be a medical emergency, and raises the risk of a seizure under TMS.",
        sources=("R2", "T4", "memory"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S14",
        condition="Blood pressure of 180 systolic or 120 diastolic or more, or chest pain or stroke signs now "
        "whatever the pressure",
        predicate=bp_emergency,
        reads=(SYSTOLIC, DIASTOLIC, CHEST_OR_STROKE),
        effects={"spravato": CLINICIAN_FIRST},
        hold=URGENT,
        reason="Possible emergency of blood pressure, heart or brain; esketamine raises blood pressure.",
        shown=_emergency_shown,
        sources=("E2", "memory"),
        reviewed="2026-11-20",
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
)
