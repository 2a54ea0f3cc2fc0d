"""Three-valued logic: an answer is True, False or None (unknown), with the paths of what it rests on.

Unknown is never no. The paths say which fields made an answer true or false, or which unknown fields
still decide it, so that a reason can name its evidence and a question can name its field. Filling in an
unknown never turns a True or a False into anything else.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Answer(NamedTuple):
    """True, False or None, and the paths of the fields it rests on."""

    value: bool | None
    paths: tuple[str, ...]

    def __bool__(self) -> bool:
        raise TypeError("an answer has three values: read .value")


def known(value: bool, *paths: str) -> Answer:
    return Answer(value, paths)


def unknown(*paths: str) -> Answer:
    return Answer(None, paths)


def all_of(*answers: Answer) -> Answer:
    """False if any is false, else unknown if any is unknown, else true."""
    values = [answer.value for answer in answers]
    return _resting_on(False if False in values else None if None in values else True, answers)


def any_of(*answers: Answer) -> Answer:
    """True if any is true, else unknown if any is unknown, else false."""
    values = [answer.value for answer in answers]
    return _resting_on(True if True in values else None if None in values else False, answers)


def negate(answer: Answer) -> Answer:
    return answer if answer.value is None else Answer(not answer.value, answer.paths)


def at_least(number: float | None, threshold: float, *paths: str) -> Answer:
    """Whether the number reaches the threshold; unknown when there is no number."""
    return Answer(None if number is None else number >= threshold, paths)


def below(number: float | None, threshold: float, *paths: str) -> Answer:
    return negate(at_least(number, threshold, *paths))


def above(number: float | None, threshold: float, *paths: str) -> Answer:
    return Answer(None if number is None else number > threshold, paths)


def so_many(
    needed: int, answers: Iterable[Answer], *, unlisted: float = 0, ask: Iterable[str] = ()
) -> Answer:
    """Whether at least `needed` of the answers are true.

    `unlisted` is how many more there may be that nobody has named (math.inf where even that is unknown),
    and `ask` the fields that would tell.
    """
    answers = list(answers)
    true = [answer for answer in answers if answer.value is True]
    if len(true) >= needed:
        return Answer(True, _paths(true))
    maybe = [answer for answer in answers if answer.value is None]
    if len(true) + len(maybe) + unlisted < needed:
        return Answer(False, _paths(answers))
    return Answer(None, tuple(dict.fromkeys((*_paths(maybe), *(ask if unlisted else ())))))


def _resting_on(value: bool | None, answers: Iterable[Answer]) -> Answer:
    """The value, with the paths of those answers that have it."""
    return Answer(value, _paths([answer for answer in answers if answer.value is value]))


def _paths(answers: list[Answer]) -> tuple[str, ...]:
    if len(answers) == 1:
        return answers[0].paths
    return tuple(dict.fromkeys([path for answer in answers for path in answer.paths]))
