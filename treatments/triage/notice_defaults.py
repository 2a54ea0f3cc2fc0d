"""The clinic sets which notices each role gets by default: each change a version, and an event."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import NoticeDefaults
from treatments.reading.notice_defaults import ROLES
from treatments.triage.versions import add_version, may_set, was
from treatments.workflow import Refused
from treatments.workflow.events import DEFAULTS_CHANGED
from treatments.workflow.notice_defaults import DELIVERIES, NOTICE_KINDS, delivery_in
from treatments.workflow.notices import Delivery


@transaction.atomic
def change_defaults(
    *, actor: User, seen: int, deliveries: Mapping[str, Mapping[str, str]], at: datetime | None = None
) -> None:
    """Store for each role and kind how it is delivered; ``seen`` is the version the actor had before them."""
    may_set(actor, permissions.SET_CLINIC)
    wanted = {role: {kind.value: deliveries[role][kind] for kind in NOTICE_KINDS} for role in ROLES}
    if not all(how in list(Delivery) for kinds in wanted.values() for how in kinds.values()):
        raise Refused(_("Choose how each notice is delivered."))
    before = NoticeDefaults.newest()
    add_version(
        DEFAULTS_CHANGED,
        actor=actor,
        before=before,
        wanted=NoticeDefaults(deliveries=wanted),
        seen=seen,
        changes=[
            was(f"{role}, {words}", str(DELIVERIES[old]), str(DELIVERIES[new]))
            for role in ROLES
            for kind, words in NOTICE_KINDS.items()
            if (old := delivery_in(before.deliveries, role, kind)) != (new := Delivery(wanted[role][kind]))
        ],
        at=at or timezone.now(),
    )
