"""Cases of the psychotherapy rules P01 to P09."""

from tests.treatments.rule_expectations.case import (
    ABSENT,
    MORE,
    SERTRALINE,
    TRIALS,
    UNRECOGNIZED,
    Case,
    cssrs,
    gad7,
    met,
    phq9,
    trial,
    trials,
    unknown,
    unmet,
    yes_no,
)
from tests.treatments.rule_expectations.safety import screener
from tests.treatments.rule_expectations.tms import BIPOLAR_YES, GOOD_ENOUGH

PHQ = "mood.phq9"
NO_TRIALS = trials()
ONE_TRIAL = trials(SERTRALINE)
TWO_TRIALS_THAT_HELPED = trials(SERTRALINE, trial("Cymbalta", 60, 4, **GOOD_ENOUGH))
FIRST_LINE = [
    met("P01", "PHQ-9 5 and nothing tried", phq9(5) | NO_TRIALS),
    met("P01", "PHQ-9 14 and nothing tried", phq9(14) | NO_TRIALS),
    met("P01", "PHQ-9 10 and one adequate trial", phq9(10) | ONE_TRIAL),
    met("P01", "PHQ-9 10 and one drug twice", phq9(10) | trials(SERTRALINE, trial("Zoloft", 200, 12))),
    met("P01", "PHQ-9 10 and bipolar disorder with nothing tried", phq9(10) | NO_TRIALS | BIPOLAR_YES),
    unmet("P01", "PHQ-9 4", phq9(4) | NO_TRIALS),
    unmet("P01", "PHQ-9 15", phq9(15) | NO_TRIALS),
    unmet("P01", "PHQ-9 10 and two adequate trials", phq9(10)),
    unmet("P01", "PHQ-9 10 and two adequate trials of which one helped", phq9(10) | TWO_TRIALS_THAT_HELPED),
    unmet("P01", "PHQ-9 15 and the trials were not answered", phq9(15) | {TRIALS: ABSENT}),
    unmet("P01", "two adequate trials and the PHQ-9 missing", {PHQ: ABSENT}),
    unknown("P01", "the PHQ-9 is missing", {PHQ: ABSENT} | NO_TRIALS, PHQ),
    unknown("P01", "a PHQ-9 item is missing", {PHQ: [2, 2, 2, 2, None, 0, 0, 0, 0]} | NO_TRIALS, PHQ),
    unknown("P01", "PHQ-9 10 and the trials were not answered", phq9(10) | {TRIALS: ABSENT}, TRIALS),
    unknown(
        "P01",
        "PHQ-9 10 and the second dose not known",
        phq9(10) | trials(SERTRALINE, trial("Prozac", None)),
        TRIALS,
    ),
    unknown(
        "P01",
        "PHQ-9 10 and the second unrecognized",
        phq9(10) | trials(SERTRALINE, trial(UNRECOGNIZED, 20)),
        TRIALS,
    ),
    unknown(
        "P01", "PHQ-9 10 and one more not remembered", phq9(10) | trials(SERTRALINE, more=1), MORE, TRIALS
    ),
]

THERAPY = "other_treatments.therapy"


def therapy(**answers) -> dict:
    """One course of CBT, 16 sessions in this episode, but for the answers given. ABSENT drops a key."""
    course = {"type": "cbt", "sessions": 16, "this_episode": "yes", "improvement": "under_25"} | answers
    return {THERAPY: [{key: value for key, value in course.items() if value is not ABSENT}]}


NAMED = ("cbt", "act", "ipt", "mbct", "dbt", "emdr", "cbasp", "psychodynamic")
TWO_COURSES = {THERAPY: [*therapy(sessions=7)[THERAPY], *therapy(type="ipt", sessions=8)[THERAPY]]}
UNKNOWN_BESIDE_FULL = {THERAPY: [*therapy(type="not_sure")[THERAPY], *therapy()[THERAPY]]}
# Left out for P02: sessions of two short courses of one therapy added together.
COURSES = [
    met("P02", "no therapy", {THERAPY: []}),
    met("P02", "seven sessions", therapy(sessions=7)),
    met("P02", "counseling is not a named therapy", therapy(type="counselling", sessions=30)),
    met("P02", "another kind is not a named therapy", therapy(type="other", sessions=30)),
    met("P02", "a course in an earlier episode", therapy(this_episode="no")),
    met("P02", "seven sessions of a kind not sure", therapy(type="not_sure", sessions=7)),
    met("P02", "counseling for a number of sessions not known", therapy(type="counselling", sessions=None)),
    *[unmet("P02", f"eight sessions of {kind}", therapy(type=kind, sessions=8)) for kind in NAMED],
    unmet("P02", "eight sessions that helped", therapy(sessions=8, improvement="over_75")),
    unmet("P02", "the second course is long enough", TWO_COURSES),
    unmet("P02", "a full course beside one of a kind not sure", UNKNOWN_BESIDE_FULL),
    unknown("P02", "the kind of therapy is not sure", therapy(type="not_sure"), THERAPY),
    unknown("P02", "the kind of therapy was not answered", therapy(type=ABSENT), THERAPY),
    unknown("P02", "the sessions are not known", therapy(sessions=None), THERAPY),
    unknown("P02", "the sessions were not answered", therapy(sessions=ABSENT), THERAPY),
    unknown("P02", "the episode is not sure", therapy(this_episode="not_sure"), THERAPY),
    unknown("P02", "therapy was not answered", {THERAPY: ABSENT}, THERAPY),
]

MONTHS, TRAUMA, PC = "history.episode_months", "anxiety.trauma_event", "anxiety.pc_ptsd5"


def trauma(*answers: str) -> dict:
    return {TRAUMA: "yes", PC: list(answers)}


# Left out for P04: a list with items unknown whose count decides either way.
CONDITIONS = [
    met("P03", "twenty-four months", {MONTHS: 24}),
    met("P03", "ten years", {MONTHS: 120}),
    unmet("P03", "twenty-three months", {MONTHS: 23}),
    unmet("P03", "twenty-three months and a half", {MONTHS: 23.5}),
    unknown("P03", "the length of the episode was not answered", {MONTHS: ABSENT}, MONTHS),
    met("P04", "four of five after trauma", trauma("yes", "yes", "yes", "yes", "no")),
    met("P04", "five of five after trauma", trauma("yes", "yes", "yes", "yes", "yes")),
    met(
        "P04",
        "four of five for a man",
        trauma("yes", "no", "yes", "yes", "yes") | {"about.sex_at_birth": "male"},
    ),
    unmet(
        "P04", "three of five for a woman, by the default setting", trauma("yes", "yes", "yes", "no", "no")
    ),
    unmet(
        "P04",
        "three of five for a man",
        trauma("yes", "yes", "yes", "no", "no") | {"about.sex_at_birth": "male"},
    ),
    unmet("P04", "no traumatic event", {TRAUMA: "no", PC: ABSENT}),
    unknown("P04", "a traumatic event is not sure", {TRAUMA: "not_sure", PC: ABSENT}, TRAUMA, PC),
    unknown("P04", "a traumatic event was not answered", {TRAUMA: ABSENT, PC: ABSENT}, TRAUMA, PC),
    unknown("P04", "the five questions were not answered after trauma", {TRAUMA: "yes", PC: ABSENT}, PC),
    unknown(
        "P04",
        "three yes and the item that decides not sure",
        trauma("yes", "yes", "yes", "not_sure", "no"),
        PC,
    ),
    met("P05", "GAD-7 10", gad7(10)),
    met("P05", "GAD-7 10 without any trial", gad7(10) | NO_TRIALS),
    unmet("P05", "GAD-7 9", gad7(9)),
    unknown("P05", "the GAD-7 is missing", {"anxiety.gad7": ABSENT}, "anxiety.gad7"),
    unknown(
        "P05",
        "a GAD-7 item that would decide is missing",
        {"anxiety.gad7": [3, 3, None, 3, 0, 0, 0]},
        "anxiety.gad7",
    ),
    *yes_no("P06", "reason.prefers_therapy_only", "a preference for therapy only"),
    met("P07", "behavior more than three months ago", cssrs(q6="yes", q6_recent="no")),
    met("P07", "older behavior although S01 has fired", screener(q4="yes", q6="yes", q6_recent="no")),
    unmet("P07", "no behavior", cssrs()),
    unmet("P07", "behavior in the last three months", cssrs(q6="yes", q6_recent="yes")),
    unmet("P07", "thoughts without behavior", screener(q3="yes")),
    unknown("P07", "behavior is declined", cssrs(q6="declined"), "safety.cssrs.q6"),
    unknown("P07", "behavior was not answered", cssrs(q6=ABSENT), "safety.cssrs.q6"),
    unknown(
        "P07", "when it was is declined", cssrs(q6="yes", q6_recent="declined"), "safety.cssrs.q6_recent"
    ),
    met("P08", "PHQ-9 20", phq9(20)),
    met("P08", "PHQ-9 27", {PHQ: [3] * 9}),
    unmet("P08", "PHQ-9 19", phq9(19)),
    unknown("P08", "the PHQ-9 is missing", {PHQ: ABSENT}, PHQ),
    unknown(
        "P08", "an item is missing though the others add up to 21", {PHQ: [3, 3, 3, 3, 3, 3, 3, None, 0]}, PHQ
    ),
]

PATTERN = "history.sleep_pattern"


def sleep(item3: int | None, pattern: object = "cannot_sleep") -> dict:
    return {PHQ: [3, 3, item3, 3, 2, 2, 2, 1, 0], PATTERN: pattern}


INSOMNIA = [
    met("P09", "item 3 is 2 and the person cannot sleep", sleep(2)),
    met("P09", "item 3 is 3 and the person cannot sleep", sleep(3)),
    met("P09", "item 3 is 2 and both patterns occur", sleep(2, "both")),
    met(
        "P09",
        "item 3 is 2 while another item is missing",
        {PHQ: [None, 3, 2, 3, 2, 2, 2, 1, 0], PATTERN: "cannot_sleep"},
    ),
    unmet("P09", "item 3 is 1", sleep(1)),
    unmet("P09", "the person sleeps too much", sleep(3, "too_much")),
    unmet("P09", "neither pattern", sleep(3, "neither")),
    unmet("P09", "item 3 is 1 and the pattern was not answered", sleep(1, ABSENT)),
    unmet("P09", "item 3 is missing and the person sleeps too much", sleep(None, "too_much")),
    unknown("P09", "the pattern was not answered", sleep(2, ABSENT), PATTERN),
    unknown("P09", "item 3 is missing", sleep(None), PHQ),
    unknown("P09", "the PHQ-9 is missing", {PHQ: ABSENT, PATTERN: "cannot_sleep"}, PHQ),
]

CASES: list[Case] = [*FIRST_LINE, *COURSES, *CONDITIONS, *INSOMNIA]
