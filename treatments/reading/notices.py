"""What was sent outside the app about an alert: to whom, as what, by what, each time; repeats are one line."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.times.moments import clock, stamp
from treatments.models import Alert, OnCallNotice
from treatments.reading.responders import name_of
from treatments.workflow.escalation import LEVEL_WORDS, Level


@dataclass(slots=True)
class Told:
    """All that one recipient got by one channel as one level.

    ``times`` are in their order; ``trouble`` is what keeps the newest from being delivered.
    """

    words: str
    times: list[datetime] = field(default_factory=list)
    trouble: str = ""

    def line(self, now: datetime) -> str:
        if not self.times:
            return self.words
        last = {"words": self.words, "n": len(self.times), "last": _moment(self.times[-1], now)}
        return (
            ngettext("%(words)s, %(last)s", "%(words)s, %(n)d times, last %(last)s", len(self.times)) % last
        )


def sent_about(alert: Alert, now: datetime) -> list[tuple[str, list[str], str]]:
    """``(the line, each of its times, what is wrong)``, by level; a notice that is only planned says nothing."""
    lines: dict[tuple[int, str], Told] = {}
    notices = OnCallNotice.objects.filter(alarm__submission=alert.pk).select_related("person", "mail")
    for notice in notices.prefetch_related("sendings").order_by("level", "pk"):
        words = _recipient(notice)
        heard = lines.setdefault((notice.level, words), Told(words))
        # One mail may speak of several alarms: it was sent once.
        heard.times = sorted({*heard.times, *(sending.at for sending in notice.sendings.all())})
        heard.trouble = _trouble(notice) or heard.trouble
    return [
        (heard.line(now), [_moment(at, now) for at in heard.times], heard.trouble)
        for heard in lines.values()
        if heard.times or heard.trouble
    ]


def _recipient(notice: OnCallNotice) -> str:
    words = {"channel": notice.get_channel_display(), "level": LEVEL_WORDS[Level(notice.level)]}
    if notice.person is None:
        return _("%(channel)s to the %(level)s") % words
    return _("%(channel)s to %(who)s, %(level)s") % {**words, "who": name_of(notice.person)}


def _trouble(notice: OnCallNotice) -> str:
    """The fault's name alone: its words may hold an address."""
    mail = notice.mail
    fault = notice.last_error or (mail.last_error if mail and mail.sent_at is None else "")
    return _("not delivered yet, tried again: %(fault)s") % {"fault": fault} if fault else ""


def _moment(at: datetime, now: datetime) -> str:
    """By the clinic's clock; with the day where it is another one."""
    return clock(at) if localdate(at) == localdate(now) else stamp(at)
