"""When a question is asked: small predicates over the answers so far, named where fields refer to them.

A question is left out only when an earlier answer makes it pointless. An earlier answer that is
missing or "not sure" never hides a question.
"""

from datetime import date

from intake.fields.kinds import Answers, Condition
from intake.fields.lookup import age_on, answer


def when(path: str, *values: str) -> Condition:
    """Asked when the answer at ``path`` is one of ``values``."""

    def condition(answers: Answers) -> bool:
        return answer(answers, path) in values

    return condition


def unless(path: str, *values: str) -> Condition:
    """Asked unless the answer at ``path`` is one of ``values``."""

    def condition(answers: Answers) -> bool:
        return answer(answers, path) not in values

    return condition


def given(*paths: str) -> Condition:
    """Asked when there is an answer at one of ``paths``."""

    def condition(answers: Answers) -> bool:
        return any(answer(answers, path) for path in paths)

    return condition


def may_drink(answers: Answers) -> bool:
    """AUDIT-C asks how much of everyone but those who said "Never" to its first question."""
    items = answer(answers, "substances.audit_c")
    return not items or items[0] != 0


def under_18(answers: Answers) -> bool:
    """Under 18 on the day the intake was last saved (``today`` stands beside the answers)."""
    try:
        birth = date.fromisoformat(answer(answers, "about.date_of_birth") or "")
        today = date.fromisoformat(answers["today"])
    except (KeyError, TypeError, ValueError):
        return False
    return age_on(birth, today) < 18


def thoughts_of_suicide(answers: Answers) -> bool:
    """C-SSRS questions 3 to 5 follow a yes to question 2, and a refusal to answer it."""
    return answer(answers, "safety.cssrs.q2") in ("yes", "declined")


def any_asq_yes(answers: Answers) -> bool:
    screen = answer(answers, "safety.asq") or {}
    return any(screen.get(key) == "yes" for key in ("q1", "q2", "q3", "q4"))


not_male = unless("about.sex_at_birth", "male")
agreed_to_substance_use = when("consent.substance_use_agreed", "yes")
filled_by_another = when("about.filled_by", "family", "professional")
