"""Mailing the link that brings a person back to their draft."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from intake.locations import settings_of
from intake.mail.texts import come_back
from intake.models import OutgoingMail, ResumeKey, Submission, Try

COME_BACK = OutgoingMail.Purpose.COME_BACK


@transaction.atomic
def mail_link(draft: Submission, address: str, *, at: datetime | None = None) -> bool:
    """Put a mail with a fresh link into the outbox; False where too many were asked for.

    ``address`` is the network that asks. A mail still waiting to be sent is enough: pressing twice sends one.
    """
    to, at = draft.email, at or timezone.now()
    if not Try.allowed(mail_to=to.lower(), mail_from=address, at=at):
        return False
    Submission.objects.select_for_update().get(pk=draft.pk)
    if not OutgoingMail.hurry(COME_BACK, submission=draft, to=to, at=at):
        with translation.override(draft.language or settings.LANGUAGE_CODE):
            text = come_back(hours=settings_of(None).link_hours, asks=bool(draft.date_of_birth))
        OutgoingMail.put(COME_BACK, submission=draft, to=to, subject=text.subject, body=text.body, at=at)
    return True


def mail_again(digest: str, address: str, *, at: datetime | None = None) -> None:
    """Send a new link to the address on the draft of an old link, if there is such a draft. Tells nobody."""
    at = at or timezone.now()
    draft = ResumeKey.draft_behind(digest)
    if draft is not None and draft.is_alive(at) and draft.email:
        mail_link(draft, address, at=at)
    else:
        Try.allowed(mail_to=digest, mail_from=address, at=at)
