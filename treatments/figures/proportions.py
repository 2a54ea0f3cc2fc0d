"""Shares of few people, and their differences, with what chance alone could make of them: ranges of 95 percent. Pure."""

from math import sqrt

from django.utils.translation import gettext as _

Z = 1.959964  # of a normal distribution 95 percent lie within so many deviations
FEWEST = 10  # of fewer people no share is shown


def wilson(number: int, of: int) -> tuple[float, float]:
    """The 95 percent range of a share, as fractions; ``of`` is above 0. Wilson, JASA 1927;22:209-212."""
    share, spread = number / of, Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_in_words(number: int, of: int) -> str:
    """A share with its range in whole percent; of a group of fewer than ``FEWEST`` that it is not shown."""
    if of < FEWEST:
        return withheld(of)
    low, high = wilson(number, of)
    return f"{100 * number / of:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def withheld(of: int) -> str:
    """Why nothing of so many people is shown: they are few, or the few that others leave would follow from it."""
    words = _("fewer than %(n)d: not shown") if of < FEWEST else _("would tell of fewer than %(n)d")
    return words % {"n": FEWEST}


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """The 95 percent range of a difference of two shares, first less second, each as (number, of).

    Method 10 of Newcombe, Stat Med 1998;17:873-890. Whether two shares differ says this range alone: the ranges of
    the two may overlap all the same.
    """
    (one, other), (low, high), (lower, upper) = _shares(first, second), wilson(*first), wilson(*second)
    difference = one - other
    return (
        difference - sqrt((one - low) ** 2 + (upper - other) ** 2),
        difference + sqrt((high - one) ** 2 + (other - lower) ** 2),
    )


def differ(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether chance alone seldom makes such a difference; of few people nothing is said."""
    if min(first[1], second[1]) < FEWEST:
        return False
    low, high = newcombe(first, second)
    return low > 0 or high < 0


def difference_in_words(first: tuple[int, int], second: tuple[int, int]) -> str:
    """How many points lower or higher the first share is, with the range of that."""
    one, other = _shares(first, second)
    low, high = newcombe(first, second)
    words = _("%(n)d points lower (95 %%: %(low)d to %(high)d)")
    if one > other:
        words = _("%(n)d points higher (95 %%: %(low)d to %(high)d)")
    ends = sorted((low, high), key=lambda end: end if one > other else -end)
    sign = 100 if one > other else -100
    points = {"n": sign * (one - other), "low": sign * ends[0], "high": sign * ends[1]}
    return words % {key: round(value) for key, value in points.items()}


def _shares(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    return first[0] / first[1], second[0] / second[1]
