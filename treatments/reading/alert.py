"""A safety alert as staff read it: the unsafe answers worst first and in time order, and every way to reach the person."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake import fields
from intake.fields import Answers
from intake.fields.lookup import field_path
from intake.fields.urgency import RANK
from intake.models import Alarm, Submission
from intake.questionnaire import summary
from intake.questionnaire.dangers import BY_KEY, DANGERS
from treatments.models import Alert
from treatments.reading.redaction import Redaction
from treatments.reading.taken_back import ITEM_9, taken_back
from treatments.workflow.alerts import EntryKind

PLACES = {danger.key: place for place, danger in enumerate(DANGERS)}


@dataclass(frozen=True, slots=True)
class Said:
    """One question and what was said: ``words`` the answer as it stands, ``change`` how it came about."""

    question: str
    words: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Unsafe:
    """What lies behind the alarms of one danger; ``is_new``: nobody who was on it, or closed it, has seen it."""

    title: str
    urgency: str
    at: datetime
    is_new: bool
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rang:
    """An alarm on record; ``words`` is the answer as it was first saved, "" where it may not be read."""

    at: datetime
    title: str
    urgency: str
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach the person: a number to call, and what is safe there."""

    number: str
    words: str


def name_of(submission: Submission) -> str:
    about = submission.current.get("about", {})
    return " ".join(filter(None, (about.get("first_name"), about.get("last_name"))))


def minutes_taken(alert: Alert) -> str:
    """From the first unsafe answer until somebody was on it, or closed it, in whole minutes; "" for not yet."""
    first = next((entry for entry in alert.staff_entries() if entry.kind != EntryKind.NOTE), None)
    if first is None:
        return ""
    minutes = int((first.at - alert.in_order()[0].raised_at).total_seconds() // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def titles(alert: Alert, redaction: Redaction) -> list[str]:
    """What rang, each once, worst first."""
    return list(dict.fromkeys(redaction.alarm_title(alarm) for alarm in worst_first(alert, redaction)))


def worst_first(alert: Alert, redaction: Redaction) -> list[Alarm]:
    """The newest alarm of each danger, the open ones before the rest; which a protected one is, its place won't say."""
    newest = {alarm.danger: alarm for alarm in alert.in_order()}
    ringing = {alarm.pk for alarm in alert.ringing}

    def place(alarm: Alarm) -> tuple[int, int, int]:
        # Of a screen the later questions are the graver ones, and they stand later in the table.
        among = -1 if redaction.is_protected(alarm) else PLACES.get(alarm.danger, -1)
        return (alarm.pk not in ringing, -RANK[alarm.urgency], -among)

    return sorted(newest.values(), key=place)


def unsafe_answers(alert: Alert, redaction: Redaction) -> list[Unsafe]:
    """Every unsafe answer with its question, in the person's words, worst first."""
    changes = taken_back(alert, redaction)
    seen = max((entry.newest_alarm_id for entry in (alert.taken, *alert.closings) if entry), default=0)
    return [
        Unsafe(
            redaction.alarm_title(alarm),
            alarm.urgency,
            alarm.raised_at,
            bool(seen) and alarm.pk > seen,
            _said(alarm, alert, redaction, changes),
        )
        for alarm in worst_first(alert, redaction)
    ]


def _said(alarm: Alarm, alert: Alert, redaction: Redaction, changes: dict[str, str]) -> list[Said]:
    if redaction.is_protected(alarm):
        return [Said("", _("You may not read this answer."))]
    return [
        Said(row.question, row.answer or _("Not answered"), changes.get(row.path, ""))
        for row in rows_behind(alarm, alert.current)
    ]


def rows_behind(alarm: Alarm, answers: Answers) -> list[summary.Row]:
    """The questions that the alarm's danger names, as ``answers`` answer them."""
    danger = BY_KEY.get(alarm.danger)
    paths = {ITEM_9.get(path, path) for path in danger.paths} if danger else set()
    owners = [fields.BY_PATH[path] for path in sorted({field_path(path) for path in paths})]
    return [row for row in summary.rows(owners, answers) if row.path in paths]


def on_record(alert: Alert, redaction: Redaction) -> list[Rang]:
    """Each alarm as it rang, in the order of time."""
    return [
        Rang(alarm.raised_at, redaction.alarm_title(alarm), alarm.urgency, _first_words(alarm, redaction))
        for alarm in alert.in_order()
    ]


def _first_words(alarm: Alarm, redaction: Redaction) -> str:
    if redaction.is_protected(alarm) or alarm.answer is None:
        return ""
    return ", ".join(row.answer for row in rows_behind(alarm, alarm.answer) if row.answer)


# --- How to reach the person --------------------------------------------------------------------------------


def ways(submission: Submission) -> list[Way]:
    """The numbers to call, in their order: today's, the ordinary one, the emergency contact."""
    answers = submission.current
    safety, about = answers.get("safety", {}), answers.get("about", {})
    found = []
    if number := safety.get("number_today"):
        found.append(Way(number, _("today's number")))
    if number := about.get("phone"):
        found.append(Way(number, ", ".join([_("ordinary number"), *_safe_there(about)])))
    if number := about.get("emergency_phone"):
        who = [about.get(key) for key in ("emergency_name", "emergency_relation")]
        found.append(Way(number, ", ".join([_("emergency contact"), *filter(None, who)])))
    return found


def _safe_there(about: dict[str, Any]) -> list[str]:
    words = {
        "voicemail_ok": (_("voice message ok"), _("no voice message")),
        "text_ok": (_("text ok"), _("no text")),
    }
    return [
        words[key][about[key] != "yes"] if about.get(key) else _("%(what)s: not said") % {"what": what}
        for key, what in (("voicemail_ok", _("voice message")), ("text_ok", _("text")))
    ]


ABOUT = ("email", "email_ok", "postcode", "interpreter_needed", "speaks", "date_of_birth")


def particulars(submission: Submission) -> list[summary.Row]:
    """Where the person is and may be found, the birth date and the language; what was not given says so."""
    own = [fields.BY_PATH["safety.where_now"]]
    own += [fields.BY_PATH[f"about.{key}"] for key in ABOUT if f"about.{key}" in fields.BY_PATH]
    rows = list(summary.rows(own, submission.current))
    language = summary.in_words(fields.LANGUAGE, submission.language or None)
    return [*rows, summary.Row(str(fields.LANGUAGE.question), language, fields.LANGUAGE.key)]


def alert_view(redaction: Redaction, alert: Alert, now: datetime) -> dict[str, Any]:
    """The template's context for one alert, as this reader may have it."""
    answers = unsafe_answers(alert, redaction)
    return {
        "alert": alert,
        "person": name_of(alert),
        "unsafe": answers,
        "record": on_record(alert, redaction),
        "ways": ways(alert),
        "particulars": particulars(alert),
        "where_now": alert.current.get("safety", {}).get("where_now", ""),
        "entries": alert.staff_entries(),
        "taken": alert.taken,
        "closed": alert.closed,
        "open_for": timesince(alert.open_since, now, depth=1) if alert.open_now else "",
        "answers_left_out": redaction.hides,
        "count": ngettext("%(n)d answer", "%(n)d answers", len(answers)) % {"n": len(answers)},
    }
