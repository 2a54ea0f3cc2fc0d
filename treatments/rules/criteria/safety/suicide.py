"""Rules S01-S06: the suicide screen. The ASQ may stand in place of the C-SSRS."""

from intake.fields import lookup
from intake.fields.urgency import SAME_DAY, URGENT
from intake.scoring import asq_missing, cssrs_missing
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, Rule
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known, negate, unknown
from treatments.rules.thresholds import PHQ9_ITEM_9_FROM

CSSRS = "safety.cssrs"
ASQ = "safety.asq"
ITEM_9 = "mood.phq9[8]"
FILLED_BY = "about.filled_by"
ASKED_AFTER_Q2 = ("q3", "q4", "q5")
ASQ_SCREEN = ("q1", "q2", "q3", "q4")
SAYS = {
    CSSRS: {
        "q1": "question 1, a wish to be dead",
        "q2": "question 2, thoughts of suicide",
        "q3": "question 3, a method",
        "q4": "question 4, some intention",
        "q5": "question 5, a plan",
        "q6": "question 6, behavior more than three months ago",
    },
    ASQ: {
        "q1": "question 1, a wish to be dead",
        "q2": "question 2, the family better off",
        "q3": "question 3, thoughts of suicide",
        "q4": "question 4, an attempt at some time",
        "q5": "question 5, thoughts right now",
    },
}


def asq_in_place(facts: Facts) -> bool:
    """Whether the ASQ was asked and the C-SSRS was not."""
    return bool(facts.value(ASQ)) and not facts.value(CSSRS)


def said_yes(facts: Facts, question: str) -> Answer:
    """Whether a C-SSRS question was answered yes; questions 3-5 skipped after a no to 2 count as no."""
    answer = facts.yes(f"{CSSRS}.{question}")
    if answer.value is None and question in ASKED_AFTER_Q2 and facts.value(f"{CSSRS}.q2") == "no":
        return known(False, f"{CSSRS}.q2")
    return answer


def recent_behavior(facts: Facts) -> Answer:
    """Any suicidal behavior in the last three months; a yes counts whatever question 6 says."""
    recent = facts.yes(f"{CSSRS}.q6_recent")
    return recent if recent.value else all_of(facts.yes(f"{CSSRS}.q6"), recent)


def older_behavior(facts: Facts) -> Answer:
    """Suicidal behavior, but not in the last three months."""
    return all_of(facts.yes(f"{CSSRS}.q6"), facts.no(f"{CSSRS}.q6_recent"))


def asq_attempt_of_unknown_date(facts: Facts) -> Answer:
    """What the ASQ can say of behavior at a given time: it asks whether, and does not ask when."""
    attempt = facts.yes(f"{ASQ}.q4")
    return attempt if attempt.value is False else unknown(*attempt.paths)


def past_attempt(facts: Facts) -> Answer:
    """Past suicidal behavior, more than three months ago."""
    return asq_attempt_of_unknown_date(facts) if asq_in_place(facts) else older_behavior(facts)


def intent_or_plan(facts: Facts) -> Answer:
    if not asq_in_place(facts):
        return any_of(said_yes(facts, "q4"), said_yes(facts, "q5"))
    now = facts.yes(f"{ASQ}.q5")
    if now.value is not None:
        return now
    positive = _asq_positive(facts)  # the fifth question is asked only after a yes
    return positive if positive.value is False else unknown(*_open(positive, now))


def behavior_within_three_months(facts: Facts) -> Answer:
    return asq_attempt_of_unknown_date(facts) if asq_in_place(facts) else recent_behavior(facts)


def method_or_older_behavior(facts: Facts) -> Answer:
    """An open S01 or S02 does not stop it: only one that has fired does."""
    worse = any_of(intent_or_plan(facts), behavior_within_three_months(facts))
    if worse.value:
        return negate(worse)
    if asq_in_place(facts):
        return _asq_positive(facts)
    return any_of(said_yes(facts, "q3"), older_behavior(facts))


def only_wish_or_thought(facts: Facts) -> Answer:
    """Question 1 or 2 yes and nothing beyond; the ASQ has no such level."""
    if asq_in_place(facts):
        return known(False, ASQ)
    return all_of(
        any_of(said_yes(facts, "q1"), said_yes(facts, "q2")),
        *(negate(said_yes(facts, question)) for question in ASKED_AFTER_Q2),
        negate(any_of(facts.yes(f"{CSSRS}.q6"), recent_behavior(facts))),
    )


def item_9_against_the_screen(facts: Facts) -> Answer:
    item_9 = facts.item_at_least("mood.phq9", 8, PHQ9_ITEM_9_FROM.value)
    if asq_in_place(facts):
        return all_of(item_9, negate(_asq_positive(facts)))
    questions = (said_yes(facts, question) for question in ("q1", "q2", *ASKED_AFTER_Q2))
    return all_of(item_9, *(negate(question) for question in questions))


def screen_incomplete(facts: Facts) -> Answer:
    """Never undecided: what is missing is known to be missing."""
    missing = asq_missing(facts.document) if asq_in_place(facts) else cssrs_missing(facts.document)
    if facts.item("mood.phq9", 8) is None:
        missing = [ITEM_9, *missing]
    if lookup.answer(facts.document, FILLED_BY) in ("family", "professional"):
        missing = [*missing, FILLED_BY]
    return known(bool(missing), *(missing or (CSSRS,)))


def _asq_positive(facts: Facts) -> Answer:
    return any_of(*(facts.yes(f"{ASQ}.{question}") for question in ASQ_SCREEN))


def _open(*answers: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for answer in answers if answer.value is None for path in answer.paths))


def _yes_to(facts: Facts, cssrs: tuple[str, ...], asq: tuple[str, ...] = ()) -> str:
    """Which of these questions of the screen in place were answered yes."""
    screen, questions = (ASQ, asq) if asq_in_place(facts) else (CSSRS, cssrs)
    words = (SAYS[screen][question] for question in questions if facts.yes(f"{screen}.{question}").value)
    return f"Yes to {'; '.join(words)}."


def _intent_shown(facts: Facts) -> str:
    return _yes_to(facts, ("q4", "q5"), ("q5",))


def _method_shown(facts: Facts) -> str:
    return _yes_to(facts, ("q3", "q6") if older_behavior(facts).value else ("q3",), ASQ_SCREEN)


def _wish_shown(facts: Facts) -> str:
    return _yes_to(facts, ("q1", "q2"))


def _item_9_shown(facts: Facts) -> str:
    return f"Item 9: {facts.item('mood.phq9', 8)}."


def _which_are_missing(facts: Facts) -> str:
    return f"Open: {', '.join(screen_incomplete(facts).paths)}."


SUICIDE = (
    Rule(
        id="S01",
        condition="C-SSRS question 4 or 5 is yes (past month); with the ASQ, question 5 is yes (acute)",
        predicate=intent_or_plan,
        reads=(f"{CSSRS}.q2", f"{CSSRS}.q4", f"{CSSRS}.q5", ASQ),
        effects={"tms": CLINICIAN_FIRST, "spravato": CAUTION},
        hold=URGENT,
        reason="Said yes to intent or a plan within the past month. Imminent risk: keep the person safe until "
        "a mental-health professional has evaluated them. Spravato labeling covers depressive symptoms with "
        "acute suicidal thoughts but does not replace a hospital; a TMS payer policy excludes acute intent.",
        shown=_intent_shown,
        sources=("C1", "C2", "E3", "T9"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S02",
        condition="C-SSRS: suicidal behavior within the past three months, whatever question 6 says. The ASQ asks "
        "whether, not when",
        predicate=behavior_within_three_months,
        reads=(f"{CSSRS}.q6", f"{CSSRS}.q6_recent", ASQ),
        effects={"tms": CAUTION, "spravato": CAUTION},
        hold=URGENT,
        reason="Reported suicidal behavior within the past three months, which counts as imminent risk.",
        sources=("C1", "C2"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S03",
        condition="C-SSRS question 3 is yes, or question 6 is yes but not within three months; with the ASQ, "
        "any of questions 1-4 is yes (non-acute). Not when S01 or S02 has fired",
        predicate=method_or_older_behavior,
        reads=(CSSRS, ASQ),
        effects={"tms": CAUTION, "spravato": CAUTION},
        hold=SAME_DAY,
        reason="Thought of a method without intent, or suicidal behavior in the past: moderate. A clinician "
        "reviews it the same business day.",
        shown=_method_shown,
        sources=("C3", "C4", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S04",
        condition="C-SSRS question 1 or 2 is yes and no other",
        before_routing=True,
        predicate=only_wish_or_thought,
        reads=(CSSRS, ASQ),
        effects={},
        reason="Wished to be dead, or thought of suicide without method, intent, plan or behavior: low. A "
        "clinician reads this before routing; show where to get help.",
        shown=_wish_shown,
        sources=("C3", "C4"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="S05",
        condition="PHQ-9 item 9 is 1 or more and C-SSRS questions 1-5 are all no; with the ASQ, questions 1-4",
        predicate=item_9_against_the_screen,
        reads=("mood.phq9", CSSRS, ASQ),
        effects={},
        hold=SAME_DAY,
        reason="Two answers disagree: PHQ-9 item 9 is above zero, the suicide screen is all no. Item 9 mixes "
        "thoughts of death with self-harm, so a person must ask.",
        shown=_item_9_shown,
        sources=("P6", "C1", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S06",
        condition="PHQ-9 item 9 or a required question of the suicide screen is unanswered or declined, or "
        "another person filled the form in",
        predicate=screen_incomplete,
        reads=("mood.phq9", CSSRS, ASQ, FILLED_BY),
        effects={},
        hold=SAME_DAY,
        reason="The suicide screen is incomplete, and nothing may be assumed. Phone the person to complete it.",
        shown=_which_are_missing,
        sources=("J1", "P4", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
)
