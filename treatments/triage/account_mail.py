"""Mail about staff accounts: the link to set a password, and word to privacy officers of who may read patients now."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.mail.texts import LINK
from intake.models import OutgoingMail
from treatments import permissions

ACCOUNT = OutgoingMail.Purpose.ACCOUNT


def officers() -> list[User]:
    """Whoever reads the record of events today."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return list(User.objects.with_perm(permissions.VIEW_EVENTS, include_superusers=False, backend=backend))


def mail_link(account: User, *, at: datetime) -> bool:
    """Mail the account's owner a link to set a password; False where there is no mail server or no address."""
    if not (settings.EMAIL_HOST and account.email):
        return False
    body = _(
        "Set your password here:\n\n"
        "%(link)s\n\n"
        "The link works once, and for %(days)s days. Your user name is %(name)s.\n"
        "If you do not work with us, you do not have to do anything.\n"
    ) % {"link": LINK, "days": settings.PASSWORD_RESET_TIMEOUT // 86_400, "name": account.get_username()}
    subject = _("Your staff account")
    OutgoingMail.put(ACCOUNT, to=account.email, subject=subject, body=body, account=account, at=at)
    return True


def tell_officers(addresses: Iterable[str], *, at: datetime) -> None:
    """Put word of a change into the outbox; without mail it stands on their home page alone."""
    if not settings.SENDS_MAIL:
        return
    page = settings.SITE_URL + reverse("admin:treatments_event_people")
    body = _(
        "Who may read patients was changed. Sign in to see what, and by whom:\n\n"
        "%(page)s\n\n"
        "It stays on your home page until you have closed it with a reason.\n"
    ) % {"page": page}
    for address in sorted(set(filter(None, addresses))):
        OutgoingMail.put(ACCOUNT, to=address, subject=_("Access was changed"), body=body, at=at)
