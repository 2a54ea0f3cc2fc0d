"""Who is on call when: the rows of a rota, what they cover, and the hours that nobody covers; judging only.

All times are those of the clinic's own clock, without a zone: whoever is on from 10 pm to 6 am is on while the
clock shows these hours, however long that night is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text

A_DAY = timedelta(days=1)


class Rank(IntEnum):
    FIRST = 1
    SECOND = 2


class Channel(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"


RANK_WORDS: dict[Rank, Text] = {Rank.FIRST: _("First"), Rank.SECOND: _("Second")}
CHANNEL_WORDS: dict[Channel, Text] = {Channel.MAIL: _("Email"), Channel.WEBHOOK: _("Webhook")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A row of the rota: each week on ``weekday`` (Monday is 0), or once from ``first_day`` to ``last_day``.

    Weekly, it ends on the next day where ``ends`` is not later than ``begins``. By dates it goes without a break
    from ``begins`` on the first day to ``ends`` on the last. ``key`` is the row's, ``person`` the account's.
    """

    key: int
    person: int
    rank: Rank
    channel: Channel
    begins: time
    ends: time
    weekday: int | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_weekly(self) -> bool:
        return self.weekday is not None

    def spans(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """From when to when it lasts, for all of the weeks that touch the days from ``first`` to ``last``."""
        if self.first_day is not None and self.last_day is not None:
            yield datetime.combine(self.first_day, self.begins), datetime.combine(self.last_day, self.ends)
            return
        day = first - A_DAY  # a night reaches into the day after it
        while day <= last:
            if day.weekday() == self.weekday:
                until = day if self.begins < self.ends else day + A_DAY
                yield datetime.combine(day, self.begins), datetime.combine(until, self.ends)
            day += A_DAY


def on_duty(turns: Iterable[Turn], rank: Rank, at: datetime) -> tuple[Turn, ...]:
    """The rows that cover ``at``; one with dates takes the place of the weekly ones."""
    day = at.date()
    found = [
        turn
        for turn in turns
        if turn.rank == rank and any(begins <= at < ends for begins, ends in turn.spans(day, day))
    ]
    return tuple([turn for turn in found if not turn.is_weekly] or found)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when the same rows cover the rota; none where nobody does."""

    begins: datetime
    ends: datetime
    turns: tuple[Turn, ...]


def stretches(turns: Sequence[Turn], rank: Rank, begins: datetime, ends: datetime) -> list[Stretch]:
    """The time from ``begins`` to ``ends``, cut where somebody else takes over or nobody does."""
    edges = {edge for turn in turns for span in turn.spans(begins.date(), ends.date()) for edge in span}
    cuts = [begins, *sorted(edge for edge in edges if begins < edge < ends), ends]
    found: list[Stretch] = []
    for start, end in pairwise(cuts):
        there = on_duty(turns, rank, start)
        if found and found[-1].turns == there:
            found[-1] = Stretch(found[-1].begins, end, there)
        else:
            found.append(Stretch(start, end, there))
    return found


def uncovered(turns: Sequence[Turn], rank: Rank, begins: datetime, ends: datetime) -> list[Stretch]:
    return [stretch for stretch in stretches(turns, rank, begins, ends) if not stretch.turns]
