"""When a question is asked: small conditions over the answers so far, which say what they read.

A question is left out only when an earlier answer makes it pointless. An earlier answer that is
missing or "not sure" never hides a question.
"""

from dataclasses import dataclass
from datetime import date

from intake.fields.kinds import Answers
from intake.fields.lookup import age_on, answer


@dataclass(frozen=True, slots=True)
class When:
    """Asked when the answer at ``path`` is one of ``values``."""

    path: str
    values: tuple[str, ...]

    def __call__(self, answers: Answers) -> bool:
        return answer(answers, self.path) in self.values


@dataclass(frozen=True, slots=True)
class Unless:
    """Asked unless the answer at ``path`` is one of ``values``."""

    path: str
    values: tuple[str, ...]

    def __call__(self, answers: Answers) -> bool:
        return answer(answers, self.path) not in self.values


@dataclass(frozen=True, slots=True)
class Given:
    """Asked when there is an answer at ``path``."""

    path: str

    def __call__(self, answers: Answers) -> bool:
        return bool(answer(answers, self.path))


@dataclass(frozen=True, slots=True)
class AnyPart:
    """Asked when one of the ``parts`` of the group at ``path`` was answered with one of ``values``."""

    path: str
    parts: tuple[str, ...]
    values: tuple[str, ...]

    def __call__(self, answers: Answers) -> bool:
        group = answer(answers, self.path) or {}
        return any(group.get(part) in self.values for part in self.parts)


@dataclass(frozen=True, slots=True)
class UnlessFirstItem:
    """Asked unless the first item of the list at ``path`` is one of ``values``."""

    path: str
    values: tuple[int, ...]

    def __call__(self, answers: Answers) -> bool:
        items = answer(answers, self.path)
        return not items or items[0] not in self.values


@dataclass(frozen=True, slots=True)
class Younger:
    """Asked of who is younger than ``years``, born on the day at ``path``, on ``today`` beside the answers."""

    path: str
    years: int

    def __call__(self, answers: Answers) -> bool:
        try:
            birth = date.fromisoformat(answer(answers, self.path) or "")
            today = date.fromisoformat(answer(answers, "today"))
        except (TypeError, ValueError):
            return False
        return age_on(birth, today) < self.years


def when(path: str, *values: str) -> When:
    return When(path, values)


def unless(path: str, *values: str) -> Unless:
    return Unless(path, values)


# AUDIT-C asks how much of everyone but those who said "Never" to its first question.
may_drink = UnlessFirstItem("substances.audit_c", (0,))
under_18 = Younger("about.date_of_birth", 18)
# C-SSRS questions 3 to 5 follow a yes to question 2, and a refusal to answer it.
thoughts_of_suicide = when("safety.cssrs.q2", "yes", "declined")
any_asq_yes = AnyPart("safety.asq", ("q1", "q2", "q3", "q4"), ("yes",))
not_male = unless("about.sex_at_birth", "male")
agreed_to_substance_use = when("consent.substance_use_agreed", "yes")
# Who begins a form for themselves says so on the start page.
not_for_oneself = unless("about.filled_by", "self")
