"""Reads answers out of a document as known or unknown, and decides what partial answers already settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.scales import Item

SEX = "about.sex_at_birth"


def section(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """This part of the document; empty where it is absent or not an object."""
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a list of items in order; None where an answer is unknown.

    `highest` is what each unknown item could have given at most, so that a total has bounds.
    """

    path: str
    points: tuple[int | None, ...]
    highest: tuple[int, ...]

    @property
    def missing(self) -> list[str]:
        """The paths of the unknown items."""
        return [f"{self.path}[{n}]" for n, points in enumerate(self.points) if points is None]

    @property
    def lowest_total(self) -> int:
        """The total if every unknown item gave nothing."""
        return sum(points for points in self.points if points is not None)

    @property
    def highest_total(self) -> int:
        """The total if every unknown item gave the most it can."""
        return sum(
            most if points is None else points for points, most in zip(self.points, self.highest, strict=True)
        )

    @property
    def total(self) -> int | None:
        """The total, None when any item is unknown."""
        return None if self.missing else self.lowest_total

    def reaches(self, cut_off: int) -> bool | None:
        """Whether the total is at or above the cut-off, None while unknown items still decide it."""
        if self.lowest_total >= cut_off:
            return True
        return False if self.highest_total < cut_off else None


def points_of(answers: object, items: Sequence[Item], path: str) -> Points:
    """The points of a list of numbers; all unknown when `answers` is not a list.

    An answer counts only when it is one of the item's own numbers: True is not 1.
    """
    given = answers if isinstance(answers, list | tuple) else ()
    points: list[int | None] = []
    highest: list[int] = []
    for n, item in enumerate(items):
        choices = [option.value for option in item.options if isinstance(option.value, int)]
        answer = given[n] if n < len(given) else None
        points.append(answer if type(answer) is int and answer in choices else None)
        highest.append(max(choices))
    return Points(path, tuple(points), tuple(highest))


def yeses_of(answers: object, items: Sequence[Item], path: str) -> Points:
    """One point for each yes in a list of yes/no answers; "not_sure" and anything else is unknown."""
    given = answers if isinstance(answers, list | tuple) else ()
    points = [_yes_or_no(given[n] if n < len(given) else None) for n in range(len(items))]
    return Points(path, tuple(points), (1,) * len(items))


def _yes_or_no(answer: object) -> int | None:
    if answer == "yes":
        return 1
    return 0 if answer == "no" else None


def by_sex(
    document: Mapping[str, Any], points: Points, *, male: int, female: int
) -> tuple[bool | None, list[str]]:
    """Whether the total reaches the cut-off of the person's sex at birth, and the path of it if it is missed.

    Without a sex that has a cut-off (intersex, declined, not answered) the result stands only where both
    cut-offs agree. The path is given only where an answer is lacking and could decide: intersex is an
    answer, and no further question would settle it.
    """
    sex = section(document, "about").get("sex_at_birth")
    if sex == "male":
        return points.reaches(male), []
    if sex == "female":
        return points.reaches(female), []
    for_men, for_women = points.reaches(male), points.reaches(female)
    positive = for_men if for_men == for_women else None
    could_decide = positive is None and male != female and sex != "intersex"
    return positive, [SEX] if could_decide else []
