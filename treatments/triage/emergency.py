"""Emergency access: a superuser, who reads no patient otherwise, reads everything for an hour, with a reason.

The events are its only record and its state: begun less than an hour ago and not ended, it stands.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.models import Event
from treatments.triage.account_mail import officers, tell_officers
from treatments.workflow import Refused
from treatments.workflow.events import GLASS_BROKEN, GLASS_MENDED

LASTS = timedelta(minutes=60)
SHORTEST_REASON = 15  # characters


@transaction.atomic
def break_glass(*, actor: User, reason: str, at: datetime | None = None) -> None:
    """Begin it, or begin the hour anew; the privacy officers hear of it at once."""
    at = at or timezone.now()
    if not _is_superuser(actor):
        raise PermissionDenied
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a sentence why you must read patients now."))
    Event.objects.create(kind=GLASS_BROKEN.key, actor=actor, account=actor, at=at, note=reason.strip())
    tell_officers({officer.email for officer in officers()}, at=at)


def mend_glass(*, actor: User, at: datetime | None = None) -> None:
    """End it before its time; nothing where it does not stand."""
    at = at or timezone.now()
    if open_until(actor, at) is not None:
        Event.objects.create(kind=GLASS_MENDED.key, actor=actor, account=actor, at=at)


def open_until(user: User, now: datetime) -> datetime | None:
    """When this account's emergency access ends; None where it has none now."""
    kinds = (GLASS_BROKEN.key, GLASS_MENDED.key)
    last = Event.objects.filter(actor=user, kind__in=kinds).only("kind", "at").order_by("-pk").first()
    if last is None or last.kind == GLASS_MENDED.key or not last.at <= now < last.at + LASTS:
        return None
    return last.at + LASTS


def _is_superuser(actor: User) -> bool:
    """As the account stands: the mark on ``actor`` is taken off while it has no emergency access."""
    return User.objects.filter(pk=actor.pk, is_active=True, is_superuser=True).exists()
