"""Whether somebody may stand in the on-call rota, and how a row of it reads."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from treatments.models import Shift
from treatments.models.rota import responders
from treatments.workflow.rota import Channel
from treatments.workflow.rota_words import row_words


def why_not_person(person: User) -> str | None:
    """Whoever hears of an alert has to be able to open it."""
    if not person.is_active:
        return _("This account is switched off.")
    if not responders().filter(pk=person.pk).exists():
        return _("This person may not read safety alerts: a notice would lead them nowhere.")
    return None


def why_not_channel(channel: str, webhook: str, person: User) -> str | None:
    if channel == Channel.WEBHOOK:
        return why_not_webhook(webhook)
    if not settings.SENDS_MAIL:
        return _("This clinic sends no mail: a mail server is not set.")
    if not person.email:
        return _("This account has no email address. Add one to the account first.")
    return None


def why_not_webhook(address: str) -> str | None:
    """An address of https; of http too where the site itself does without, as on the machine of a developer."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and not set(address) & set(" \t\n")
    except ValueError:
        sound = False
    if not sound or parts.scheme not in ({"https"} if settings.HTTPS else {"https", "http"}):
        return _("Give the address of the webhook: it starts with https://.")
    return None


def name_of(person: User) -> str:
    return person.get_full_name() or person.get_username()


def words_of(shift: Shift) -> str:
    return row_words(shift.turn, name_of(shift.person))


def why_nobody(shift: Shift) -> str | None:
    """Why a row covers nothing although it stands: its person may not or can't be notified any more."""
    return why_not_person(shift.person) or why_not_channel(shift.channel, shift.webhook, shift.person)
