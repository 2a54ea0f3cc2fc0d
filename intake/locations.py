"""What a clinic has set for one of its locations, read through one function.

Only ``clinic`` and this file read these settings. Keys, addresses and mail servers belong to the
deployment and stay in Django's settings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from intake.times.working_time import WorkingTime

# Unsafe answers again and again: a full page where the danger is new or more urgent, or after every one.
RISING, EVERY = "rising", "every"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationSettings:
    """Hashable: pages that are kept are kept under the settings they were made with.

    ``suicide_screen`` is a key of ``intake.scales.SUICIDE_SCREENS``. ``working_days`` count from Monday, 0.
    ``target_hours`` are pairs of a target's key and the working hours that replace its own, ``check_days`` of a
    clinician's level and the days within which the next check must be. ``help_pages`` is RISING or EVERY.
    ``record_sentence`` is the clinic's own on what it keeps, "" for ours. ``closed_years``, ``withdrawn_days`` and ``record_years``: 0 is for ever. ``call_promise``: the clinic says by when it calls somebody who gave an unsafe answer.
    """

    name: str
    phone: str
    hours: str
    response_time: str
    record_sentence: str
    color: str
    color_dark: str
    quick_exit: bool
    offered_languages: tuple[str, ...]
    suicide_screen: str
    pc_ptsd5_cutoff_women: int
    draft_days: int
    link_hours: int
    mail_days: int
    closed_years: int
    withdrawn_days: int
    record_years: int
    ask_chase_days: int
    ask_expire_days: int
    contact_attempts: int
    message_hours: int
    notice_hour: int
    time_zone: str
    working_days: frozenset[int]
    working_hours: tuple[time, time]
    holidays: frozenset[date]
    call_promise: bool
    help_pages: str
    target_hours: tuple[tuple[str, int], ...]
    check_days: tuple[tuple[str, int], ...]
    on_call_repeat_minutes: int
    on_call_urgent_repeat_minutes: int
    escalate_minutes: int
    alert_taken_minutes: int

    @property
    def working_time(self) -> WorkingTime:
        return WorkingTime(self.working_days, self.working_hours, ZoneInfo(self.time_zone), self.holidays)


@cache  # every page asks several times; a server's settings stand still
def from_environment(_location: object) -> LocationSettings:
    return LocationSettings(
        name=settings.CLINIC["name"],
        phone=settings.CLINIC["phone"],
        hours=settings.CLINIC["hours"],
        response_time=settings.CLINIC["response_time"],
        record_sentence=settings.CLINIC["record_sentence"],
        color=settings.CLINIC_COLOR,
        color_dark=settings.CLINIC_COLOR_DARK,
        quick_exit=settings.QUICK_EXIT,
        offered_languages=tuple(settings.OFFERED_LANGUAGES),
        suicide_screen=settings.SUICIDE_SCREEN,
        pc_ptsd5_cutoff_women=settings.PC_PTSD5_CUTOFF_WOMEN,
        draft_days=settings.DRAFT_DAYS,
        link_hours=settings.LINK_HOURS,
        mail_days=settings.MAIL_DAYS,
        closed_years=settings.CLOSED_YEARS,
        withdrawn_days=settings.WITHDRAWN_DAYS,
        record_years=settings.RECORD_YEARS,
        ask_chase_days=settings.ASK_CHASE_DAYS,
        ask_expire_days=settings.ASK_EXPIRE_DAYS,
        contact_attempts=settings.CONTACT_ATTEMPTS,
        message_hours=settings.MESSAGE_HOURS,
        notice_hour=settings.NOTICE_HOUR,
        time_zone=settings.TIME_ZONE,
        working_days=frozenset(settings.WORKING_DAYS),
        working_hours=settings.WORKING_HOURS,
        holidays=frozenset(settings.CLINIC_HOLIDAYS),
        call_promise=settings.CALL_PROMISE,
        help_pages=settings.HELP_PAGES,
        target_hours=tuple(settings.TARGET_HOURS.items()),
        check_days=tuple(settings.CHECK_DAYS.items()),
        on_call_repeat_minutes=settings.ON_CALL_REPEAT_MINUTES,
        on_call_urgent_repeat_minutes=settings.ON_CALL_URGENT_REPEAT_MINUTES,
        escalate_minutes=settings.ESCALATE_MINUTES,
        alert_taken_minutes=settings.ALERT_TAKEN_MINUTES,
    )


Source = Callable[[object], LocationSettings]
_source: Source = from_environment


def set_settings_source(source: Source) -> Source:
    """From now on ``source`` says what is set for a location; returns the one before."""
    global _source
    before, _source = _source, source
    return before


def settings_of(location: object) -> LocationSettings:
    """What is set for ``location``; None is the one location there is until locations are rows."""
    return _source(location)


def cutoff_without_a_clinic() -> int:
    """``pc_ptsd5_cutoff_women`` for ``manage.py assess``, which runs where no clinic is set up."""
    return getattr(settings, "PC_PTSD5_CUTOFF_WOMEN", 4)


def location_of(request: HttpRequest) -> object:
    """The location that a request is about; None until locations are rows."""
    return getattr(request, "location", None)
