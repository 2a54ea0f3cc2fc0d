"""Sends the mail and the texts that are due: a sweep over the outbox, safe to kill at any moment.

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
from intake.mail import appointments, reminders
from intake.mail.account_links import account_works, password_link
from intake.mail.reminders import is_daytime, stop_link
from intake.mail.texting import is_refused, post_text
from intake.mail.texts import LINK, STOP
from intake.models import OutgoingMail, ResumeKey, Submission, Try
from intake.models.batches import delete_in_batches
from intake.models.coming_back import Channel
from intake.resume_secrets import LONGEST_WINDOW

log = logging.getLogger(__name__)

# What a server says about one mail; any other failure means the server itself is out of reach.
ABOUT_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
# What goes out only if it is still wanted then, and what nobody waits for by day alone.
WANTED = {
    OutgoingMail.Purpose.APPOINTMENT: appointments.is_wanted,
    OutgoingMail.Purpose.NOTICE: account_works,
    OutgoingMail.Purpose.DRAFT: reminders.is_wanted,
}
BY_DAY = {OutgoingMail.Purpose.APPOINTMENT, OutgoingMail.Purpose.DRAFT}
# Seconds of sending in one pass: the tick must come back to the alarms within a minute.
LONGEST_PASS = 10


def send_due_mail() -> int:
    """Send what is due, alerts first; how many went out.

    A mail server out of reach ends the mails of this pass, a gateway out of reach its texts; none is lost.
    """
    reached = {Channel.MAIL.value: settings.SENDS_MAIL, Channel.TEXT.value: bool(settings.TEXT_WEBHOOK)}
    sent, started = 0, monotonic()
    for purpose in OutgoingMail.Purpose:
        if purpose in BY_DAY and not is_daytime(timezone.now()):
            continue
        while (by := [each for each, open_now in reached.items() if open_now]) and (
            monotonic() - started < LONGEST_PASS
        ):
            mail = OutgoingMail.take(purpose, timezone.now(), by)
            if mail is None:
                break
            if purpose in WANTED and not WANTED[purpose](mail, timezone.now()):
                mail.withdraw()
                continue
            fault = _send(mail)
            sent += fault is None
            reached[mail.channel] = fault is None or _is_about_one(fault)
    return sent


def _is_about_one(fault: Exception) -> bool:
    """Whether only this mail or text was refused."""
    return isinstance(fault, ABOUT_ONE_MAIL) or is_refused(fault)


def _send(mail: OutgoingMail) -> Exception | None:
    """Send one mail or text and mark what became of it; the fault if it failed."""
    try:
        if mail.channel == Channel.TEXT:
            post_text(mail.pk, to=mail.to, text=_text_of(mail))
        else:
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
    if mail.account is not None and LINK in mail.body:
        return mail.body.replace(LINK, password_link(mail.account))
    if mail.submission_id is None:
        return mail.body
    body = mail.body
    if LINK in body:
        body = body.replace(LINK, ResumeKey.new_link(mail.submission_id, at=timezone.now()))
    return body.replace(STOP, stop_link(mail.submission_id)) if STOP in body else body


def forget_old_rows() -> None:
    """Delete what has had its time: counted tries, mail that ended, links and codes that open nothing, sessions."""
    now = timezone.now()
    long_ago = now - Submission.kept_for()
    Try.forget(now - LONGEST_WINDOW)
    OutgoingMail.forget_ended(now - timedelta(days=settings_of(None).mail_days))
    ResumeKey.forget(long_ago)
    delete_in_batches(Session.objects.filter(expire_date__lt=now))
