"""Sends the mail that is due: a sweep over the outbox, safe to kill at any moment.

A mail is held, sent, and marked, in three steps. Killed between the last two, it is sent a second time
when the hold ends: a mail may come twice, but is never lost.
"""

import logging
import smtplib
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.utils import timezone

from intake import retrying
from intake.locations import settings_of
from intake.mail.account_links import password_link
from intake.mail.texts import LINK
from intake.models import OutgoingMail, ResumeKey, Submission, Try
from intake.models.batches import delete_in_batches
from intake.resume_secrets import LONGEST_WINDOW

log = logging.getLogger(__name__)

# What a server says about one mail; any other failure means the server itself is out of reach.
ABOUT_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
# Seconds of sending in one pass: the tick must come back to the alarms within a minute.
LONGEST_PASS = 10


def send_due_mail() -> int:
    """Send what is due, alerts first; how many went out. A server out of reach ends the pass, not the mail."""
    if not settings.SENDS_MAIL:
        return 0
    sent, started = 0, monotonic()
    for purpose in OutgoingMail.Purpose:
        while monotonic() - started < LONGEST_PASS:
            mail = OutgoingMail.take(purpose, timezone.now())
            if mail is None:
                break
            fault = _send(mail)
            if fault is None:
                sent += 1
            elif not isinstance(fault, ABOUT_ONE_MAIL):
                return sent
    return sent


def _send(mail: OutgoingMail) -> Exception | None:
    """Send one mail and mark what became of it; the fault if it failed."""
    try:
        EmailMessage(mail.subject, _text_of(mail), settings.DEFAULT_FROM_EMAIL, [mail.to]).send()
    except Exception as fault:  # whatever goes wrong, the mail stays due
        # Of a fault only its name: its words may hold the address.
        log.warning("Mail %s (%s) was not sent: %s.", mail.pk, mail.purpose, type(fault).__name__)
        on_call = mail.purpose == OutgoingMail.Purpose.ON_CALL
        mail.mark_failed(
            timezone.now(),
            type(fault).__name__,
            pauses=retrying.ON_CALL_PAUSES if on_call else retrying.MAIL_PAUSES,
            give_up_after=None if on_call else retrying.MAIL_GIVEN_UP_AFTER,
        )
        return fault
    mail.mark_sent(timezone.now())
    return None


def _text_of(mail: OutgoingMail) -> str:
    """The body with a link made just now; a mail tried twice leaves two, of which either works."""
    if mail.account is not None:
        return mail.body.replace(LINK, password_link(mail.account))
    if mail.submission_id is None or LINK not in mail.body:
        return mail.body
    return mail.body.replace(LINK, ResumeKey.new_link(mail.submission_id, at=timezone.now()))


def forget_old_rows() -> None:
    """Delete what has had its time: counted tries, mail that ended, links and codes that open nothing, sessions."""
    now = timezone.now()
    long_ago = now - Submission.kept_for()
    Try.forget(now - LONGEST_WINDOW)
    OutgoingMail.forget_ended(now - timedelta(days=settings_of(None).mail_days))
    ResumeKey.forget(long_ago)
    delete_in_batches(Session.objects.filter(expire_date__lt=now))
