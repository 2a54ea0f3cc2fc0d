"""Reminders of an unfinished form, for who asked for them: when one is due, and writing it into the outbox.

Days 3 and 14 after the draft was last saved, and 3 before it is deleted; three at most; in daytime.
"""

import uuid
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from intake.locations import settings_of
from intake.mail.safe_ways import not_unsafe
from intake.mail.texts import unfinished
from intake.models import OutgoingMail, Submission
from intake.models.submission_lists import SubmissionQuerySet

MOST = 3
BEFORE_DELETION = 3
DAY = (time(9), time(20))  # of the clinic's time zone: messages go out between these
SPREAD = 180  # minutes after nine over which those of a day go out
DRAFT = OutgoingMail.Purpose.DRAFT
SALT = "intake.mail.reminders"


def days(draft_days: int) -> list[int]:
    """The days after the last save, in order, of a draft that is kept for ``draft_days``."""
    return sorted({day for day in (3, 14, draft_days - BEFORE_DELETION) if 0 < day < draft_days})


def due_day(draft: Submission, today: date) -> date | None:
    """The latest day up to ``today`` on which a reminder is due and was not given; None for none."""
    saved = timezone.localdate(draft.saved_at)
    given = max(saved, timezone.localdate(draft.reminded_at)) if draft.reminded_at else saved
    due = [saved + timedelta(days=day) for day in days(settings_of(None).draft_days)]
    return max((day for day in due if given < day <= today), default=None)


def maybe_due(at: datetime) -> SubmissionQuerySet:
    """The drafts to look at: asked for, not all given, and not saved for as long as the first takes."""
    first = min(days(settings_of(None).draft_days), default=None)
    if first is None:
        return Submission.objects.none()
    # A day earlier in hours: days are counted by the calendar.
    oldest = at - timedelta(days=first - 1)
    drafts = Submission.objects.filter(**Submission.OPEN, remind_by__isnull=False, saved_at__lte=oldest)
    rested = Q(reminded_at=None) | Q(reminded_at__lte=at - timedelta(hours=12))
    return drafts.filter(Q(reminders=None) | Q(reminders__lt=MOST)).filter(rested)


@transaction.atomic
def remind(pk: uuid.UUID, at: datetime) -> bool:
    """Write the reminder that is due for this draft, if one still is. The caller has checked that no alarm is open."""
    if not is_daytime(at):
        return False
    draft = Submission.objects.select_for_update().filter(pk=pk, **Submission.OPEN).first()
    if draft is None or not draft.remind_by or not draft.is_alive(at) or (draft.reminders or 0) >= MOST:
        return False
    to, today = not_unsafe(draft.answers).get(draft.remind_by), timezone.localdate(at)
    if to is None or due_day(draft, today) is None:
        return False
    with translation.override(draft.language or settings.LANGUAGE_CODE):
        ends = date_format(timezone.localtime(draft.expires_at), "DATE_FORMAT")
        text = unfinished(day=ends, phone=settings_of(None).phone)
    OutgoingMail.put(
        DRAFT,
        submission=draft,
        channel=draft.remind_by,
        to=to,
        subject=text.subject,
        body=text.body,
        at=at,
        due_at=spread(draft.pk.int, today),
    )
    draft.note_reminder(at)
    return True


def spread(number: int, day: date) -> datetime:
    """Nine o'clock and some minutes, which the row's id, a ``number``, makes."""
    nine = datetime.combine(day, DAY[0], timezone.get_current_timezone())
    return nine + timedelta(minutes=number % SPREAD)


def is_daytime(at: datetime) -> bool:
    return DAY[0] <= timezone.localtime(at).time() < DAY[1]


def is_wanted(mail: OutgoingMail, now: datetime) -> bool:
    """Whether a reminder that waits is still to go: the form was not sent, deleted, gone on with or stopped.

    Nor did it ring meanwhile: then a person calls.
    """
    draft = mail.submission
    if draft is None or not draft.is_alive(now) or draft.remind_by != mail.channel:
        return False
    return (
        draft.saved_at < mail.created_at and not draft.alarms.filter(raised_at__gte=mail.created_at).exists()
    )


# --- Stopping them --------------------------------------------------------------------------------------


def stop_link(pk: uuid.UUID) -> str:
    """Where reminders are stopped. Signed and stored nowhere; in the query, since log lines name the path."""
    return f"{settings.SITE_URL}{reverse('intake:reminders')}?token={signing.Signer(salt=SALT).sign(pk.hex)}"


def number_in(token: str) -> str:
    """The id of the form that a stop link is for, in hexadecimal digits; "" where it is no link of ours."""
    try:
        return signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return ""


def read_draft(number: str) -> Submission | None:
    """The living draft whose id is ``number`` in hexadecimal digits."""
    draft = Submission.read(number) if number else None
    return draft if draft is not None and draft.is_alive(timezone.now()) else None


@transaction.atomic
def choose(draft: Submission, channel: str | None) -> None:
    """Remind by ``channel`` from now on, or not at all; what waits to be sent goes."""
    draft.remind(channel)
    OutgoingMail.withdraw_all(DRAFT, submission=draft)
