"""How a notice reaches somebody who has chosen nothing themselves: as the clinic has set it for their role."""

from django.contrib.auth.models import Group, User

from treatments import permissions
from treatments.models import NoticeDefaults
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS
from treatments.workflow.notice_defaults import Delivery, NoticeKind, delivery_in, soonest

# The roles that have work of their own to hear of.
ROLES = (COORDINATORS, CLINICIANS, *permissions.TEAMS)


def default_delivery(who: Group | User, kind: NoticeKind | str) -> Delivery:
    """For a group what is set for it; for a person with several roles the one that reaches them first."""
    names = [who.name] if isinstance(who, Group) else list(who.groups.values_list("name", flat=True))
    stored = NoticeDefaults.newest().deliveries
    return soonest([delivery_in(stored, name, NoticeKind(kind)) for name in names if name in ROLES])
