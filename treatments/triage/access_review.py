"""A privacy officer closes what stood to be reviewed of the record, with a reason: an event that names it."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.figures.to_review import RIGHTS, SAW, name_of
from treatments.models import Event
from treatments.workflow import Refused
from treatments.workflow.event_words import TO_REVIEW
from treatments.workflow.events import ACCESS_REVIEWED

SHORTEST_REASON, LONGEST_REASON = 3, 500  # characters


@transaction.atomic
def review(*, actor: User, why: str, events: Sequence[int], reason: str, at: datetime | None = None) -> None:
    """``events``: of a change of rights each of its entries, else the newest that the officer saw.

    The same sent twice closes once.
    """
    if not actor.has_perm(permissions.VIEW_EVENTS):
        raise PermissionDenied
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a few words why this is in order, or what came of it."))
    kinds = RIGHTS if why == "rights" else SAW if why in TO_REVIEW else ()
    names = [name_of(why, event) for event in events]
    there = set(
        Event.objects.filter(kind=ACCESS_REVIEWED.key, actor=actor, asked__in=names).values_list(
            "asked", flat=True
        )
    )
    for event in Event.objects.filter(pk__in=events, kind__in=kinds).select_related("actor", "account"):
        name, own = name_of(why, event.pk), why != "rights" and event.actor_id == actor.pk
        if own:
            raise Refused(_("Another privacy officer reviews what you looked at yourself."))
        if name not in there:
            Event.objects.create(
                kind=ACCESS_REVIEWED.key,
                actor=actor,
                account=event.account if why == "rights" else event.actor,
                asked=name,
                at=at or timezone.now(),
                details={"review": why, "because": reason.strip()[:LONGEST_REASON]},
            )
