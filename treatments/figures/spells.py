"""How long things took, those that still stand open among them: median, longest, in time. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Spell:
    """``open``: it has lasted so long and nobody knows how much longer. ``left``: something else ended it."""

    seconds: float
    open: bool = False
    left: bool = False


def spell(begun: datetime, ended: datetime | None, now: datetime, *, left: datetime | None = None) -> Spell:
    """``left``: when something else ended it, where nothing did before."""
    until, gone = ended or left or now, ended is None and left is not None
    return Spell(max(0.0, (until - begun).total_seconds()), open=ended is None and not gone, left=gone)


def median_of(spells: Collection[Spell]) -> float | None:
    """The seconds within which half have ended, by Kaplan and Meier (JASA 1958;53:457-481); None: not half yet.

    An open one counts for as long as it has lasted, so that the slow ones are not missing while they are slow; so
    does one that something else ended.
    """
    left, standing = 1.0, len(spells)
    in_order = sorted(spells, key=lambda each: each.seconds)
    for seconds, here in groupby(in_order, lambda each: each.seconds):
        of_them = [each.open or each.left for each in here]
        left *= 1 - of_them.count(False) / standing
        if left <= 0.5 + 1e-9:
            return seconds
        standing -= len(of_them)
    return None


@dataclass(frozen=True, slots=True)
class Times:
    """What a table says of some spells; ``in_time`` of ``judged``, those that have ended or run late.

    The longest is one that has ended, or stands open.
    """

    number: int
    still_open: int
    median: str
    longest: str
    in_time: int = 0
    judged: int = 0


def times_of(spells: Collection[Spell], in_time: Collection[bool | None] = ()) -> Times:
    """``in_time`` of each spell with a target: None while it is open and there is time left."""
    whole = ((each.seconds, each.open) for each in spells if not each.left)
    still_open = sum(each.open for each in spells)
    judged = [each for each in in_time if each is not None]
    times = times_in_words(len(spells), still_open, median_of(spells), max(whole, default=None))
    return replace(times, in_time=sum(judged), judged=len(judged))


def times_in_words(
    number: int, still_open: int, middle: float | None, longest: tuple[float, bool] | None
) -> Times:
    """``middle`` in seconds; ``longest``: how many seconds, and whether it stands open."""
    words = "–"
    if longest is not None:
        seconds, is_open = longest
        words = in_words(seconds)
        words = _("%(span)s, open") % {"span": words} if is_open else words
    nothing = _("not half yet") if number else "–"
    return Times(number, still_open, nothing if middle is None else in_words(middle), words)


def in_words(seconds: float) -> str:
    return span_in_words(timedelta(seconds=seconds))


def span_in_words(span: timedelta) -> str:
    """A wait as people say it: minutes, hours, then days."""
    minutes = max(0, round(span.total_seconds() / 60))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
