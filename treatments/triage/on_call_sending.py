"""Tells the responders outside the app that an alert is open, again and again until somebody is on it.

A notice holds no patient data: that an alert is open, since when, and a link behind the sign-in.
"""

import json
import logging
from datetime import datetime, timedelta
from time import monotonic
from urllib.request import Request, build_opener

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from intake import retrying
from intake.fields.urgency import URGENT
from intake.locations import settings_of
from intake.mail.texting import NoRedirects
from intake.models import OutgoingMail
from intake.times.moments import stamp
from treatments.models import OnCallNotice, OnCallSending
from treatments.workflow.escalation import Level

log = logging.getLogger(__name__)

WEBHOOK_TIMEOUT = 5  # seconds
LONGEST_PASS = 10  # seconds of webhooks in one pass, and of mails written, so that mail is not kept waiting
LONGEST_MAIL = 500  # alarms in one mail
Channel = OnCallNotice.Channel


def repeats_after(urgency: str) -> timedelta:
    here = settings_of(None)
    minutes = here.on_call_urgent_repeat_minutes if urgency == URGENT else here.on_call_repeat_minutes
    return timedelta(minutes=minutes)


def rest() -> timedelta:
    """So long an alert is quiet after somebody took it."""
    return timedelta(minutes=settings_of(None).alert_taken_minutes)


def link_to(alarm_id: int) -> str:
    """The alert's page in the admin, where only staff who sign in read anything."""
    return settings.SITE_URL + reverse("admin:treatments_alert_change", args=[alarm_id])


def link_for(notice: OnCallNotice) -> str:
    """Where the recipient finds more: the alert; an administrator, who may not read it, who is on call."""
    if notice.level == Level.ADMINISTRATORS:
        return settings.SITE_URL + reverse("admin:treatments_shift_changelist")
    return link_to(notice.alarm_id)


def _due(channel: str, now: datetime):
    notices = OnCallNotice.objects.select_for_update(of=("self",), skip_locked=True).due(now, rest())
    return notices.filter(channel=channel).select_related("alarm").order_by("due_at", "pk")


def _told(notices: list[OnCallNotice], now: datetime, **more: object) -> None:
    """Keep that these were given, and when they are due again."""
    for urgency in {notice.alarm.urgency for notice in notices}:
        given = [notice.pk for notice in notices if notice.alarm.urgency == urgency]
        again = now + repeats_after(urgency)
        OnCallNotice.objects.filter(pk__in=given).update(
            times=F("times") + 1, sent_at=now, due_at=again, **more
        )
    OnCallSending.objects.bulk_create(OnCallSending(notice=notice, at=now) for notice in notices)


# --- Mail: to each recipient one for all that is due, put into the outbox in the same transaction -----


def mail_due(now: datetime) -> int:
    """Mail what is due, in this pass or the next; so many notices were given."""
    given, started, done = 0, monotonic(), LONGEST_MAIL
    while done == LONGEST_MAIL and monotonic() - started < LONGEST_PASS:
        done, ready = _mail_batch(now)
        given += ready
    return given


@transaction.atomic
def _mail_batch(now: datetime) -> tuple[int, int]:
    """How many notices were taken up, and how many of them were given."""
    # Chosen first and read then: of very many that are due all are put in order, without their mails.
    chosen = _due(Channel.MAIL, now).select_related(None).only("pk")[:LONGEST_MAIL]
    read = OnCallNotice.objects.filter(pk__in=[each.pk for each in chosen])
    read = read.select_related("alarm", "mail", "person")
    notices = list(read.defer("mail__body").order_by("due_at", "pk"))
    # While the mail server is out of reach the first mail goes on trying: no pile for when it is back.
    waiting = {each.pk for each in notices if each.mail and not (each.mail.sent_at or each.mail.given_up_at)}
    OnCallNotice.objects.filter(pk__in=waiting).update(due_at=now + retrying.MINUTE)
    groups: dict[tuple[bool, str], list[OnCallNotice]] = {}
    for notice in notices:
        if notice.pk not in waiting:
            to = notice.person.email if notice.person else settings.ON_CALL_EMAIL
            groups.setdefault((notice.level == Level.ADMINISTRATORS, to), []).append(notice)
    for (last, to), ready in groups.items():
        mail = OutgoingMail.put(
            OutgoingMail.Purpose.ON_CALL,
            to=to,
            subject=_subject(ready),
            body=_last_body(ready) if last else _body(ready),
            at=now,
        )
        _told(ready, now, mail=mail)
    return len(notices), sum(map(len, groups.values()))


def _subject(notices: list[OnCallNotice]) -> str:
    if len(notices) == 1:
        return _("A safety alert is open")
    return _("%(count)d safety alerts are open") % {"count": len(notices)}


def _since(notice: OnCallNotice) -> str:
    return _("since %(time)s") % {"time": stamp(notice.alarm.raised_at)}


def _body(notices: list[OnCallNotice]) -> str:
    links = "\n".join(f"{link_to(notice.alarm_id)} ({_since(notice)})" for notice in notices)
    return _(
        "This is still open. Sign in to see it:\n\n"
        "%(links)s\n\n"
        "You will get this mail again until somebody is on it.\n"
    ) % {"links": links}


def _last_body(notices: list[OnCallNotice]) -> str:
    """For the administrators: nobody before them has taken it."""
    since = "\n".join(_since(notice) for notice in notices)
    return _(
        "A safety alert is open and nobody has taken it:\n\n"
        "%(since)s\n\n"
        "Sign in to see who is on call, and see to it that somebody takes it:\n\n"
        "%(link)s\n\n"
        "You will get this mail again until somebody is on it.\n"
    ) % {"since": since, "link": link_for(notices[0])}


# --- Webhook: one POST an alarm and recipient -------------------------------------------------------


def post_due(now: datetime) -> int:
    """Post what is due; a receiver that fails is left alone for the rest of this pass, and no other is."""
    given, started = 0, monotonic()
    failed: set[str] = set()
    while monotonic() - started < LONGEST_PASS:
        notice = _take(now, failed)
        if notice is None:
            break
        if _post(notice, now):
            given += 1
        else:
            failed.add(_address(notice))
    return given


def _address(notice: OnCallNotice) -> str:
    return notice.shift.webhook if notice.shift else settings.ON_CALL_WEBHOOK


@transaction.atomic
def _take(now: datetime, failed: set[str]) -> OnCallNotice | None:
    """Hold the next due notice for a moment; whoever is killed while posting leaves it due again."""
    notices = _due(Channel.WEBHOOK, now).select_related("alarm", "shift").exclude(shift__webhook__in=failed)
    if settings.ON_CALL_WEBHOOK in failed:
        notices = notices.exclude(shift=None)
    notice = notices.first()
    if notice is not None:
        notice.attempts += 1
        notice.due_at = now + retrying.HOLD
        notice.save(update_fields=["attempts", "due_at"])
    return notice


def _post(notice: OnCallNotice, now: datetime) -> bool:
    words = {"text": str(_("A safety alert is open")), "since": notice.alarm.raised_at.isoformat()}
    body = json.dumps({**words, "url": link_for(notice)}).encode()
    try:
        request = Request(  # noqa: S310 (settings and the rota take http and https only)
            _address(notice), data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        with build_opener(NoRedirects).open(request, timeout=WEBHOOK_TIMEOUT):
            pass
    except Exception as fault:  # whatever goes wrong, the notice stays due
        log.warning("On-call notice %s was not delivered: %s.", notice.pk, type(fault).__name__)
        notice.last_error = type(fault).__name__
        notice.due_at = now + retrying.pause(retrying.ON_CALL_PAUSES, notice.attempts)
        notice.save(update_fields=["last_error", "due_at"])
        return False
    with transaction.atomic():
        _told([notice], now, attempts=0, last_error="")
    return True
