"""Days and times in the one way that staff read them: "Nov 28, 2026", "4:22 pm", "today, 4:22 pm"; by the clinic's clock."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

ON_PAPER = {"en": "F j, Y", "es": r"j \d\e F \d\e Y"}


def clock(at: datetime | time) -> str:
    """Such as 4:22 pm."""
    return date_format(_here(at), "g:i A").lower()


def short_day(day: date) -> str:
    """Such as Nov 28, 2026; of a moment the day that it is at the clinic."""
    return date_format(_here(day), "M j, Y")


def day_on_paper(day: date, language: str = "en") -> str:
    """In full, as a letter has it."""
    with override(language):
        return date_format(day, ON_PAPER[language])


def stamp(at: datetime) -> str:
    """Day and time, also of the same day: on paper and in mail "today" is soon another day."""
    return f"{short_day(at)}, {clock(at)}"


def moment(at: datetime) -> str:
    """Day and time; of the same day "today" and the time."""
    if timezone.localdate(at) == timezone.localdate():
        return _("today, %(time)s") % {"time": clock(at)}
    return stamp(at)


def since(at: datetime) -> str:
    """Of the same day the time alone."""
    return clock(at) if timezone.localdate(at) == timezone.localdate() else stamp(at)


def _here(at: Any) -> Any:
    """A moment on the clinic's clock; a day or a time of the clinic as it is."""
    return timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at
