"""Rules P01-P09: the psychotherapy consult, alone or beside another treatment."""

from treatments.rules.criteria.rule import CAUTION, SUPPORTS, Rule
from treatments.rules.criteria.safety.suicide import ASQ, CSSRS, past_attempt
from treatments.rules.criteria.shared import (
    GAD7,
    PHQ9,
    TRIAL_FIELDS,
    adequate_shown,
    fewer_than_two_adequate_trials,
    gad7_moderate,
    gad7_shown,
    phq9_at_least,
    phq9_shown,
)
from treatments.rules.criteria.therapy import THERAPY, sessions_shown, therapy_course_done
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, negate
from treatments.rules.thresholds import (
    PERSISTENT_MONTHS,
    PHQ9_MILD_FROM,
    PHQ9_PAYER_FROM,
    PHQ9_SEVERE_FROM,
    PHQ9_SLEEP_FROM,
)

EPISODE = "history.episode_months"
SLEEP = "history.sleep_pattern"
PTSD = ("anxiety.trauma_event", "anxiety.pc_ptsd5", "about.sex_at_birth")


def mild_or_moderate_with_few_trials(facts: Facts) -> Answer:
    return all_of(
        phq9_at_least(facts, PHQ9_MILD_FROM.value),
        negate(phq9_at_least(facts, PHQ9_PAYER_FROM.value)),
        fewer_than_two_adequate_trials(facts),
    )


def no_course_of_therapy(facts: Facts) -> Answer:
    return negate(therapy_course_done(facts))


def persistent_episode(facts: Facts) -> Answer:
    return facts.number_at_least(EPISODE, PERSISTENT_MONTHS.value)


def ptsd_screen_positive(facts: Facts) -> Answer:
    return facts.positive("pc_ptsd5", "anxiety.pc_ptsd5")


def prefers_therapy(facts: Facts) -> Answer:
    return facts.yes("reason.prefers_therapy_only")


def severe(facts: Facts) -> Answer:
    return phq9_at_least(facts, PHQ9_SEVERE_FROM.value)


def insomnia(facts: Facts) -> Answer:
    troubled = facts.item_at_least(PHQ9, 2, PHQ9_SLEEP_FROM.value)
    return all_of(troubled, facts.is_one_of(SLEEP, "cannot_sleep", "both"))


def _first_line_shown(facts: Facts) -> str:
    return f"{phq9_shown(facts)} {adequate_shown(facts)}"


def _ptsd_shown(facts: Facts) -> str:
    total = facts.scores["pc_ptsd5"]["total"]
    return "" if total is None else f"PC-PTSD-5 {total}."


def _episode_shown(facts: Facts) -> str:
    return f"This episode: {facts.number(EPISODE):g} months."


PSYCHOTHERAPY = (
    Rule(
        id="P01",
        condition="PHQ-9 of 5 to 14 and fewer than two adequate trials",
        predicate=mild_or_moderate_with_few_trials,
        reads=(PHQ9, *TRIAL_FIELDS),
        effects={"psychotherapy": SUPPORTS},
        reason="Psychotherapy is a first choice here: preferred in mild depression, an equal choice in moderate.",
        shown=_first_line_shown,
        sources=("G1", "G3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="P02",
        condition="No adequate course of psychotherapy in this episode (eight sessions of one named therapy, summed)",
        predicate=no_course_of_therapy,
        reads=(THERAPY,),
        effects={"psychotherapy": SUPPORTS},
        reason="No full course of an evidence-based therapy in this episode; TMS payers also ask for one.",
        shown=sessions_shown,
        sources=("T7", "T9", "T10", "G1", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="P03",
        condition="This episode has lasted 24 months or more",
        predicate=persistent_episode,
        reads=(EPISODE,),
        effects={"psychotherapy": SUPPORTS},
        reason="Persistent depression: CBASP or an interpersonal focus together with medication.",
        shown=_episode_shown,
        sources=("G4", "G5", "S1"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="P04",
        condition="PC-PTSD-5 positive: 4 or more (3 or more in women where the clinic chose so)",
        predicate=ptsd_screen_positive,
        reads=PTSD,
        effects={"psychotherapy": SUPPORTS},
        reason="Positive screen for PTSD: assess for trauma-focused therapy, such as EMDR.",
        shown=_ptsd_shown,
        sources=("P5", "S2"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="P05",
        condition="GAD-7 of 10 or more",
        predicate=gad7_moderate,
        reads=(GAD7,),
        effects={"psychotherapy": SUPPORTS},
        reason="Anxiety at this level is a target of CBT.",
        shown=gad7_shown,
        sources=("P3", "G3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="P06",
        condition="Prefers therapy, or declines drugs and devices",
        predicate=prefers_therapy,
        reads=("reason.prefers_therapy_only",),
        effects={"psychotherapy": SUPPORTS},
        reason="The person prefers therapy: decide together.",
        sources=("G1",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="P07",
        condition="Suicidal behavior in the past, more than three months ago",
        predicate=past_attempt,
        reads=(f"{CSSRS}.q6", f"{CSSRS}.q6_recent", ASQ),
        effects={"psychotherapy": SUPPORTS},
        reason="Suicidal behavior in the past: suicide-focused work, or the skills of DBT.",
        sources=("J2", "memory"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="P08",
        condition="PHQ-9 of 20 or more",
        predicate=severe,
        reads=(PHQ9,),
        effects={"psychotherapy": CAUTION},
        reason="Severe depression: combine, and do not rely on psychotherapy alone.",
        shown=phq9_shown,
        sources=("G1", "G3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="P09",
        condition="PHQ-9 item 3 is 2 or more, and the trouble is not being able to sleep",
        predicate=insomnia,
        reads=(PHQ9, SLEEP),
        effects={"psychotherapy": SUPPORTS},
        reason="Insomnia: CBT for insomnia beside other treatment.",
        sources=("G1",),
        reviewed="2026-11-20",
    ),
)
