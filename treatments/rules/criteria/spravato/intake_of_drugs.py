"""Rules E08-E12: medicines, alcohol and drugs that bear on esketamine.

What a person said of substance use stands in a reason like any answer: a reader without the grant is shown the
account of the answers without it (`reading/redaction.py`).
"""

from treatments.rules.criteria.memory import from_memory
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, Rule
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.criteria.shared import (
    AUDIT_C,
    MEDICINE_FIELDS,
    any_yes,
    cns_depressant,
    stimulant,
    takes_shown,
)
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, any_of
from treatments.rules.medicines import is_maoi
from treatments.rules.thresholds import AUDIT_C_DAILY, DRUG_USE_FROM

CANNABIS = "substances.cannabis"
DRUG_USE = "substances.drug_use_past_year"
PAST_DISORDER = "substances.past_substance_use_disorder"
MISUSE_NOW = ("substances.ketamine_misuse_now", "substances.substance_use_disorder_now")


def takes_maoi(facts: Facts) -> Answer:
    return facts.medicines.takes(is_maoi)


def takes_stimulant(facts: Facts) -> Answer:
    return facts.medicines.takes(stimulant)


def takes_depressant_or_drinks_daily(facts: Facts) -> Answer:
    daily = facts.item_at_least(AUDIT_C, 0, AUDIT_C_DAILY.value)
    return any_of(facts.medicines.takes(cns_depressant), daily)


def substance_use_to_assess(facts: Facts) -> Answer:
    return any_of(
        facts.number_at_least(DRUG_USE, DRUG_USE_FROM.value),
        facts.positive("audit_c", AUDIT_C),
        facts.yes(PAST_DISORDER),
    )


def misuse_now(facts: Facts) -> Answer:
    return any_yes(facts, MISUSE_NOW)


def also_sedating(facts: Facts) -> list[str]:
    """What may sedate as well and is shown without an effect: not what E10 names already."""
    found = facts.medicines.in_order(lambda drug: "sedating" in drug.sets and not cns_depressant(drug))
    daily = ["cannabis"] if facts.value(CANNABIS) == "daily" else []
    return list(dict.fromkeys((*found, *daily)))


def _maoi_shown(facts: Facts) -> str:
    return takes_shown(facts, is_maoi)


def _stimulant_shown(facts: Facts) -> str:
    return takes_shown(facts, stimulant)


def _depressant_shown(facts: Facts) -> str:
    daily = facts.item_at_least(AUDIT_C, 0, AUDIT_C_DAILY.value).value
    drinks = "Drinks four or more times a week." if daily else ""
    return f"{takes_shown(facts, cns_depressant)} {drinks}".strip()


def _substance_use_shown(facts: Facts) -> str:
    times = facts.number(DRUG_USE) or 0
    drugs = f"drug use {times:g} times in the past year" if times >= DRUG_USE_FROM.value else ""
    drinks = "AUDIT-C positive" if facts.positive("audit_c", AUDIT_C).value else ""
    return sentence(drugs, drinks, *said_yes(facts, (PAST_DISORDER,)))


def _misuse_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, MISUSE_NOW))


INTAKE_OF_DRUGS = (
    Rule(
        id="E08",
        condition="Takes an MAOI",
        predicate=takes_maoi,
        reads=MEDICINE_FIELDS,
        effects={"spravato": CAUTION},
        reason="An MAOI may raise blood pressure with esketamine. The safety program's form of 2024 asks for it, the "
        "maker's present overview does not name it; which is in force today is not verified.",
        shown=_maoi_shown,
        from_memory=from_memory("maoi"),
        sources=("E6", "E7", "E9a"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="E09",
        condition="Takes a stimulant (amphetamine, methylphenidate, modafinil, armodafinil, solriamfetol, phentermine "
        "and its kind)",
        predicate=takes_stimulant,
        reads=MEDICINE_FIELDS,
        effects={"spravato": CAUTION},
        reason="A stimulant may raise blood pressure with esketamine; the safety program's form asks for it.",
        shown=_stimulant_shown,
        from_memory=from_memory("stimulant"),
        sources=("E6", "E7", "E9a"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="E10",
        condition="Takes a drug that slows the brain (benzodiazepine, z-hypnotic, opioid, sodium oxybate, orexin "
        "antagonist, some muscle relaxants), or drinks alcohol four or more times a week",
        predicate=takes_depressant_or_drinks_daily,
        reads=(*MEDICINE_FIELDS, AUDIT_C),
        effects={"spravato": CAUTION},
        reason="More sedation and slower breathing with esketamine; the safety program's form asks for what may "
        "sedate.",
        shown=_depressant_shown,
        from_memory=from_memory("cns_depressant"),
        sources=("E6", "E7", "E9a"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="E11",
        condition="Drug use once or more in the past year, AUDIT-C positive, or a past substance use disorder",
        predicate=substance_use_to_assess,
        reads=(DRUG_USE, AUDIT_C, PAST_DISORDER, "about.sex_at_birth"),
        effects={"spravato": CAUTION},
        reason="Boxed warning of abuse and misuse: assess substance use first and check the prescription "
        "monitoring program. Some payers exclude an active disorder.",
        shown=_substance_use_shown,
        sources=("E3", "P8"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E12",
        condition="Misuses ketamine now, or has a substance use disorder now",
        predicate=misuse_now,
        reads=MISUSE_NOW,
        effects={"spravato": CLINICIAN_FIRST},
        reason="Boxed warning of abuse and misuse, and payers exclude it: a clinician decides first.",
        shown=_misuse_shown,
        sources=("E3", "P8"),
        reviewed="2026-11-20",
    ),
)
