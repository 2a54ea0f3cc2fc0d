"""Mail to a staff account: whether it still works, and the link that sets its password, worked out, never stored."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from intake.models import OutgoingMail


def password_link(account: User) -> str:
    """Works until a password is set or another link is given, at most ``PASSWORD_RESET_TIMEOUT`` seconds."""
    key = urlsafe_base64_encode(str(account.pk).encode())
    return settings.SITE_URL + reverse(
        "admin:set_password", args=[key, default_token_generator.make_token(account)]
    )


def account_works(mail: OutgoingMail, now: datetime) -> bool:
    """Whether whom this mail is for still works here."""
    return mail.account is not None and mail.account.is_active
