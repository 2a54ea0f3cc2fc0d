"""A privacy officer says that they have looked at the changes of who may read patients."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from treatments import permissions
from treatments.figures.access import TOLD
from treatments.models import Event
from treatments.workflow.events import ACCESS_REVIEWED


def review_access(*, actor: User, up_to: int, at: datetime | None = None) -> None:
    """Up to the event ``up_to``, the newest that their page showed; a later one stays to be looked at."""
    if not actor.has_perm(permissions.VIEW_EVENTS):
        raise PermissionDenied
    if Event.objects.filter(kind__in=TOLD, pk=up_to).exists():
        details = {"up_to": up_to}
        Event.objects.create(kind=ACCESS_REVIEWED.key, actor=actor, at=at or timezone.now(), details=details)
