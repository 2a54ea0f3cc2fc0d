"""How notices reach somebody: as they chose, else as the clinic has set it for their roles."""

from django.contrib.auth.models import User

from treatments import permissions
from treatments.models import NoticeDefaults
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS
from treatments.workflow.notice_defaults import delivery_in, soonest
from treatments.workflow.notices import Delivery, NoticeKind

# The roles that have work of their own to hear of.
ROLES = (COORDINATORS, CLINICIANS, *permissions.TEAMS)


def deliveries_for(person: User, chosen: str = "") -> dict[NoticeKind, Delivery]:
    """Each kind; what is ``chosen`` holds for all, else of several roles the one that reaches them first."""
    if chosen:
        return dict.fromkeys(NoticeKind, Delivery(chosen))
    roles = set(person.groups.values_list("name", flat=True)).intersection(ROLES)
    stored = NoticeDefaults.newest().deliveries
    return {kind: soonest(delivery_in(stored, role, kind) for role in roles) for kind in NoticeKind}


def roles_told_at_once() -> list[str]:
    """Those of which at least one kind is mailed at once where nobody chose anything else."""
    stored = NoticeDefaults.newest().deliveries
    at_once = Delivery.AT_ONCE
    return [role for role in ROLES if any(delivery_in(stored, role, kind) == at_once for kind in NoticeKind)]
