"""A safety alert as staff read it: the unsafe answers worst first and in time order, who is on it, what was done."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake import fields
from intake.fields import Answers
from intake.fields.lookup import field_path
from intake.fields.urgency import RANK
from intake.models import Alarm
from intake.questionnaire import summary
from intake.questionnaire.dangers import BY_KEY, DANGERS, SUICIDE
from treatments.models import Alert, AlertEntry, Event, Referral, RiskAssessment
from treatments.reading.notices import sent_about
from treatments.reading.reaching import not_given, person_head, ways
from treatments.reading.redaction import Redaction
from treatments.reading.risk import assessments_of
from treatments.reading.safety import safety_rows
from treatments.reading.taken_back import ITEM_9, taken_back
from treatments.workflow.alerts import EntryKind
from treatments.workflow.events import OPENED

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


def minutes_taken(alert: Alert) -> str:
    """From the first unsafe answer until somebody was on it, or closed it, in whole minutes; "" for not yet."""
    first = next(
        (each for each in alert.staff_entries() if each.kind in (EntryKind.TAKEN, EntryKind.CLOSED)), None
    )
    if first is None:
        return ""
    minutes = int((first.at - alert.in_order()[0].raised_at).total_seconds() // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def titles(alert: Alert, redaction: Redaction) -> list[str]:
    """What rang, each once, worst first."""
    return list(dict.fromkeys(redaction.alarm_title(alarm) for alarm in worst_first(alert, redaction)))


def worst_first(alert: Alert, redaction: Redaction) -> list[Alarm]:
    """The newest alarm of each danger, the open ones before the rest.

    Of those that this reader may not read one stands for all, the first that still rings: neither how many there are
    nor their place says which.
    """
    newest = {alarm.danger: alarm for alarm in alert.in_order() if not redaction.is_protected(alarm)}
    protected = [alarm for alarm in alert.in_order() if redaction.is_protected(alarm)]
    ringing = {alarm.pk for alarm in alert.ringing}
    one = [alarm for alarm in protected if alarm.pk in ringing][:1] or protected[:1]

    def place(alarm: Alarm) -> tuple[int, int, int]:
        # Of a screen the later questions are the graver ones, and they stand later in the table.
        among = -1 if alarm in one else PLACES.get(alarm.danger, -1)
        return (alarm.pk not in ringing, -RANK[alarm.urgency], -among)

    return sorted([*newest.values(), *one], key=place)


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


def unanswered_of_screen(alert: Alert, redaction: Redaction) -> list[str]:
    """Where the suicide screen rang: its questions that were asked and not answered. No answer is not a no."""
    rang = [BY_KEY[alarm.danger] for alarm in alert.in_order() if alarm.danger in BY_KEY]
    parents = {path.rpartition(".")[0] for danger in rang if danger.kind == SUICIDE for path in danger.paths}
    screens = {
        path for path in parents if "." in path
    }  # such as safety.cssrs; other dangers are fields alone
    return [
        row.question
        for row in safety_rows(alert, redaction)
        if not row.answer and not row.unasked and row.path.rpartition(".")[0] in screens
    ]


def on_record(alert: Alert, redaction: Redaction) -> list[Rang]:
    """Each alarm as it rang, in the order of time; of those that this reader may not read one between two closings."""
    shown: dict[object, Alarm] = {}
    for alarm in alert.in_order():
        closed = sum(entry.newest_alarm_id < alarm.pk for entry in alert.closings)
        shown.setdefault(("protected", closed) if redaction.is_protected(alarm) else alarm.pk, alarm)
    return [
        Rang(alarm.raised_at, redaction.alarm_title(alarm), alarm.urgency, _first_words(alarm, redaction))
        for alarm in shown.values()
    ]


def _first_words(alarm: Alarm, redaction: Redaction) -> str:
    if redaction.is_protected(alarm) or alarm.answer is None:
        return ""
    return ", ".join(row.answer for row in rows_behind(alarm, alarm.answer) if row.answer)


# --- Who has it open, and what was done ---------------------------------------------------------------------

# A page that was loaded within this time counts as open.
OPEN_NOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who has the page of the alert open; ``at``: when they loaded it last."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did; ``risk`` is the clinician's assessment that closed the alert, if one did."""

    entry: AlertEntry
    risk: RiskAssessment | None


def open_elsewhere(alert: Alert, reader: User, now: datetime) -> list[Look]:
    """Who else has it open, as the record of looks tells at this moment."""
    looks = Event.objects.filter(kind=OPENED.key, at__gt=now - OPEN_NOW, submission=alert.pk)
    others = looks.exclude(actor=reader).select_related("actor").order_by("at")
    newest = {
        event.actor.pk: Look(event.actor.get_full_name() or event.actor.get_username(), event.at)
        for event in others
        if event.actor is not None
    }
    return list(newest.values())


def what_was_done(alert: Alert) -> list[Done]:
    """Each entry in its order; one that an assessment wrote with that assessment: its writer at its moment."""
    referral: Referral | None = getattr(alert, "referral", None)
    risks = {(row.by_id, row.at): row for row in assessments_of(referral)} if referral else {}
    return [
        Done(entry, risks.get((entry.by_id, entry.at)) if entry.kind == EntryKind.CLOSED else None)
        for entry in alert.staff_entries()
    ]


def last_risk(alert: Alert) -> RiskAssessment | None:
    """The newest assessment of the person's risk by a clinician; None for none, as for a draft."""
    referral: Referral | None = getattr(alert, "referral", None)
    return next(iter(assessments_of(referral)), None) if referral else None


def alert_view(redaction: Redaction, alert: Alert, now: datetime) -> dict[str, Any]:
    """The template's context for one alert, as this reader may have it."""
    answers = unsafe_answers(alert, redaction)
    done = what_was_done(alert)
    return {
        "alert": alert,
        **person_head(alert, now),
        "unsafe": answers,
        "unanswered": unanswered_of_screen(alert, redaction) if answers else [],
        "record": on_record(alert, redaction),
        "ways": ways(alert),
        "not_given": not_given(alert),
        "elsewhere": open_elsewhere(alert, redaction.user, now),
        "done": done,
        "sent": sent_about(alert, now),
        "taken": alert.taken,
        "asked": alert.asked,
        "closed": alert.closed,
        "last_risk": last_risk(alert),
        "closed_by_risk": done[-1].risk if done and not alert.open_now else None,
        "open_for": timesince(alert.open_since, now, depth=1) if alert.open_now else "",
        "answers_left_out": redaction.hides,
        "count": ngettext("%(n)d answer", "%(n)d answers", len(answers)) % {"n": len(answers)},
    }
