"""Cases of the suicide screen where the ASQ was asked in place of the C-SSRS."""

from typing import Any

from tests.treatments.rule_expectations.case import ABSENT, Case, met, unknown, unmet
from tests.treatments.rule_expectations.safety import item9

A = "safety.asq."
QUESTIONS = ("q1", "q2", "q3", "q4")


def asq(**answers: Any) -> dict[str, Any]:
    """The first four questions, no unless said otherwise; the fifth only if given."""
    complete = dict.fromkeys(QUESTIONS, "no") | answers
    given = {key: value for key, value in complete.items() if value is not ABSENT}
    return {"safety.cssrs": ABSENT, "safety.asq": given}


CASES: list[Case] = [
    met("S01", "ASQ: thoughts right now", asq(q1="yes", q5="yes")),
    met("S01", "ASQ: thoughts right now although the four are no", asq(q5="yes")),
    unmet("S01", "ASQ: positive, not right now", asq(q1="yes", q5="no")),
    unmet("S01", "ASQ: all four no, so the fifth was skipped", asq()),
    unmet("S01", "ASQ: one declined and not right now", asq(q1="declined", q5="no")),
    unknown("S01", "ASQ: positive and the fifth missing", asq(q1="yes"), A + "q5"),
    unknown("S01", "ASQ: positive and the fifth declined", asq(q3="yes", q5="declined"), A + "q5"),
    unknown("S01", "ASQ: one of four declined and no fifth", asq(q2="declined"), A + "q2"),
    unmet("S02", "ASQ: never an attempt", asq(q1="yes", q5="no")),
    unknown("S02", "ASQ: an attempt, it does not ask when", asq(q4="yes", q5="no"), A + "q4"),
    unknown("S02", "ASQ: an attempt declined", asq(q4="declined"), A + "q4"),
    unmet("P07", "ASQ: never an attempt", asq(q1="yes", q5="no")),
    unknown("P07", "ASQ: an attempt, it does not ask when", asq(q4="yes", q5="no"), A + "q4"),
    unknown("P07", "ASQ: an attempt not answered", asq(q4=ABSENT), A + "q4"),
    *[
        met("S03", f"ASQ: {question} alone is yes", asq(**{question: "yes", "q5": "no"}))
        for question in QUESTIONS
    ],
    met("S03", "ASQ: positive while the fifth is declined", asq(q1="yes", q5="declined")),
    met("S03", "ASQ: positive while another is declined", asq(q1="yes", q2="declined", q5="no")),
    unmet("S03", "ASQ: all four no", asq()),
    unmet("S03", "ASQ: S01 has fired", asq(q1="yes", q5="yes")),
    *[
        unknown(
            "S03",
            f"ASQ: {question} alone is declined",
            asq(**{question: "declined", "q5": "no"}),
            A + question,
        )
        for question in QUESTIONS
    ],
    unmet("S04", "ASQ: positive, it has no such level", asq(q1="yes", q5="no")),
    unmet("S04", "ASQ: one declined", asq(q1="declined")),
    met("S05", "ASQ: all four no and item 9 is 1", asq() | item9(1)),
    met("S05", "ASQ: all four no, thoughts right now, and item 9 is 1", asq(q5="yes") | item9(1)),
    unmet("S05", "ASQ: all four no and item 9 is 0", asq()),
    *[
        unmet(
            "S05", f"ASQ: {question} is yes and item 9 is 1", asq(**{question: "yes", "q5": "no"}) | item9(1)
        )
        for question in QUESTIONS
    ],
    *[
        unknown(
            "S05",
            f"ASQ: {question} is declined and item 9 is 1",
            asq(**{question: "declined"}) | item9(1),
            A + question,
        )
        for question in QUESTIONS
    ],
    unmet("S06", "ASQ: all four no", asq()),
    unmet("S06", "ASQ: positive and the fifth answered", asq(q1="yes", q5="no")),
    *[met("S06", f"ASQ: {question} is missing", asq(**{question: ABSENT})) for question in QUESTIONS],
    *[met("S06", f"ASQ: {question} is declined", asq(**{question: "declined"})) for question in QUESTIONS],
    met("S06", "ASQ: the fifth is missing after a yes", asq(q2="yes")),
    met("S06", "ASQ: the fifth is declined after a yes", asq(q2="yes", q5="declined")),
    met("S06", "ASQ: filled in by family", asq() | {"about.filled_by": "family"}),
    met("S06", "ASQ: item 9 is missing", asq() | item9(None)),
    # Where both were answered the C-SSRS is read.
    unmet("S01", "both screens, the C-SSRS all no", {"safety.asq": {"q1": "yes", "q5": "yes"}}),
    unmet("S03", "both screens, the C-SSRS all no", {"safety.asq": {"q1": "yes", "q5": "yes"}}),
    unmet("S06", "both screens, the ASQ incomplete", {"safety.asq": {"q1": "yes"}}),
]
