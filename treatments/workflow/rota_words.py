"""The rota in words: when a row lasts, what nobody covers, and what a change of it was."""

from datetime import datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from intake.times.moments import short_day
from treatments.workflow.rota import CHANNEL_WORDS, RANK_WORDS, Rank, Stretch, Turn

NOBODY_IS = {
    Rank.FIRST: lambda when: _("Nobody is first %(when)s.") % {"when": when},
    Rank.SECOND: lambda when: _("Nobody is second %(when)s.") % {"when": when},
}


def clock(at: time) -> str:
    """As people say it: 6 pm, 8:30 am, midnight."""
    if at == time(0):
        return _("midnight")
    return time_format(at, "g:i A" if at.minute else "g A").lower()


def when_words(turn: Turn) -> str:
    """When a row of the rota lasts."""
    hours = {"begins": clock(turn.begins), "ends": clock(turn.ends)}
    if turn.first_day is not None and turn.last_day is not None:
        days = {"first": short_day(turn.first_day), "last": short_day(turn.last_day)}
        return _("%(first)s, %(begins)s to %(last)s, %(ends)s") % {**days, **hours}
    day = {"day": WEEKDAYS[turn.weekday or 0]}
    if turn.begins == turn.ends:
        return _("%(day)s, 24 hours from %(begins)s") % {**day, **hours}
    return _("%(day)s, %(begins)s to %(ends)s") % {**day, **hours}


def row_words(turn: Turn, who: str) -> str:
    """A whole row; the address of a webhook is not among it."""
    rank, channel = str(RANK_WORDS[turn.rank]).lower(), str(CHANNEL_WORDS[turn.channel]).lower()
    return _("%(who)s, %(rank)s, %(when)s, by %(channel)s") % {
        "who": who,
        "rank": rank,
        "when": when_words(turn),
        "channel": channel,
    }


def nobody_words(rank: Rank, gap: Stretch) -> str:
    """One sentence for a stretch that nobody covers."""
    first, last = gap.begins, gap.ends
    hours = {"day": _day(first), "begins": clock(first.time()), "ends": clock(last.time())}
    if last - first < timedelta(days=1):
        return NOBODY_IS[rank](_("on %(day)s, %(begins)s to %(ends)s") % hours)
    return NOBODY_IS[rank](
        _("from %(day)s, %(begins)s to %(until)s, %(ends)s") % {**hours, "until": _day(last)}
    )


def _day(at: datetime) -> str:
    return date_format(at, "l, M j")
