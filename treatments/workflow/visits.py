"""How a visit may end, what the patient may answer, and when they are reminded of it. Pure."""

from datetime import date, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.times.working_time import WorkingTime


class VisitEnd(StrEnum):
    HELD = "held"
    CANCELED = "canceled"
    NO_SHOW = "no_show"
    # Another visit took its place.
    MOVED = "moved"


VISIT_ENDS: dict[VisitEnd, Text] = {
    VisitEnd.HELD: _("Took place"),
    VisitEnd.CANCELED: _("Canceled"),
    VisitEnd.NO_SHOW: _("Did not come"),
    VisitEnd.MOVED: _("Moved"),
}


class VisitAnswer(StrEnum):
    CONFIRMED = "confirmed"
    CHANGE_ASKED = "change_asked"


VISIT_ANSWERS: dict[VisitAnswer, Text] = {
    VisitAnswer.CONFIRMED: _("Confirmed"),
    VisitAnswer.CHANGE_ASKED: _("Asks for another time"),
}

# Days before a visit on which its person is reminded.
REMINDERS = (3, 1)


def next_reminder(visit: date, after: date) -> date | None:
    """The first day after ``after`` on which somebody is reminded of a ``visit`` on that day."""
    days = (visit - timedelta(days=before) for before in REMINDERS)
    return next((day for day in days if day > after), None)


def outside_hours(day: date, starts: time | None, ends: time | None, working: WorkingTime) -> bool:
    """Whether a visit is on a day, or at a time, at which the clinic does not work."""
    if not working.works_on(day):
        return True
    opens, closes = working.hours
    return starts is not None and (starts < opens or starts >= closes or (ends or starts) > closes)
