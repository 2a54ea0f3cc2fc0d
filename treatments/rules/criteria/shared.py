"""Predicates and words that rules of several families share."""

from intake.drugs import Drug
from intake.fields.treatments_tried import BENEFITS
from treatments.rules.criteria.safety.mind import DIAGNOSIS
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known, negate
from treatments.rules.medicines import Test
from treatments.rules.thresholds import GAD7_FROM, HALF_BETTER_FROM, TRD_TRIALS
from treatments.rules.trial import MORE, TRIALS
from treatments.rules.trials import adequate, adequate_failure

PHQ9 = "mood.phq9"
GAD7 = "anxiety.gad7"
AUDIT_C = "substances.audit_c"
TMS, KETAMINE = "other_treatments.tms", "other_treatments.ketamine"
ECT, VNS = "other_treatments.ect", "other_treatments.vns"
TRIAL_FIELDS = (TRIALS, MORE)
MEDICINE_FIELDS = ("medicines.list", TRIALS)

HALF_OR_MORE = tuple(
    str(key) for key, benefit in BENEFITS.items() if benefit.percent_from >= HALF_BETTER_FROM.value
)
UNDER_HALF = tuple(str(key) for key in BENEFITS if key not in HALF_OR_MORE)
INSURER = "practical.insurer"


def unless_bipolar(facts: Facts, answer: Answer) -> Answer:
    """Not met with a bipolar diagnosis; while that is unknown, as in unipolar depression."""
    return known(False, DIAGNOSIS) if facts.bipolar else answer


def any_yes(facts: Facts, paths: tuple[str, ...]) -> Answer:
    return any_of(*(facts.yes(path) for path in paths))


def phq9_at_least(facts: Facts, total: int) -> Answer:
    return facts.total_at_least("phq9", PHQ9, total)


def gad7_moderate(facts: Facts) -> Answer:
    return facts.total_at_least("gad7", GAD7, GAD7_FROM.value)


def fewer_than_two_adequate_trials(facts: Facts) -> Answer:
    return negate(facts.trials.drugs_at_least(TRD_TRIALS.value, adequate))


def half_better(facts: Facts, group: str) -> Answer:
    """Whether a treatment that was had helped by half or more."""
    return facts.of_course(group, facts.is_one_of(f"{group}.improvement", *HALF_OR_MORE))


def ended_under_half(facts: Facts, group: str) -> Answer:
    """Whether a course that was had and is over helped by less than half."""
    little = facts.is_one_of(f"{group}.improvement", *UNDER_HALF)
    return all_of(facts.yes(f"{group}.had"), facts.no(f"{group}.now"), little)


def benefit_shown(facts: Facts, group: str) -> str:
    """How much a course helped, in words."""
    benefit = BENEFITS.get(facts.value(f"{group}.improvement"))
    return benefit.words if benefit else "not known"


def insurer_shown(facts: Facts) -> str:
    """Whose rules to check: the insurer as typed, where one was."""
    insurer = facts.value(INSURER)
    named = " ".join(insurer.split()) if isinstance(insurer, str) else ""
    return f"Check the rules of {named}." if named else "Check the rules of the payer; no insurer was named."


def phq9_shown(facts: Facts) -> str:
    return f"PHQ-9 {facts.scores['phq9']['total']}."


def gad7_shown(facts: Facts) -> str:
    return f"GAD-7 {facts.scores['gad7']['total']}."


def failures_shown(facts: Facts) -> str:
    names = ", ".join(drug.generic for drug in facts.trials.sure(adequate_failure))
    return f"Adequate and failed: {names}." if names else ""


def adequate_shown(facts: Facts) -> str:
    names = ", ".join(drug.generic for drug in facts.trials.sure(adequate))
    return f"Adequate trials: {names or 'none'}."


def takes_shown(facts: Facts, test: Test) -> str:
    """The drugs taken now that pass the test."""
    names = ", ".join(facts.medicines.names(test))
    return f"Takes {names}." if names else ""


def lowers_seizure_threshold(drug: Drug) -> bool:
    return "lowers_seizure_threshold" in drug.sets or stimulant(drug)


def stimulant(drug: Drug) -> bool:
    return "stimulant" in drug.sets


def cns_depressant(drug: Drug) -> bool:
    return "cns_depressant" in drug.sets


def contains_bupropion(drug: Drug) -> bool:
    return "bupropion_containing" in drug.sets


def stops_seizures(drug: Drug) -> bool:
    """Stopping it suddenly can bring a seizure."""
    return "stop_seizure" in drug.sets
