"""A referral in one treatment's queue, and the queues: one proxy model with its own permissions each."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from treatments import catalog
from treatments.models.consult_lists import ConsultQuerySet, QueueGroup
from treatments.models.referral import Referral
from treatments.workflow import CONSULT_STATES, OPEN_CONSULT_STATES, ConsultState
from treatments.workflow.priorities import PRIORITY_WORDS, Priority
from treatments.workflow.visits import VisitEnd

# Plain strings: constraints and indexes are written into migrations, which must not import the tables.
OPEN = [state.value for state in OPEN_CONSULT_STATES]


# Functions, so that a row more in a table makes no migration.
def state_choices() -> list[tuple[str, Text]]:
    return [(state.value, label) for state, label in CONSULT_STATES.items()]


def priority_choices() -> list[tuple[int, Text]]:
    return [(priority.value, label) for priority, label in PRIORITY_WORDS.items()]


class Consult(models.Model):
    """One referral in one treatment's queue."""

    TREATMENT: ClassVar[str]  # of a queue's proxy model

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
    def may_have_visits(self) -> bool:
        return self.state != ConsultState.WAITING

    @property
    def shown_visits(self) -> list[Any]:
        """Its visits by day and time, but for those that were moved away."""
        if not self.may_have_visits:
            return []
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
