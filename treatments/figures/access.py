"""Changes of who may read patients, and which of them a privacy officer has yet to look at."""

from django.contrib.auth.models import User

from treatments import permissions
from treatments.models import Event
from treatments.workflow.events import ACCESS_OPENED, ACCESS_REVIEWED, GLASS_BROKEN

MOST_SHOWN = 200
TOLD = (ACCESS_OPENED.key, GLASS_BROKEN.key)


def to_look_at(user: User) -> list[Event]:
    """The newest first; each officer looks for themselves: none can clear another's list."""
    if not user.has_perm(permissions.VIEW_EVENTS):
        return []
    opened = Event.objects.filter(kind__in=TOLD, pk__gt=_looked_up_to(user))
    return list(opened.select_related("actor", "account").order_by("-pk")[:MOST_SHOWN])


def _looked_up_to(user: User) -> int:
    last = Event.objects.filter(kind=ACCESS_REVIEWED.key, actor=user).order_by("-pk").first()
    return last.details["up_to"] if last else 0
