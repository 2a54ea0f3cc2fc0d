"""An unsafe answer that was changed after it rang: what it was first, what it became, and when, in words."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Answers
from intake.fields.lookup import field_path
from intake.models import Alarm, AlarmChange, Submission
from intake.questionnaire import summary
from intake.questionnaire.dangers import BY_KEY
from intake.times.moments import clock, short_day
from treatments.reading.redaction import Redaction

# Of this scale one item alone means danger.
ITEM_9 = {"mood.phq9": "mood.phq9[8]"}


def taken_back(submission: Submission, redaction: Redaction) -> dict[str, str]:
    """By the path of the answer: "first Yes, then changed to No at 10:42 am on November 20".

    Of one that changed several times, the first that rang and the last. Nothing of an answer that is again what
    it was, nor of one that this reader may not read.
    """
    prefetch_related_objects([submission], "alarms__changes")
    rang: dict[str, list[Alarm]] = {}
    for alarm in sorted(submission.alarms.all(), key=lambda alarm: alarm.pk):
        rang.setdefault(alarm.danger, []).append(alarm)
    return {
        path: words
        for danger, alarms in rang.items()
        if danger in BY_KEY and not redaction.is_protected(alarms[0])
        for path, words in _of_danger(danger, alarms)
    }


def _of_danger(danger: str, alarms: list[Alarm]) -> Iterator[tuple[str, str]]:
    changes = sorted(
        (change for alarm in alarms for change in alarm.changes.all()), key=lambda change: change.pk
    )
    if not changes:
        return
    for path in BY_KEY[danger].paths:
        path = ITEM_9.get(path, path)
        if words := _in_words(path, alarms[0].answer, changes[-1]):
            yield path, words


def _in_words(path: str, first: Answers | None, last: AlarmChange) -> str:
    before = answer_in_words(path, first) if first is not None else _("an unsafe answer")
    after = answer_in_words(path, last.answer)
    if before == after:
        return ""
    moment = {"before": before, "after": after, "time": time_of(last.at), "day": day_of(last.at)}
    return _("first %(before)s, then changed to %(after)s at %(time)s on %(day)s") % moment


def answer_in_words(path: str, answers: Answers) -> str:
    rows = summary.rows([fields.BY_PATH[field_path(path)]], answers)
    return next((row.answer for row in rows if row.path == path), "") or _("Not answered")


def time_of(at: datetime) -> str:
    """By the clinic's clock, such as 10:42 am."""
    return clock(at)


def day_of(at: datetime) -> str:
    return short_day(at)
