"""What happens to a sent form: four steps, each done, now, next or later, with days from the clinic's working time."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from intake.fields import Answers
from intake.locations import LocationSettings
from intake.models import Submission
from intake.views.call_line import day_in_words, number_of

SENT, READ, CALL, TEAM = 1, 2, 3, 4
DONE, NOW, NEXT, LATER = "done", "now", "next", "later"
# Working hours in which the desk reads a new form, unless the clinic has set its own target.
READ_WITHIN = 8
IN_DAYS = re.compile(r"\s*(\d{1,2}) working days?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """``words`` is a sentence or two with the day; ``state`` is one of DONE, NOW, NEXT, LATER."""

    number: int
    title: str
    words: str
    state: str


def steps_of(
    sent: Submission,
    here: LocationSettings,
    now: datetime,
    *,
    at_step: int = READ,
    since: datetime | None = None,
) -> list[Step]:
    """``at_step`` is the one that goes on ``now``; ``since`` when, None where that is not known or still ahead."""
    today, answers = here.working_time.on_its_clock(now).date(), sent.current
    words = {
        SENT: _day(here.working_time.on_its_clock(sent.submitted_at).date(), today)
        if sent.submitted_at
        else "",
        READ: _read_by(sent, here, today) if at_step == READ and since is None else "",
        CALL: _call_by(sent, here, today, answers) if at_step <= CALL else "",
        TEAM: _("About what may help, and when."),
    }
    titles = {
        SENT: _("You sent your form"),
        READ: _("We read it"),
        CALL: _contact(answers, sent.helped_person),
        TEAM: _("A treatment team talks with you")
        if sent.helped_person is None
        else _("A treatment team talks with them"),
    }
    if since is not None and at_step != SENT:
        began = _("Since %(day)s.") % {"day": _day(here.working_time.on_its_clock(since).date(), today)}
        words[at_step] = " ".join(filter(None, (began, words[at_step])))
    return [Step(number, titles[number], words[number], _state(number, at_step)) for number in titles]


def _state(number: int, at_step: int) -> str:
    if number < at_step:
        return DONE
    return NOW if number == at_step else NEXT if number == at_step + 1 else LATER


def _day(day: date, today: date) -> str:
    return _("today, %(day)s") % {"day": day_in_words(day)} if day == today else day_in_words(day)


def _by(day: date, today: date) -> str:
    words = _("By the end of today, %(day)s.") if day == today else _("By %(day)s.")
    return words % {"day": day_in_words(day)}


def _read_by(sent: Submission, here: LocationSettings, today: date) -> str:
    """By which day the desk has read it; nothing once that day is over: what was not kept is not said again."""
    if sent.submitted_at is None:
        return ""
    hours = dict(here.target_hours).get("new", READ_WITHIN)
    day = here.working_time.moment_after(sent.submitted_at, hours).date()
    return _by(day, today) if day >= today else ""


def _call_by(sent: Submission, here: LocationSettings, today: date, answers: Answers) -> str:
    """By when we make contact: a day where the clinic counts in working days, else its own words."""
    by, found = "", IN_DAYS.fullmatch(here.response_time)
    if found is None:
        by = _("Within %(time)s.") % {"time": here.response_time}
    elif sent.submitted_at is not None:
        day: date | None = here.working_time.on_its_clock(sent.submitted_at).date()
        for _time in range(int(found[1])):
            day = here.working_time.next_day(day) if day else None
        if day is None or day < today:
            return _("Have you not heard from us? Call us at %(phone)s.") % {"phone": here.phone}
        by = _by(day, today)
    if number_of(answers) and sent.helped_person is None:
        by += " " + _("The call may come from %(phone)s.") % {"phone": here.phone}
    return by


def _contact(answers: Answers, person: str | None) -> str:
    """Who is reached, and how: only ways that were ticked are named."""
    about = answers.get("about", {})
    by = about.get("contact_by") or ()
    if person is not None:
        called = bool(about.get("filled_by_phone"))
        if person and called:
            return _("We contact %(person)s, and you if we cannot reach %(person)s") % {"person": person}
        if person:
            return _("We contact %(person)s") % {"person": person}
        return (
            _("We contact the person you help, and you if we cannot reach them")
            if called
            else _("We contact the person you help")
        )
    if about.get("phone") and (not by or "call" in by):
        texts = "text" in by and about.get("text_ok") == "yes"
        return _("We call or text you") if texts else _("We call you")
    return _("We contact you, in the way you chose")
