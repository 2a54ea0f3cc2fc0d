"""Very many waits, kept small: as numbers in a row, because a year of a million referrals is two million of them.

``spells.times_of`` is the plain way to the same words; a test compares them (docs/decisions/0051-figures-are-counted.md).
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from treatments.figures.spells import Spell, Times, times_in_words


def _seconds() -> array:
    return array("d")


@dataclass(slots=True)
class Waits:
    """Seconds: of those that ended, that stand open, and that something else ended."""

    ended: array = field(default_factory=_seconds)
    open: array = field(default_factory=_seconds)
    left: array = field(default_factory=_seconds)

    def add(self, spell: Spell | None) -> None:
        if spell is not None:
            (self.open if spell.open else self.left if spell.left else self.ended).append(spell.seconds)

    @classmethod
    def together(cls, parts: Iterable[Self]) -> Self:
        whole = cls()
        for part in parts:
            whole.ended.extend(part.ended)
            whole.open.extend(part.open)
            whole.left.extend(part.left)
        return whole

    @property
    def number(self) -> int:
        return len(self.ended) + len(self.open) + len(self.left)

    def median(self) -> float | None:
        """As ``spells.median_of`` says."""
        ended, others = sorted(self.ended), sorted([*self.open, *self.left])
        left, done = 1.0, 0
        while done < len(ended):
            seconds = ended[done]
            here = 1
            while done + here < len(ended) and ended[done + here] == seconds:
                here += 1
            left *= 1 - here / (len(ended) - done + len(others) - bisect_left(others, seconds))
            if left <= 0.5 + 1e-9:
                return seconds
            done += here
        return None

    def times(self) -> Times:
        longest = max(
            (
                (seconds, is_open)
                for many, is_open in ((self.ended, False), (self.open, True))
                for seconds in many
            ),
            default=None,
        )
        return times_in_words(self.number, len(self.open), self.median(), longest)
