"""When the clinic calls somebody who gave an unsafe answer, in words: from its hours and holidays, and at which number."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intake.fields import Answers
from intake.fields.lookup import answer
from intake.locations import LocationSettings
from intake.typed.phone import dialed

LAST_CALL = timedelta(hours=2)  # before closing: who writes later is called on the next working day
DIGITS_OF_A_NUMBER = 7  # fewer, and its end would be most of it


@dataclass(frozen=True, slots=True)
class CallLine:
    """``opening`` in bold, then ``rest``; ``short`` is the one sentence for a box."""

    opening: str
    rest: str
    short: str

    @property
    def html(self) -> SafeString:
        return format_html("<strong>{}</strong> {}", self.opening, self.rest)


def number_of(answers: Answers) -> str:
    """The number to call: the one for today first, "" where none was given."""
    given = answer(answers, "safety.number_today"), answer(answers, "about.phone")
    return next((number.strip() for number in given if number and number.strip()), "")


def end_of(number: str) -> str:
    """The last four digits of a number, "" of what is too short for one."""
    digits = dialed(number)
    return digits[-4:] if len(digits) >= DIGITS_OF_A_NUMBER else ""


def call_line(here: LocationSettings, now: datetime, number: str) -> CallLine:
    if not number:
        asked = _("Tell us a number, so that we can call you.")
        return CallLine(asked, "", asked)
    if not here.call_promise:
        return _unpromised(here, _at(number))
    moment = here.working_time.on_its_clock(now)
    opens, closes = here.working_time.hours
    if here.working_time.works_on(moment.date()):
        if opens <= moment.time() and moment <= datetime.combine(moment.date(), closes) - LAST_CALL:
            today = _("We will call you today before %(closes)s,") % {"closes": clock(closes)}
            short = _("We call you today before %(closes)s.") % {"closes": clock(closes)}
            return CallLine(today, _at(number), short)
        day = moment.date() if moment.time() < opens else here.working_time.next_day(moment.date())
    else:
        day = here.working_time.next_day(moment.date())
    if day is None:
        return _unpromised(here, _at(number))
    open_now = day != moment.date() and opens <= moment.time() < closes
    open_now = open_now and here.working_time.works_on(moment.date())
    return _later(day, (opens, closes), _at(number), open_now=open_now)


def _unpromised(here: LocationSettings, at_number: str) -> CallLine:
    rest = _("%(at_number)s Our hours: %(hours)s. Do not wait for our call if things get worse.")
    return CallLine(
        _("We will call you as soon as we have read this,"),
        rest % {"at_number": at_number, "hours": here.hours},
        _("We call you as soon as we have read this."),
    )


def _later(day: date, hours: tuple[time, time], at_number: str, *, open_now: bool) -> CallLine:
    when = {"day": day_in_words(day), "opens": clock(hours[0]), "closes": clock(hours[1])}
    rest = (
        _(
            "%(at_number)s We may not read this form before then. Do not wait for our call if things get worse."
        )
        if open_now
        else _(
            "%(at_number)s The clinic is closed until then and nobody reads this form. "
            "Do not wait for our call if things get worse."
        )
    )
    return CallLine(
        _("We will call you on %(day)s, between %(opens)s and %(closes)s,") % when,
        rest % {"at_number": at_number},
        _("We call you on %(day)s.") % when,
    )


def _at(number: str) -> str:
    end = end_of(number)
    return _("at the number that ends in %(end)s.") % {"end": end} if end else _("at the number you gave us.")


def day_in_words(day: date) -> str:
    """Such as "Monday, November 30"."""
    return date_format(day, pgettext("a day without its year, in Django's letters", "l, F j"))


def clock(hour: time) -> str:
    """Such as "5 pm" or "5:30 pm"."""
    shown = f"{hour.hour % 12 or 12}" + (f":{hour.minute:02}" if hour.minute else "")
    return (_("%(clock)s am") if hour.hour < 12 else _("%(clock)s pm")) % {"clock": shown}
