"""By which ways something may be sent to a person: what this deployment can send, and what they said is safe."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from intake.fields import Answers
from intake.locations import settings_of
from intake.mail.texts import received
from intake.models import OutgoingMail, Submission, Try
from intake.models.coming_back import Channel
from intake.typed.phone import phone


def may_send() -> bool:
    """Whether anything can be sent from here at all, by mail or by text."""
    return settings.SENDS_MAIL or bool(settings.TEXT_WEBHOOK)


def number_of(answers: Answers) -> str:
    """The number to text, with a plus and the code of its country; "" for none, and for one with an extension."""
    found = phone(answers.get("about", {}).get("phone", ""))
    if found is None or found.extension:
        return ""
    return f"+{'' if found.plus or len(found.digits) > 10 else '1'}{found.digits}"


def ticked_safe(answers: Answers) -> dict[str, str]:
    """Channel -> address, of those that the person ticked as safe and that can be used here."""
    about = answers.get("about", {})
    ways = {}
    if settings.SENDS_MAIL and about.get("email") and about.get("email_ok") == "yes":
        ways[Channel.MAIL.value] = about["email"]
    by = about.get("contact_by") or []
    if settings.TEXT_WEBHOOK and number_of(answers) and about.get("text_ok") == "yes" and "text" in by:
        ways[Channel.TEXT.value] = number_of(answers)
    return ways


def not_unsafe(answers: Answers) -> dict[str, str]:
    """Channel -> address, of those that nobody called unsafe: for what a person asks for on the page itself."""
    about = answers.get("about", {})
    ways = {}
    if settings.SENDS_MAIL and about.get("email") and about.get("email_ok") != "no":
        ways[Channel.MAIL.value] = about["email"]
    if settings.TEXT_WEBHOOK and number_of(answers) and about.get("text_ok") != "no":
        ways[Channel.TEXT.value] = number_of(answers)
    return ways


def send_reference(sent: Submission, channel: str, network: str, *, at: datetime | None = None) -> bool:
    """Send the reference of a sent form by ``channel``; False where that is not safe, or was asked for too often.

    For the page after sending: it offers the keys of ``ticked_safe(sent.current)``. ``network`` is the one that asks.
    """
    to = ticked_safe(sent.current).get(channel)
    if to is None or not sent.reference or not Try.allowed(mail_to=to.lower(), mail_from=network, at=at):
        return False
    with translation.override(sent.language or settings.LANGUAGE_CODE):
        text = received(reference=sent.reference, phone=settings_of(None).phone)
    OutgoingMail.put(
        OutgoingMail.Purpose.RECEIVED, to=to, subject=text.subject, body=text.body, channel=channel, at=at
    )
    return True
