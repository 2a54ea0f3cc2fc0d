"""Rules E01, E02, E15, E17, E18, E20 and E22: whether esketamine fits what was tried and what can be arranged."""

from treatments.rules.criteria.rule import CAUTION, SUPPORTS, Rule
from treatments.rules.criteria.safety.body import BIRTH, adult
from treatments.rules.criteria.safety.mind import DIAGNOSIS
from treatments.rules.criteria.said import said_no, said_yes, sentence
from treatments.rules.criteria.shared import (
    ECT,
    KETAMINE,
    TMS,
    TRIAL_FIELDS,
    VNS,
    adequate_shown,
    benefit_shown,
    ended_under_half,
    failures_shown,
    fewer_than_two_adequate_trials,
    half_better,
    unless_bipolar,
)
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of
from treatments.rules.trd import broad

RIDE, STAY, DRIVE = "practical.ride_home", "practical.can_stay_2_hours", "practical.must_drive_same_day"
TWICE_WEEKLY = "practical.can_attend_twice_weekly"
COURSES = (TMS, ECT, VNS)
KINDS = {"spravato": "Spravato", "iv": "ketamine through a drip", "other": "ketamine of another kind"}


def matches_label(facts: Facts) -> Answer:
    return unless_bipolar(facts, all_of(adult(facts), broad(facts.trials)))


def no_safe_way_home(facts: Facts) -> Answer:
    return any_of(facts.no(RIDE), facts.no(STAY), facts.yes(DRIVE))


def cannot_come_twice_weekly(facts: Facts) -> Answer:
    return facts.no(TWICE_WEEKLY)


def _home_shown(facts: Facts) -> str:
    return sentence(*said_no(facts, (RIDE, STAY)), *said_yes(facts, (DRIVE,)))


def _courses_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, [f"{group}.now" for group in COURSES]))


def ketamine_helped(facts: Facts) -> Answer:
    tolerated = facts.of_course(KETAMINE, facts.yes(f"{KETAMINE}.tolerated"))
    return all_of(half_better(facts, KETAMINE), tolerated)


def ketamine_too_little(facts: Facts) -> Answer:
    """An earlier course under 50 %, over and tolerated."""
    tolerated = facts.of_course(KETAMINE, facts.yes(f"{KETAMINE}.tolerated"))
    return all_of(ended_under_half(facts, KETAMINE), tolerated)


def _earlier_ketamine_shown(facts: Facts) -> str:
    kind = KINDS.get(facts.value(f"{KETAMINE}.kind"), "kind not known, ask")
    return f"Its kind: {kind}; its benefit: {benefit_shown(facts, KETAMINE)}."


def other_course_now(facts: Facts) -> Answer:
    return any_of(*(facts.of_course(group, facts.yes(f"{group}.now")) for group in COURSES))


FIT = (
    Rule(
        id="E01",
        condition="Age 18 or more and TRD (broad): two or more different antidepressants of adequate dose and "
        "duration have failed in this episode, and no bipolar diagnosis",
        predicate=matches_label,
        reads=(BIRTH, *TRIAL_FIELDS, DIAGNOSIS),
        effects={"spravato": SUPPORTS},
        reason="Matches the labeled use in treatment-resistant depression, alone (since January 2025) or with "
        "an oral antidepressant.",
        shown=failures_shown,
        sources=("E1", "E3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E02",
        condition="Fewer than two documented adequate trials",
        predicate=fewer_than_two_adequate_trials,
        reads=TRIAL_FIELDS,
        effects={"spravato": CAUTION},
        reason="Treatment resistance is not documented; see D01.",
        shown=adequate_shown,
        sources=("E3",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E15",
        condition="No ride home, or cannot stay two hours, or must drive the same day",
        predicate=no_safe_way_home,
        reads=(RIDE, STAY, DRIVE),
        effects={"spravato": CAUTION},
        reason="Two hours of observation, and no driving until the next day after a night's sleep.",
        shown=_home_shown,
        sources=("E2", "E7"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="E17",
        condition="Ketamine or esketamine before, with 50 % benefit or more, and tolerated",
        predicate=ketamine_helped,
        reads=(f"{KETAMINE}.had", f"{KETAMINE}.improvement", f"{KETAMINE}.tolerated"),
        effects={"spravato": SUPPORTS},
        reason="Ketamine or esketamine helped by half or more before: a payer accepts such a response.",
        sources=("P7",),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="E18",
        condition="A course of ECT, TMS or VNS now",
        predicate=other_course_now,
        reads=tuple(f"{group}.{key}" for group in COURSES for key in ("had", "now")),
        effects={"spravato": CAUTION},
        reason="Some payers refuse esketamine beside another course.",
        shown=_courses_shown,
        sources=("P9",),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="E20",
        condition="Ketamine or esketamine before, over now and tolerated, with less than 50 % benefit",
        predicate=ketamine_too_little,
        reads=tuple(f"{KETAMINE}.{key}" for key in ("had", "now", "improvement", "tolerated", "kind")),
        effects={"spravato": CAUTION},
        reason="An earlier course helped by less than half: ask whether it was complete (four weeks); payers "
        "renew on 50 % or more.",
        shown=_earlier_ketamine_shown,
        sources=("P7", "E8", "proposed"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="E22",
        condition="Cannot come twice a week for four weeks",
        predicate=cannot_come_twice_weekly,
        reads=(TWICE_WEEKLY,),
        effects={"spravato": CAUTION},
        reason="Spravato is given twice a week for four weeks, then weekly.",
        sources=("E8",),
        reviewed="2026-11-29",
    ),
)
