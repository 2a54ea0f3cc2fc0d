"""Rules D03, D05-D07, D09 and D10: causes and other options."""

from treatments.rules.criteria.rule import SUPPORTS, Rule
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.criteria.shared import (
    PHQ9,
    any_yes,
    phq9_at_least,
    phq9_shown,
)
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, known, negate
from treatments.rules.thresholds import PHQ9_MODERATE_FROM

MEDICAL = (
    "health.thyroid_disease",
    "health.anaemia",
    "health.vitamin_deficiency",
    "health.sleep_apnoea",
    "health.chronic_pain",
    "health.autoimmune_disease",
    "health.steroid_interferon_isotretinoin",
)
INTERESTED = "reason.interested_in"
UNAPPROVED = {"ketamine_iv": "IV ketamine", "psilocybin": "psilocybin"}
BIRTH_GIVEN = "history.gave_birth_last_12_months"
VETERAN = "about.veteran"
LANGUAGE = "language"


def medical_contributor(facts: Facts) -> Answer:
    return any_yes(facts, MEDICAL)


def asks_for_unapproved(facts: Facts) -> Answer:
    """To be not sure asks for nothing."""
    return facts.includes(INTERESTED, *UNAPPROVED)


def postpartum(facts: Facts) -> Answer:
    return facts.yes(BIRTH_GIVEN)


def below_usual_severity(facts: Facts) -> Answer:
    return negate(phq9_at_least(facts, PHQ9_MODERATE_FROM.value))


def veteran(facts: Facts) -> Answer:
    return facts.yes(VETERAN)


def prefers_spanish(facts: Facts) -> Answer:
    """Never open: an intake without a language is in English."""
    return known(facts.value(LANGUAGE) == "es", LANGUAGE)


def _unapproved_shown(facts: Facts) -> str:
    chosen = facts.value(INTERESTED)
    return f"Asks for {' and '.join(words for key, words in UNAPPROVED.items() if key in chosen)}."


def _causes_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, MEDICAL))


def _interpreter_shown(facts: Facts) -> str:
    return "An interpreter is needed." if facts.yes("about.interpreter_needed").value else ""


DOCUMENTATION = (
    Rule(
        id="D03",
        condition="Thyroid disease, anemia, vitamin deficiency, sleep apnea, chronic pain, autoimmune disease, "
        "or a steroid, interferon or isotretinoin",
        predicate=medical_contributor,
        reads=MEDICAL,
        effects={},
        reason="A medical cause may contribute: primary care, laboratory tests.",
        shown=_causes_shown,
        sources=("S1", "S4", "G1"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="D05",
        condition="Asks for IV ketamine or psilocybin",
        predicate=asks_for_unapproved,
        reads=(INTERESTED,),
        effects={},
        reason="Ketamine is off-label, not FDA-approved for psychiatric use; psilocybin is investigational: "
        "point to the trial finder.",
        shown=_unapproved_shown,
        sources=("K1", "K2", "K3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="D06",
        condition="Gave birth within the last 12 months",
        predicate=postpartum,
        reads=(BIRTH_GIVEN, "about.sex_at_birth"),
        effects={"psychotherapy": SUPPORTS},
        reason="Postpartum: perinatal psychiatry; zuranolone exists for postpartum depression.",
        sources=("K4",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="D07",
        condition="PHQ-9 below 10",
        predicate=below_usual_severity,
        reads=(PHQ9,),
        effects={},
        reason="Less severe now than the usual thresholds: confirm the episode, or the aim of preventing relapse.",
        shown=phq9_shown,
        sources=("P1",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="D09",
        condition="Veteran",
        predicate=veteran,
        reads=(VETERAN,),
        effects={},
        reason="Show the Veterans Crisis Line: 988 then press 1, or text 838255.",
        sources=("N1",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="D10",
        condition="The intake is in Spanish",
        before_routing=True,
        predicate=prefers_spanish,
        reads=(LANGUAGE,),
        effects={},
        reason="Spanish: 988 then press 2, or text AYUDA; offer an interpreter.",
        shown=_interpreter_shown,
        sources=("N1",),
        reviewed="2026-11-20",
    ),
)
