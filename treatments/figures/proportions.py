"""Shares of few people with what chance alone could make of them: Wilson's range of 95 percent. Pure."""

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
        return _("fewer than %(n)d: not shown") % {"n": FEWEST}
    low, high = wilson(number, of)
    return f"{100 * number / of:.0f} % ({100 * low:.0f}–{100 * high:.0f})"
