"""Tells the on-call person outside the app that an alarm waits, again and again until somebody is on it.

One that was taken and is still open after ``ALERT_TAKEN_MINUTES`` rings again, until it is closed.

A sweep over our own rows, run by ``manage.py tick``: nothing hangs on the patient's request, and a
killed tick leaves every notice due. A notice holds no patient data: that an alert is open, since when, and a
link behind the sign-in.
"""

import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake import retrying
from intake.fields.urgency import URGENT
from intake.locations import settings_of
from intake.models import OutgoingMail, Submission
from treatments.models import OnCallNotice
from treatments.models.alert import open_alarms

log = logging.getLogger(__name__)

WEBHOOK_TIMEOUT = 5  # seconds
LONGEST_PASS = 10  # seconds of webhooks in one pass, so that mail is not kept waiting
Channel = OnCallNotice.Channel


def notify_on_call(at: datetime | None = None) -> int:
    """One pass: plan notices of new alarms, drop settled ones, give those that are due. How many were given."""
    channels = [
        channel
        for channel, address in (
            (Channel.MAIL, settings.ON_CALL_EMAIL),
            (Channel.WEBHOOK, settings.ON_CALL_WEBHOOK),
        )
        if address
    ]
    at = at or timezone.now()
    _plan(channels, at)
    OnCallNotice.objects.settled().update(due_at=None)
    given = 0
    if Channel.MAIL in channels:
        given += _mail_due(at)
    if Channel.WEBHOOK in channels:
        given += _post_due(at)
    return given


def _plan(channels: Sequence[str], at: datetime) -> None:
    """A notice for each open alarm and channel that has none yet. People invented for the demo ring nobody."""
    for channel in channels:
        planned = OnCallNotice.objects.filter(alarm=OuterRef("pk"), channel=channel)
        alarms = open_alarms().exclude(submission__source=Submission.Source.DEMO).exclude(Exists(planned))
        OnCallNotice.objects.bulk_create(
            [
                OnCallNotice(alarm_id=pk, channel=channel, due_at=at)
                for pk in alarms.values_list("pk", flat=True)
            ],
            ignore_conflicts=True,
        )


def repeats_after(urgency: str) -> timedelta:
    here = settings_of(None)
    minutes = here.on_call_urgent_repeat_minutes if urgency == URGENT else here.on_call_repeat_minutes
    return timedelta(minutes=minutes)


def _rest() -> timedelta:
    """So long an alert is quiet after somebody took it."""
    return timedelta(minutes=settings_of(None).alert_taken_minutes)


def link_to(alarm_id: int) -> str:
    """The alert's page in the admin, where only staff who sign in read anything."""
    return settings.SITE_URL + reverse("admin:treatments_alert_change", args=[alarm_id])


def _due(channel: str, now: datetime):
    notices = OnCallNotice.objects.select_for_update(of=("self",), skip_locked=True).due(now, _rest())
    return notices.filter(channel=channel).select_related("alarm").order_by("due_at", "pk")


# --- Mail: one for all that is due, put into the outbox in the same transaction ---------------------


@transaction.atomic
def _mail_due(now: datetime) -> int:
    notices = list(_due(Channel.MAIL, now).select_related("alarm", "mail"))
    if not notices:
        return 0
    # While the mail server is out of reach the first mail goes on trying: no pile for when it is back.
    waiting = [each for each in notices if each.mail and not (each.mail.sent_at or each.mail.given_up_at)]
    ready = [each for each in notices if each not in waiting]
    for notice in waiting:
        notice.due_at = now + retrying.MINUTE
    if ready:
        mail = OutgoingMail.put(
            OutgoingMail.Purpose.ON_CALL,
            to=settings.ON_CALL_EMAIL,
            subject=_subject(ready),
            body=_body(ready),
            at=now,
        )
        for notice in ready:
            notice.mail = mail
            notice.times += 1
            notice.sent_at = now
            notice.due_at = now + repeats_after(notice.alarm.urgency)
    OnCallNotice.objects.bulk_update(notices, ["mail", "times", "sent_at", "due_at"])
    return len(ready)


def _subject(notices: list[OnCallNotice]) -> str:
    if len(notices) == 1:
        return _("A safety alert is open")
    return _("%(count)d safety alerts are open") % {"count": len(notices)}


def _since(notice: OnCallNotice) -> str:
    return _("since %(time)s") % {
        "time": date_format(timezone.localtime(notice.alarm.raised_at), "DATETIME_FORMAT")
    }


def _body(notices: list[OnCallNotice]) -> str:
    links = "\n".join(f"{link_to(notice.alarm_id)} ({_since(notice)})" for notice in notices)
    return _(
        "This is still open. Sign in to see it:\n\n"
        "%(links)s\n\n"
        "You will get this mail again until somebody is on it.\n"
    ) % {"links": links}


# --- Webhook: one POST an alarm ---------------------------------------------------------------------


class NoRedirects(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its alert, and count as delivered."""

    def redirect_request(self, *args, **kwargs):
        return None


def _post_due(now: datetime) -> int:
    """Post what is due; a receiver that fails is left alone for the rest of this pass."""
    given, started = 0, monotonic()
    while monotonic() - started < LONGEST_PASS:
        notice = _take(now)
        if notice is None or not _post(notice, now):
            break
        given += 1
    return given


@transaction.atomic
def _take(now: datetime) -> OnCallNotice | None:
    """Hold the next due notice for a moment; whoever is killed while posting leaves it due again."""
    notice = _due(Channel.WEBHOOK, now).first()
    if notice is not None:
        notice.attempts += 1
        notice.due_at = now + retrying.HOLD
        notice.save(update_fields=["attempts", "due_at"])
    return notice


def _post(notice: OnCallNotice, now: datetime) -> bool:
    words = {"text": str(_("A safety alert is open")), "since": notice.alarm.raised_at.isoformat()}
    body = json.dumps({**words, "url": link_to(notice.alarm_id)}).encode()
    request = Request(  # noqa: S310 (settings take http and https only)
        settings.ON_CALL_WEBHOOK, data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    try:
        with build_opener(NoRedirects).open(request, timeout=WEBHOOK_TIMEOUT):
            pass
    except Exception as fault:  # whatever goes wrong, the notice stays due
        log.warning("On-call notice %s was not delivered: %s.", notice.pk, type(fault).__name__)
        notice.last_error = type(fault).__name__
        notice.due_at = now + retrying.pause(retrying.ON_CALL_PAUSES, notice.attempts)
        notice.save(update_fields=["last_error", "due_at"])
        return False
    notice.attempts, notice.last_error = 0, ""
    notice.times += 1
    notice.sent_at = now
    notice.due_at = now + repeats_after(notice.alarm.urgency)
    notice.save(update_fields=["attempts", "last_error", "times", "sent_at", "due_at"])
    return True
