"""Days and times as the desk writes them: "today 4:22 pm", else "Nov 28, 2026, 4:22 pm"; by the clinic's clock."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def clock(at: datetime) -> str:
    """Such as 4:22 pm."""
    return date_format(timezone.localtime(at), "g:i A").lower()


@register.filter
def short_day(day: date) -> str:
    """Such as Nov 28, 2026."""
    return date_format(day, "M j, Y")


@register.filter
def since(at: datetime) -> str:
    """Of the same day the time alone."""
    return clock(at) if timezone.localdate(at) == timezone.localdate() else moment(at)


@register.filter
def moment(at: datetime) -> str:
    """A day and time; of the same day "today" and the time."""
    day = timezone.localdate(at)
    if day == timezone.localdate():
        return _("today %(time)s") % {"time": clock(at)}
    return f"{short_day(day)}, {clock(at)}"
