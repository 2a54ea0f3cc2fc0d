"""What is asked of many consults at once: those of a team, those that wait, in a queue's order and groups."""

from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from treatments import catalog, permissions
from treatments.models import desk_clock
from treatments.workflow import OPEN_CONSULT_STATES, RETURN_REASONS, ConsultState

if TYPE_CHECKING:
    from treatments.models.consult import Consult

READABLE_BY_TEAM = (*OPEN_CONSULT_STATES, ConsultState.COMPLETED)


class QueueGroup(IntEnum):
    """What a team owes a consult; the lower comes first in its queue."""

    VISIT_OVER = 0  # and nobody said what became of it
    WAITING = 1
    ACCEPTED = 2  # and no visit booked
    BOOKED = 3


def visit_is_over(now: datetime) -> Q:
    """Of an open consult: its visit has passed, and nobody said what became of it."""
    return Q(state=ConsultState.BOOKED, target_from__lte=now)


def queue_group() -> Case:
    """The ``QueueGroup`` of an open consult, for lists to order by."""
    return Case(
        When(visit_is_over(timezone.now()), then=QueueGroup.VISIT_OVER),
        When(state="waiting", then=QueueGroup.WAITING),
        When(state="accepted", then=QueueGroup.ACCEPTED),
        default=QueueGroup.BOOKED,
    )


def queue_order() -> tuple:
    """A team's order: by priority, then the longest waiting first, those postponed to a later day after all others."""
    postponed = Case(When(not_before__gt=timezone.localdate(), then=1), default=0)
    return (postponed.asc(), "-priority", "opened_at", "pk")


def is_over_target(now: datetime) -> Q:
    """Of an open consult that is due."""
    before = {key: desk_clock.moment_before(now, hours) for key, hours in desk_clock.targets().items()}
    over = Q(state=ConsultState.ACCEPTED, target_from__lt=before["accepted"])
    over |= Q(state=ConsultState.BOOKED, target_from__lt=before["visit_over"])
    for treatment in catalog.TREATMENTS:
        waiting = Q(state=ConsultState.WAITING, treatment=treatment)
        over |= waiting & Q(opened_at__lt=before[treatment])
    return over


class ConsultQuerySet(models.QuerySet["Consult"]):
    def open(self) -> "ConsultQuerySet":
        return self.filter(state__in=OPEN_CONSULT_STATES)

    def waiting(self) -> "ConsultQuerySet":
        return self.filter(state=ConsultState.WAITING)

    def for_user(self, user: User | AnonymousUser) -> "ConsultQuerySet":
        """A team's own consults: those it works on and those it completed, never one it gave back."""
        return self.filter(treatment__in=permissions.queues_of(user), state__in=READABLE_BY_TEAM)

    def standing(self) -> "ConsultQuerySet":
        """Without those that a routing opened and its undoing withdrew at the same moment: their events stay."""
        Event = apps.get_model("treatments", "Event")
        undone = Event.objects.filter(kind="undo", referral=OuterRef("referral"), at=OuterRef("ended_at"))
        return self.exclude(Exists(undone))

    def kept_places(self) -> dict[str, "Consult"]:
        """Of each treatment the newest consult, where its team gave it back for want of room and nothing else came
        of it: put back, it has waited since then, and until the day that the team named.
        """
        newest = {consult.treatment: consult for consult in self.standing().order_by("opened_at", "pk")}
        return {
            key: consult
            for key, consult in newest.items()
            if consult.return_reason and RETURN_REASONS[consult.return_reason].says_when
        }

    def due(self) -> "ConsultQuerySet":
        """Without those postponed to a day that is still to come."""
        return self.exclude(not_before__gt=timezone.localdate())

    def over_target(self, now: datetime) -> "ConsultQuerySet":
        """What nobody of its team has taken up, booked, or given an end within its target."""
        return self.open().due().filter(is_over_target(now))

    def in_queue_order(self) -> "ConsultQuerySet":
        return self.order_by(*queue_order())

    def waits_now(self) -> dict[str, tuple[int, datetime | None]]:
        """Of each queue how many wait there, and since when the one that waits longest; nobody who was postponed."""
        found: dict[str, tuple[int, datetime | None]] = dict.fromkeys(catalog.TREATMENTS, (0, None))
        rows = self.waiting().due().order_by().values_list("treatment")
        for treatment, number, since in rows.annotate(
            number=models.Count("pk"), since=models.Min("opened_at")
        ):
            found[treatment] = number, since
        return found

    def make_stale(self) -> None:
        """What their teams have before them is stale: the hold, the answers or the patient's will has changed."""
        self.open().update(version=models.F("version") + 1)
