"""Mailing or texting the link that brings a person back to their draft."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from intake.locations import settings_of
from intake.mail.safe_ways import number_of
from intake.mail.texts import come_back, come_back_text
from intake.models import OutgoingMail, ResumeKey, Submission, Try
from intake.models.coming_back import Channel

COME_BACK = OutgoingMail.Purpose.COME_BACK


@transaction.atomic
def mail_link(draft: Submission, address: str, *, at: datetime | None = None) -> bool:
    """Put a mail with a fresh link into the outbox; False where too many were asked for.

    ``address`` is the network that asks. A mail still waiting to be sent is enough: pressing twice sends one.
    """
    return _send(draft, draft.email, Channel.MAIL, address, at or timezone.now())


@transaction.atomic
def text_link(draft: Submission, address: str, *, at: datetime | None = None) -> bool:
    """The same as a text message to the number on the draft."""
    return _send(draft, number_of(draft.answers), Channel.TEXT, address, at or timezone.now())


def _send(draft: Submission, to: str, channel: str, address: str, at: datetime) -> bool:
    if not Try.allowed(mail_to=to.lower(), mail_from=address, at=at):
        return False
    Submission.objects.select_for_update().get(pk=draft.pk)
    if not OutgoingMail.hurry(COME_BACK, submission=draft, to=to, at=at):
        with translation.override(draft.language or settings.LANGUAGE_CODE):
            hours = settings_of(None).link_hours
            mail = channel == Channel.MAIL
            text = (
                come_back(hours=hours, asks=bool(draft.date_of_birth))
                if mail
                else come_back_text(hours=hours)
            )
        OutgoingMail.put(
            COME_BACK, submission=draft, to=to, subject=text.subject, body=text.body, channel=channel, at=at
        )
    return True


def mail_again(digest: str, address: str, *, at: datetime | None = None) -> None:
    """Send a new link to where the draft of an old link has its mail or texts, if there is one. Tells nobody."""
    at = at or timezone.now()
    draft = ResumeKey.draft_behind(digest)
    alive = draft is not None and draft.is_alive(at)
    if draft is not None and alive and draft.email and settings.SENDS_MAIL:
        mail_link(draft, address, at=at)
    elif draft is not None and alive and settings.TEXT_WEBHOOK and number_of(draft.answers):
        text_link(draft, address, at=at)
    else:
        Try.allowed(mail_to=digest, mail_from=address, at=at)
