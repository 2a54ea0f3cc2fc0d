"""The demonstration's clinic is closed on the next Christmas and New Year's Day, as its administrator has set it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import User

from treatments.demo.rota import KEPT_SINCE
from treatments.models import ClinicHours
from treatments.triage.clinic_hours import change_hours


def close_on_holidays(staff: Mapping[str, User], now: datetime) -> None:
    here = ClinicHours.newest()
    days = {date(now.year, 12, 25): "Christmas", date(now.year + 1, 1, 1): "New Year's Day"}
    wanted = ClinicHours(**{key: getattr(here, key) for key in ClinicHours.SET})
    wanted.holidays = here.holidays | {day.isoformat(): name for day, name in days.items()}
    change_hours(actor=staff["adam"], seen=here.version, wanted=wanted, at=now - KEPT_SINCE)
