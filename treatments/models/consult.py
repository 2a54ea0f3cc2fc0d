"""A referral in one treatment's queue, and the queues: one proxy model with its own permissions each."""

from datetime import datetime
from enum import IntEnum
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from treatments import catalog, permissions
from treatments.models import desk_clock
from treatments.models.referral import Referral
from treatments.workflow import CONSULT_STATES, OPEN_CONSULT_STATES, OUTCOMES, RETURN_REASONS, ConsultState
from treatments.workflow.priorities import PRIORITY_WORDS, Priority
from treatments.workflow.visits import VisitEnd

# Plain strings: constraints and indexes are written into migrations, which must not import the tables.
OPEN = [state.value for state in OPEN_CONSULT_STATES]


# Functions, so that a row more in a table makes no migration.
def state_choices() -> list[tuple[str, Text]]:
    return [(state.value, label) for state, label in CONSULT_STATES.items()]


def priority_choices() -> list[tuple[int, Text]]:
    return [(priority.value, label) for priority, label in PRIORITY_WORDS.items()]


class QueueGroup(IntEnum):
    """What a team owes a consult; the lower comes first in its queue."""

    VISIT_OVER = 0  # and nobody said what became of it
    WAITING = 1
    ACCEPTED = 2  # and no visit booked
    BOOKED = 3


def queue_group() -> Case:
    """The ``QueueGroup`` of an open consult, for lists to order by."""
    over = Q(state="booked", target_from__lte=timezone.now())
    return Case(
        When(over, then=QueueGroup.VISIT_OVER),
        When(state="waiting", then=QueueGroup.WAITING),
        When(state="accepted", then=QueueGroup.ACCEPTED),
        default=QueueGroup.BOOKED,
    )


def queue_order() -> tuple:
    """A team's order: by priority, then the longest waiting first, those postponed to a later day after all others."""
    postponed = Case(When(not_before__gt=timezone.localdate(), then=1), default=0)
    return (postponed.asc(), "-priority", "opened_at", "pk")


class ConsultQuerySet(models.QuerySet["Consult"]):
    def open(self) -> "ConsultQuerySet":
        return self.filter(state__in=OPEN_CONSULT_STATES)

    def waiting(self) -> "ConsultQuerySet":
        return self.filter(state=ConsultState.WAITING)

    def for_user(self, user: User | AnonymousUser) -> "ConsultQuerySet":
        """A team's own consults: those it works on and those it completed, never one it gave back."""
        return self.filter(treatment__in=permissions.queues_of(user), state__in=Consult.READABLE_BY_TEAM)

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

    def accepted_without_visit(self) -> "ConsultQuerySet":
        """Accepted and nothing booked yet, or not any more: after a visit was canceled or nobody came."""
        return self.filter(state=ConsultState.ACCEPTED)

    def visit_over(self, now: datetime) -> "ConsultQuerySet":
        """Booked, and the first visit that stands is over: nobody has said how it ended."""
        return self.filter(state=ConsultState.BOOKED, target_from__lte=now)

    def visit_to_come(self, now: datetime) -> "ConsultQuerySet":
        """Booked, and the first visit that stands is not over yet."""
        return self.filter(state=ConsultState.BOOKED, target_from__gt=now)

    def over_target(self, now: datetime) -> "ConsultQuerySet":
        """What nobody of its team has taken up, booked, or given an end within its target."""
        targets = desk_clock.targets()
        before = {key: desk_clock.moment_before(now, hours) for key, hours in targets.items()}
        over = Q(state=ConsultState.ACCEPTED, target_from__lt=before["accepted"])
        over |= Q(state=ConsultState.BOOKED, target_from__lt=before["visit_over"])
        for treatment in catalog.TREATMENTS:
            waiting = Q(state=ConsultState.WAITING, treatment=treatment)
            over |= waiting & Q(opened_at__lt=before[treatment])
        return self.open().due().filter(over)

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

    def in_groups(self) -> dict[QueueGroup, int]:
        """How many of these stand in which group of their queue."""
        rows = self.order_by().values_list(queue_group()).annotate(number=models.Count("pk"))
        return {QueueGroup(group): number for group, number in rows}

    def outcomes(self) -> dict[str, dict[str, int]]:
        """How many completed consults ended how: treatment -> outcome -> number."""
        counted = {key: dict.fromkeys(OUTCOMES, 0) for key in catalog.TREATMENTS}
        rows = self.exclude(outcome="").order_by().values_list("treatment", "outcome")
        for treatment, outcome, number in rows.annotate(number=models.Count("pk")):
            counted[treatment][outcome] = number
        return counted

    def make_stale(self) -> None:
        """What their teams have before them is stale: the hold, the answers or the patient's will has changed."""
        self.open().update(version=models.F("version") + 1)


class Consult(models.Model):
    """One referral in one treatment's queue."""

    TREATMENT: ClassVar[str]  # of a queue's proxy model

    READABLE_BY_TEAM = (*OPEN_CONSULT_STATES, ConsultState.COMPLETED)

    PATIENT_DATA = frozenset(
        {
            "treatment",
            "priority",
            "why",
            "booked_for",
            "visit_at",
            "not_before",
            "outcome",
            "no_shows",
        }
    )
    NOT_PATIENT_DATA = frozenset(
        {"id", "referral", "state", "return_reason", "opened_at", "opened_by", "ended_at", "version"}
        | {"target_from"}
    )

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="consults", verbose_name=_("referral")
    )
    treatment = models.CharField(_("treatment"), max_length=16, choices=catalog.choices)
    state = models.CharField(
        _("state"), max_length=9, choices=state_choices, default=ConsultState.WAITING.value
    )
    priority = models.SmallIntegerField(
        _("priority"), choices=priority_choices, default=Priority.ROUTINE.value
    )
    why = SealedText(_("reason for routing"), null=True)
    return_reason = models.CharField(_("reason for returning"), max_length=32, blank=True)
    # The day and the first moment of the earliest visit that stands, for lists; treatments/triage/visits.py keeps them.
    booked_for = models.DateField(_("booked for"), null=True)
    visit_at = models.DateTimeField(_("visit at"), null=True)
    # From when its target counts: accepted, since then; booked, from the end of that visit; waiting, ``opened_at``.
    target_from = models.DateTimeField(_("target counts from"), null=True)
    # Before this day the consult is not due: it stands last in its queue. Taking it up clears it.
    not_before = models.DateField(_("postponed until"), null=True)
    # Visits to which the person did not come.
    no_shows = models.PositiveSmallIntegerField(_("did not come"), default=0)
    outcome = models.CharField(_("outcome"), max_length=32, blank=True)
    opened_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("routed by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    # Its own, not the referral's: a team may not learn from a stale page that another team was at work.
    version = models.PositiveIntegerField(_("version"), default=0)

    objects = ConsultQuerySet.as_manager()

    list_filters = ""  # of the list that shows it, for the way back; not stored
    routed_by: str  # who opened it, as treatments.reading names them to a reader; not stored

    class Meta:
        verbose_name = _("consult")
        default_permissions = ()
        indexes = [
            # All that the order of a queue is made of, so that PostgreSQL sorts it without reading its rows.
            models.Index(
                fields=["treatment", "-priority", "opened_at", "id", "not_before", "state", "target_from"],
                name="consult_queue",
                condition=Q(state__in=OPEN),
            ),
            models.Index(
                fields=["treatment", "state", "target_from"],
                name="consult_target",
                condition=Q(state__in=("accepted", "booked")),
            ),
            models.Index(fields=["ended_at"], name="consult_completed", condition=Q(state="completed")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "treatment"],
                condition=Q(state__in=OPEN),
                name="consult_one_open_per_treatment",
                violation_error_message=_("This referral is in that queue already."),
            ),
            models.CheckConstraint(
                name="consult_returned_has_a_reason",
                condition=Q(state="returned") ^ Q(return_reason=""),
                violation_error_message=_("A returned consult has a reason, and only a returned one."),
            ),
            models.CheckConstraint(
                name="consult_ended_has_an_end",
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                violation_error_message=_(
                    "A consult has an end once it is completed, returned or withdrawn."
                ),
            ),
            models.CheckConstraint(
                name="consult_booked_has_a_date",
                condition=~Q(state="booked") | Q(booked_for__isnull=False),
                violation_error_message=_("A booked consult has a date."),
            ),
            models.CheckConstraint(
                name="consult_outcome_once_completed",
                condition=Q(outcome="") | Q(state="completed"),
                violation_error_message=_("Only a completed consult has an outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"consult {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission

    @property
    def state_label(self) -> Text:
        return CONSULT_STATES[ConsultState(self.state)]

    @property
    def shown_visits(self) -> list[Any]:
        """Its visits by day and time, but for those that were moved away."""
        rows = [visit for visit in self.visits.all() if visit.ended != VisitEnd.MOVED]
        return sorted(rows, key=lambda visit: (visit.begins, visit.pk))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CONSULT_STATES

    @property
    def group(self) -> QueueGroup:
        """Where an open consult stands in its queue; as ``queue_group`` has it."""
        if self.state == ConsultState.BOOKED:
            over = self.target_from is not None and self.target_from <= timezone.now()
            return QueueGroup.VISIT_OVER if over else QueueGroup.BOOKED
        return QueueGroup.WAITING if self.state == ConsultState.WAITING else QueueGroup.ACCEPTED

    @property
    def is_postponed(self) -> bool:
        """Not due yet: its day is still to come."""
        return self.is_open and self.not_before is not None and self.not_before > timezone.localdate()


ConsultManager = models.Manager.from_queryset(ConsultQuerySet)


class QueueManager(ConsultManager["Consult"]):
    """The consults of one treatment: what its proxy model shows."""

    def get_queryset(self) -> ConsultQuerySet:
        return ConsultQuerySet(self.model, using=self._db).filter(treatment=self.model.TREATMENT)


def queue_of(treatment: catalog.Treatment) -> type[Consult]:
    """The proxy model of a treatment's queue: ``TmsConsult`` for ``tms``, with permissions of its own."""
    name = f"{treatment.key.capitalize()}Consult"
    options = {
        "proxy": True,
        "verbose_name": treatment.queue,
        "verbose_name_plural": treatment.queue,
        "default_permissions": ("view",),
        "permissions": [
            (
                f"work_{name.lower()}",
                format_lazy(_("Can accept, return, book and complete {queue}"), queue=treatment.queue),
            )
        ],
    }
    parts = {
        "__module__": __name__,
        "__doc__": f"The queue of {treatment.key}.",
        "TREATMENT": treatment.key,
        "objects": QueueManager(),
        "Meta": type("Meta", (), options),
    }
    return type(name, (Consult,), parts)


QUEUES: dict[str, type[Consult]] = {key: queue_of(treatment) for key, treatment in catalog.TREATMENTS.items()}
