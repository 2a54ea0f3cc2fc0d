"""The appointments of a sent form as a calendar file: a neutral title, the times and the clinic's phone number."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.locations import location_of, settings_of
from intake.models import Submission
from intake.status import Appointment, status_of
from intake.views.guard import READ_WRITE
from intake.views.status import with_sent


@with_sent
@READ_WRITE
def calendar(request: HttpRequest, sent: Submission) -> HttpResponse:
    """All that are still to come; a file made later moves the entries of an earlier one."""
    phone, now = settings_of(location_of(request)).phone, timezone.now()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN", "METHOD:PUBLISH"]
    for each in status_of(sent).appointments:
        lines += entry(each, phone, now)
    content = "\r\n".join([*lines, "END:VCALENDAR", ""])
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


def entry(each: Appointment, phone: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{each.key}"
    yield f"SEQUENCE:{each.moves}"
    yield f"DTSTAMP:{_utc(now)}"
    if each.starts is None:
        yield f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}"
    else:
        zone = timezone.get_current_timezone()
        starts = datetime.combine(each.day, each.starts, zone)
        ends = datetime.combine(each.day, each.ends, zone) if each.ends else starts + timedelta(minutes=30)
        yield f"DTSTART:{_utc(starts)}"
        yield f"DTEND:{_utc(ends)}"
    yield f"SUMMARY:{_text(_('Appointment'))}"
    yield f"DESCRIPTION:{_text(phone)}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """As RFC 5545 wants it."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "").replace("\n", "\\n")
