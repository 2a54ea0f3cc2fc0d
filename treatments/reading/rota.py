"""The on-call rota as an administrator reads it: a week as a picture, what nobody covers, and the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from treatments.models import Shift
from treatments.models.rota import on_call_now
from treatments.reading.responders import name_of, why_nobody, words_of
from treatments.workflow.escalation import OnCall
from treatments.workflow.rota import RANK_WORDS, Rank, Stretch, Turn, on_duty, stretches, uncovered
from treatments.workflow.rota_words import clock, nobody_words

A_DAY = timedelta(days=1)
A_WEEK = 7 * A_DAY


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a day: ``x`` and ``width`` in percent; ``nobody``: it is covered by none."""

    x: float
    width: float
    words: str
    nobody: bool


@dataclass(frozen=True, slots=True)
class Day:
    label: str
    lines: tuple[list[Part], ...]  # first, second


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the rota in words; ``nobody`` says why it covers nothing."""

    shift: Shift
    words: str
    nobody: str


def rota_view(now: datetime, from_day: date | None = None) -> dict[str, Any]:
    """The template's context for the seven days from ``from_day``, or from today."""
    on_call = on_call_now(now)
    here = on_call.working_time.on_its_clock(now)
    first = from_day or here.date()
    shifts = list(Shift.objects.standing(now).select_related("person"))
    names = {shift.person_id: name_of(shift.person) for shift in shifts}
    reached = {turn.key for turn in on_call.turns}
    begins = datetime.combine(first, time())
    return {
        "days": [_day(on_call.turns, names, begins + place * A_DAY) for place in range(7)],
        "gaps": [
            nobody_words(rank, gap) for rank in Rank for gap in gaps(on_call, rank, begins, begins + A_WEEK)
        ],
        "now": [_now(on_call.turns, names, rank, here) for rank in Rank],
        "rows": [
            Row(shift, words_of(shift), "" if shift.pk in reached else why_nobody(shift) or "")
            for shift in shifts
        ],
        "earlier": (first - A_WEEK).isoformat(),
        "later": (first + A_WEEK).isoformat(),
        "address": bool(on_call.address),
    }


def gaps(on_call: OnCall, rank: Rank, begins: datetime, ends: datetime) -> list[Stretch]:
    """The hours of the clinic's clock that nobody covers."""
    return uncovered(on_call.turns, rank, begins, ends)


def gaps_ahead(now: datetime) -> list[str]:
    """Who is first in no hour of the seven days to come: a sentence for each stretch that nobody covers."""
    on_call = on_call_now(now)
    here = on_call.working_time.on_its_clock(now).replace(second=0, microsecond=0)
    return [nobody_words(Rank.FIRST, gap) for gap in gaps(on_call, Rank.FIRST, here, here + A_WEEK)]


def _now(turns: Sequence[Turn], names: dict[int, str], rank: Rank, here: datetime) -> tuple[str, str]:
    return str(RANK_WORDS[rank]), _who(on_duty(turns, rank, here), names)


def _who(turns: Sequence[Turn], names: dict[int, str]) -> str:
    return ", ".join(dict.fromkeys(names[turn.person] for turn in turns)) or _("nobody")


def _day(turns: Sequence[Turn], names: dict[int, str], begins: datetime) -> Day:
    lines = tuple(
        [_part(stretch, names, begins) for stretch in _by_person(turns, rank, begins)] for rank in Rank
    )
    return Day(date_format(begins, "l, M j"), lines)


def _by_person(turns: Sequence[Turn], rank: Rank, day: datetime) -> list[Stretch]:
    """A day's stretches; rows of the same people that follow each other are one."""
    found: list[Stretch] = []
    for stretch in stretches(turns, rank, day, day + A_DAY):
        people = {turn.person for turn in stretch.turns}
        if found and people == {turn.person for turn in found[-1].turns}:
            found[-1] = Stretch(found[-1].begins, stretch.ends, stretch.turns)
        else:
            found.append(stretch)
    return found


def _part(stretch: Stretch, names: dict[int, str], day: datetime) -> Part:
    x, width = (100 * span / A_DAY for span in (stretch.begins - day, stretch.ends - stretch.begins))
    words = _who(stretch.turns, names)
    if width < 100:
        hours = {"begins": clock(stretch.begins.time()), "ends": clock(stretch.ends.time()), "who": words}
        words = _("%(begins)s to %(ends)s: %(who)s") % hours
    else:
        words = _("all day: %(who)s") % {"who": words}
    return Part(round(x, 3), round(width, 3), words, not stretch.turns)


def names_on_duty(now: datetime) -> list[str]:
    """Who is on call at this moment, the first line before the second."""
    on_call = on_call_now(now)
    here = on_call.working_time.on_its_clock(now)
    keys = [turn.person for rank in Rank for turn in on_duty(on_call.turns, rank, here)]
    people = User.objects.in_bulk(keys)
    return [name_of(people[key]) for key in dict.fromkeys(keys)]
