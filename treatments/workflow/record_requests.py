"""Requests for records: who is asked, and by when an answer is due. Pure."""

from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.times.working_time import WorkingTime

# Working days until an answer is due, and what a chase gives more.
DUE_DAYS, CHASE_DAYS = 10, 5
# Past these a day was mistyped: due so many days from today, or signed, sent or received so many years ago.
LATEST_DUE_DAYS, OLDEST_YEARS = 366, 10


class RecordHolder(StrEnum):
    """Who is asked for records."""

    PHARMACY = "pharmacy"
    PRESCRIBER = "prescriber"
    THERAPIST = "therapist"
    HOSPITAL = "hospital"
    PAYER = "payer"


RECORD_HOLDERS: dict[RecordHolder, Text] = {
    RecordHolder.PHARMACY: _("Pharmacy"),
    RecordHolder.PRESCRIBER: _("Prescriber"),
    RecordHolder.THERAPIST: _("Therapist"),
    RecordHolder.HOSPITAL: _("Hospital"),
    RecordHolder.PAYER: _("Payer"),
}


def due_after(day: date, working_days: int, working: WorkingTime) -> date:
    """So many of the clinic's working days after ``day``; where it never works, as many days."""
    for _number in range(working_days):
        day = working.next_day(day) or date.fromordinal(day.toordinal() + 1)
    return day
