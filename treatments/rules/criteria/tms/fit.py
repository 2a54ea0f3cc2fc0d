"""Rules T10 and T12-T17: whether TMS fits what the person has and has tried."""

from treatments.rules.criteria.rule import CAUTION, SUPPORTS, Rule
from treatments.rules.criteria.safety.body import BIRTH, adult
from treatments.rules.criteria.safety.mind import DIAGNOSIS
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.criteria.shared import (
    ECT,
    GAD7,
    KETAMINE,
    PHQ9,
    TMS,
    TRIAL_FIELDS,
    adequate_shown,
    any_yes,
    benefit_shown,
    ended_under_half,
    failures_shown,
    gad7_moderate,
    gad7_shown,
    half_better,
    phq9_at_least,
    phq9_shown,
    unless_bipolar,
)
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, negate
from treatments.rules.thresholds import INTOLERANCES, PHQ9_MODERATE_FROM
from treatments.rules.trials import adequate, adequate_failure, intolerance

OTHER_CLEARANCES = ("health.ocd", "reason.wants_to_stop_smoking")
FIVE_DAYS = "practical.can_attend_5_days"


def tms_helped(facts: Facts) -> Answer:
    return half_better(facts, TMS)


def matches_device_indication(facts: Facts) -> Answer:
    failed = facts.trials.drugs_at_least(1, adequate_failure)
    severe_enough = phq9_at_least(facts, PHQ9_MODERATE_FROM.value)
    return unless_bipolar(facts, all_of(adult(facts), severe_enough, failed))


def matches_with_anxiety(facts: Facts) -> Answer:
    return all_of(matches_device_indication(facts), gad7_moderate(facts))


def other_clearance(facts: Facts) -> Answer:
    return any_yes(facts, OTHER_CLEARANCES)


def cannot_attend(facts: Facts) -> Answer:
    return facts.no(FIVE_DAYS)


def another_course_now(facts: Facts) -> Answer:
    return any_of(*(facts.of_course(group, facts.yes(f"{group}.now")) for group in (KETAMINE, ECT)))


def _course_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, (f"{KETAMINE}.now", f"{ECT}.now")))


def _other_clearance_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, OTHER_CLEARANCES))


def no_adequate_trial(facts: Facts) -> Answer:
    """Nor intolerance to two drugs, which policies accept in its place."""
    trials = facts.trials
    stopped = trials.drugs_at_least(INTOLERANCES.value, intolerance)
    return negate(any_of(trials.drugs_at_least(1, adequate), stopped))


def earlier_tms_too_little(facts: Facts) -> Answer:
    """An earlier course under 50 %; one with a serious event is T11."""
    return all_of(ended_under_half(facts, TMS), facts.no(f"{TMS}.serious_event"))


def _no_trial_shown(facts: Facts) -> str:
    early = ", ".join(drug.generic for drug in facts.trials.sure(intolerance))
    stopped = f"Stopped early for side effects, one where two are needed: {early}." if early else ""
    return f"{adequate_shown(facts)} {stopped}".strip()


def _earlier_tms_shown(facts: Facts) -> str:
    return f"Its benefit: {benefit_shown(facts, TMS)}."


def _indication_shown(facts: Facts) -> str:
    return f"{phq9_shown(facts)} {failures_shown(facts)}"


FIT = (
    Rule(
        id="T10",
        condition="Earlier TMS with 50 % benefit or more",
        predicate=tms_helped,
        reads=(f"{TMS}.had", f"{TMS}.improvement"),
        effects={"tms": SUPPORTS},
        reason="TMS helped by half or more before: payers allow treatment again after a response.",
        sources=("T7", "T10"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="T12",
        condition="Age 18 or more, PHQ-9 of 10 or more, an adequate failed antidepressant trial in this episode, "
        "and no bipolar diagnosis",
        predicate=matches_device_indication,
        reads=(BIRTH, PHQ9, *TRIAL_FIELDS, DIAGNOSIS),
        effects={"tms": SUPPORTS},
        reason="Matches the devices' indication: an adult with depression that an antidepressant has not "
        "improved enough in this episode.",
        shown=_indication_shown,
        sources=("T1",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T13",
        condition="T12, and GAD-7 of 10 or more",
        predicate=matches_with_anxiety,
        reads=(BIRTH, PHQ9, *TRIAL_FIELDS, DIAGNOSIS, GAD7),
        effects={"tms": SUPPORTS},
        reason="A device is also cleared for lessening anxiety that comes with adult depression.",
        shown=gad7_shown,
        sources=("T1",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T14",
        condition="Obsessive-compulsive disorder, or a wish to stop smoking",
        predicate=other_clearance,
        reads=OTHER_CLEARANCES,
        effects={},
        reason="For information: TMS has separate clearances for OCD and for stopping smoking.",
        shown=_other_clearance_shown,
        sources=("T16",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T15",
        condition="Cannot attend about five days a week for four to six weeks",
        predicate=cannot_attend,
        reads=(FIVE_DAYS,),
        effects={"tms": CAUTION},
        reason="The usual course is hard to attend: consider an accelerated one (five days, SAINT).",
        sources=("S1", "S3", "T1"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T16",
        condition="No adequate antidepressant trial in this episode, and no intolerance to two drugs or more",
        predicate=no_adequate_trial,
        reads=TRIAL_FIELDS,
        effects={"tms": CAUTION},
        reason="The devices' indication and payers ask for at least one failed trial.",
        shown=_no_trial_shown,
        sources=("T1", "T7"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T17",
        condition="Earlier TMS, over now and without a serious event, with less than 50 % benefit",
        predicate=earlier_tms_too_little,
        reads=tuple(f"{TMS}.{key}" for key in ("had", "now", "improvement", "serious_event")),
        effects={"tms": CAUTION},
        reason="An earlier course of TMS helped by less than half: ask whether it was complete; payers treat "
        "again after a response.",
        shown=_earlier_tms_shown,
        sources=("T7", "T10", "proposed"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="T18",
        condition="A course of Spravato or ketamine, or of ECT, now",
        predicate=another_course_now,
        reads=(f"{KETAMINE}.had", f"{KETAMINE}.now", f"{ECT}.had", f"{ECT}.now"),
        effects={"tms": CAUTION},
        reason="Some payers refuse TMS beside another course, and ketamine is on the TMS guideline's seizure list.",
        shown=_course_shown,
        sources=("P9", "P11", "memory"),
        reviewed="2026-11-29",
        verified=False,
    ),
)
