"""Which notices a member of staff gets of their own work, and how, where they have chosen nothing themselves. Pure."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.notices import Delivery, NoticeKind

NOTICE_KINDS: dict[NoticeKind, Text] = {
    NoticeKind.ASSIGNED: _("A referral was assigned to me"),
    NoticeKind.RETURNED: _("A team returned a consult"),
    NoticeKind.ANSWERED: _("A patient answered"),
    NoticeKind.MENTIONED: _("Somebody mentioned me"),
    NoticeKind.DUE: _("Something of mine is due today or overdue"),
}
DELIVERIES: dict[Delivery, Text] = {
    Delivery.AT_ONCE: _("At once"),
    Delivery.DAILY: _("Once a working day"),
    Delivery.NONE: _("None"),
}
# As shipped, for every role and kind.
SHIPPED_DELIVERY = Delivery.DAILY


def soonest(deliveries: Iterable[Delivery]) -> Delivery:
    """Of somebody with several roles: the one that reaches them first; none where they have no role."""
    return min(deliveries, key=list(Delivery).index, default=Delivery.NONE)


def delivery_in(stored: Mapping[str, Mapping[str, str]], role: str, kind: NoticeKind) -> Delivery:
    """What is ``stored`` for a role; a role or kind that is newer than that is as shipped."""
    return Delivery(stored.get(role, {}).get(kind, SHIPPED_DELIVERY))
