"""The C-SSRS level for each screener, as docs/clinical.md reads it: (sentence, changes, level)."""

from typing import Any

from tests.treatments.rule_expectations.case import ABSENT, cssrs

ASKED_ALL = {"q2": "yes", "q3": "no", "q4": "no", "q5": "no"}

LEVELS: list[tuple[str, dict[str, Any], str]] = [
    ("every question is no", cssrs(), "none"),
    ("only question 1 is yes", cssrs(q1="yes"), "low"),
    ("only question 2 is yes", cssrs(**ASKED_ALL), "low"),
    ("question 3 is yes", cssrs(**ASKED_ALL | {"q3": "yes"}), "moderate"),
    ("behavior more than three months ago", cssrs(q6="yes", q6_recent="no"), "moderate"),
    ("question 4 is yes", cssrs(**ASKED_ALL | {"q4": "yes"}), "high"),
    ("question 5 is yes", cssrs(**ASKED_ALL | {"q5": "yes"}), "high"),
    ("behavior in the last three months", cssrs(q6="yes", q6_recent="yes"), "high"),
    ("question 4 is yes and all else is missing", {"safety.cssrs": {"q4": "yes"}}, "high"),
    ("question 5 is yes and all else is missing", {"safety.cssrs": {"q5": "yes"}}, "high"),
    (
        "recent behavior while question 1 is declined",
        cssrs(q1="declined", q6="yes", q6_recent="yes"),
        "high",
    ),
    ("question 3 is yes although question 2 is no", cssrs(q3="yes"), "moderate"),
    ("question 4 is yes although question 2 is no", cssrs(q4="yes"), "high"),
    ("question 5 is yes although question 2 is no", cssrs(q5="yes"), "high"),
    ("question 1 is declined", cssrs(q1="declined"), "incomplete"),
    ("question 1 is missing", cssrs(q1=ABSENT), "incomplete"),
    ("question 2 is missing", cssrs(q2=ABSENT), "incomplete"),
    ("question 2 is declined and 3 to 5 are no", cssrs(**ASKED_ALL | {"q2": "declined"}), "incomplete"),
    ("question 3 is declined", cssrs(**ASKED_ALL | {"q3": "declined"}), "incomplete"),
    ("question 4 is missing", cssrs(**ASKED_ALL | {"q4": ABSENT}), "incomplete"),
    ("question 6 is missing", cssrs(q6=ABSENT), "incomplete"),
    ("question 6 is declined", cssrs(q6="declined"), "incomplete"),
    ("behavior with its time declined", cssrs(q6="yes", q6_recent="declined"), "incomplete"),
    (
        "incomplete comes before moderate",
        cssrs(**ASKED_ALL | {"q3": "yes", "q6": "declined"}),
        "incomplete",
    ),
    ("incomplete comes before low", cssrs(q1="yes", q6="declined"), "incomplete"),
    ("the screener is missing", {"safety.cssrs": ABSENT}, "incomplete"),
    ("a relative filled it in", {"about.filled_by": "family"}, "incomplete"),
    (
        "a relative filled it in and question 4 is yes",
        cssrs(**ASKED_ALL | {"q4": "yes"}) | {"about.filled_by": "family"},
        "high",
    ),
]
