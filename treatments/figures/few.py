"""Which numbers may stand on pages, so that no rate of few people follows from them, by whatever adding and subtracting."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from treatments.figures.proportions import FEWEST

IN_ORDER = (90, 365, 30)  # days: where not all may be told, the first of these are
People = Mapping[Any, int]  # by cell: whatever tells them apart


@dataclass(frozen=True, slots=True)
class Group:
    """The people of these cells; ``kind`` is what they are told apart by, "" for everybody of a period."""

    kind: str
    name: str
    days: int
    cells: frozenset


def told(people: People, groups: Sequence[Group]) -> set[Group]:
    """Those of which a rate may be told; ``groups`` in the order of preference, everybody's first.

    Of groups of one kind all that follows from them together is looked at, of two kinds whether one group is
    within another, or within what another leaves of everybody.
    """
    here = frozenset(cell for cell, number in people.items() if number)
    found: dict[Group, frozenset] = {}
    for group in groups:
        cells = group.cells & here
        size = sum(people[cell] for cell in cells)
        if size < FEWEST:
            continue
        alike = [known for each, known in found.items() if each.kind in ("", group.kind)]
        if follows_few(people, [*alike, cells]) or _within(people, found, group, cells):
            continue
        found[group] = cells
    return set(found)


def follows_few(people: People, groups: Sequence[frozenset]) -> bool:
    """Whether the number of some people, fewer than ``FEWEST``, follows from the numbers of these groups.

    It does if the people are a sum of multiples of the groups. In the reduced form each multiple is what the sum
    has at a pivot, 0 or 1; as the largest parts are the pivots, few of them can be in so few people.
    """
    parts: Counter[tuple[bool, ...]] = Counter()
    for cell in frozenset().union(*groups):
        parts[tuple(cell in group for group in groups)] += people[cell]
    columns = sorted(parts, key=lambda part: (-parts[part], part))
    sizes = [parts[column] for column in columns]
    rows, pivots = _reduced([[Fraction(column[place]) for column in columns] for place in range(len(groups))])
    small = [(row, sizes[pivot]) for row, pivot in zip(rows, pivots, strict=True) if sizes[pivot] < FEWEST]
    return any(_is_few(chosen, sizes) for chosen in _choices(small))


def _reduced(rows: list[list[Fraction]]) -> tuple[list[list[Fraction]], list[int]]:
    """In reduced echelon form, with the place of each row's pivot; Gauss and Jordan."""
    done: list[list[Fraction]] = []
    pivots: list[int] = []
    for column in range(len(rows[0]) if rows else 0):
        row = next((row for row in rows if row[column]), None)
        if row is None:
            continue
        rows.remove(row)
        row = [value / row[column] for value in row]
        rows = [_less(other, row, column) for other in rows]
        done = [_less(other, row, column) for other in done] + [row]
        pivots.append(column)
    return done, pivots


def _less(other: list[Fraction], row: list[Fraction], column: int) -> list[Fraction]:
    times = other[column]
    return [a - times * b for a, b in zip(other, row, strict=True)] if times else other


def _choices(small: Sequence[tuple[list[Fraction], int]]) -> Iterator[list[list[Fraction]]]:
    for number in range(1, min(len(small), FEWEST - 1) + 1):
        for chosen in combinations(small, number):
            if sum(size for _row, size in chosen) < FEWEST:
                yield [row for row, _size in chosen]


def _is_few(rows: Sequence[list[Fraction]], sizes: Sequence[int]) -> bool:
    together = [sum(values) for values in zip(*rows, strict=True)]
    if any(value not in (0, 1) for value in together):
        return False
    return sum(size for value, size in zip(together, sizes, strict=True) if value) < FEWEST


def _within(people: People, found: Mapping[Group, frozenset], group: Group, cells: frozenset) -> bool:
    """Whether few people are between this group, or what it leaves of everybody, and one of another kind."""
    everybody = [known for each, known in found.items() if not each.kind]

    def sides(part: frozenset) -> list[frozenset]:
        return [part, *(whole - part for whole in everybody if part < whole)]

    others = [side for each, known in found.items() if each.kind != group.kind for side in sides(known)]
    return any(
        0 < sum(people[cell] for cell in larger - smaller) < FEWEST
        for mine in sides(cells)
        for other in others
        for smaller, larger in ((mine, other), (other, mine))
        if smaller < larger
    )
