"""Messages about appointments: by which way each goes, whether it is still wanted, and how somebody stops them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from intake.locations import settings_of
from intake.mail.safe_ways import ticked_safe
from intake.mail.texts import MailText
from intake.models import MessagesStopped, OutgoingMail, Submission
from intake.models.coming_back import Channel

OLDEST = timedelta(days=1)  # a later one could speak of an appointment that is over
APPOINTMENT = OutgoingMail.Purpose.APPOINTMENT


def way_to(sent: Submission) -> tuple[str, str] | None:
    """The channel and the address, a text before a mail; None where nothing may be sent, or they stopped it."""
    ways = ticked_safe(sent.current) if not sent.is_erased else {}
    if not ways or MessagesStopped.objects.filter(submission=sent).exists():
        return None
    channel = Channel.TEXT.value if Channel.TEXT in ways else Channel.MAIL.value
    return channel, ways[channel]


def write(
    sent: Submission,
    words: Callable[..., MailText],
    *,
    about: str,
    at: datetime,
    due_at: datetime,
) -> bool:
    """Put a message into the outbox, in the language of the form; False where none may be sent."""
    way = way_to(sent)
    if way is None:
        return False
    with translation.override(sent.language or settings.LANGUAGE_CODE):
        page = f"{settings.SITE_URL}{reverse('intake:status')}"
        text = words(page=page, phone=settings_of(None).phone)
    OutgoingMail.put(
        APPOINTMENT,
        submission=sent,
        about=about,
        channel=way[0],
        to=way[1],
        subject=text.subject,
        body=text.body,
        at=at,
        due_at=due_at,
    )
    return True


def is_wanted(mail: OutgoingMail, now: datetime) -> bool:
    """Whether one that waits may still go: written within a day, nothing stopped, and its way still called safe."""
    if mail.created_at < now - OLDEST:
        return False
    return mail.submission is not None and way_to(mail.submission) == (mail.channel, mail.to)


def read_sent(number: str) -> Submission | None:
    """The sent form whose id is ``number``, as the link that stops messages about it has it."""
    try:
        found = Submission.objects.filter(pk=number, state=Submission.State.SUBMITTED, erased_at=None)
        return found.first() if number else None
    except ValidationError:
        return None
