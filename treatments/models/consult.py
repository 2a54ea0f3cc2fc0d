"""A referral in one treatment's queue, and the queues: one proxy model with its own permissions each."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treatments import catalogue, permissions
from treatments.models.referral import Referral
from treatments.workflow import CONSULT_STATES, OPEN_CONSULT_STATES, ConsultState

STATE_CHOICES = tuple((state.value, label) for state, label in CONSULT_STATES.items())


class ConsultQuerySet(models.QuerySet):
    def open(self) -> "ConsultQuerySet":
        return self.filter(state__in=OPEN_CONSULT_STATES)

    def waiting(self) -> "ConsultQuerySet":
        return self.filter(state=ConsultState.WAITING)

    def for_user(self, user: AbstractBaseUser) -> "ConsultQuerySet":
        """A team's own consults: those it works on and those it completed, never one it gave back."""
        return self.filter(treatment__in=permissions.queues_of(user), state__in=Consult.KEPT_BY_TEAM)

    def longest_waiting_first(self) -> "ConsultQuerySet":
        return self.order_by("opened_at", "pk")


class Consult(models.Model):
    """One referral in one treatment's queue."""

    KEPT_BY_TEAM = (*OPEN_CONSULT_STATES, ConsultState.COMPLETED)

    PATIENT_DATA = frozenset({"treatment", "why", "booked_for"})
    NOT_PATIENT_DATA = frozenset(
        {"id", "referral", "state", "return_reason", "opened_at", "opened_by", "ended_at"}
    )

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="consults", verbose_name=_("referral")
    )
    treatment = models.CharField(_("treatment"), max_length=16, choices=catalogue.CHOICES)
    state = models.CharField(
        _("state"), max_length=9, choices=STATE_CHOICES, default=ConsultState.WAITING.value
    )
    why = models.TextField(_("reason for routing"), blank=True)
    return_reason = models.CharField(_("reason for returning"), max_length=32, blank=True)
    booked_for = models.DateField(_("booked for"), null=True)
    opened_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("routed by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ConsultQuerySet.as_manager()

    class Meta:
        verbose_name = _("consult")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["treatment", "opened_at", "id"],
                name="consult_queue",
                condition=Q(state__in=OPEN_CONSULT_STATES),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "treatment"],
                condition=Q(state__in=OPEN_CONSULT_STATES),
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
                condition=Q(state__in=OPEN_CONSULT_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_CONSULT_STATES) & Q(ended_at__isnull=False)),
                violation_error_message=_(
                    "A consult has an end once it is completed, returned or withdrawn."
                ),
            ),
            models.CheckConstraint(
                name="consult_booked_has_a_date",
                condition=~Q(state="booked") | Q(booked_for__isnull=False),
                violation_error_message=_("A booked consult has a date."),
            ),
        ]

    def __str__(self) -> str:
        return f"consult {self.pk}"

    @property
    def state_label(self) -> str:
        return CONSULT_STATES[ConsultState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CONSULT_STATES


class QueueManager(models.Manager.from_queryset(ConsultQuerySet)):
    """The consults of one treatment: what its proxy model shows."""

    def get_queryset(self) -> ConsultQuerySet:
        return super().get_queryset().filter(treatment=self.model.TREATMENT)


class TmsConsult(Consult):
    TREATMENT = "tms"
    objects = QueueManager()

    class Meta:
        proxy = True
        verbose_name = _("TMS consult")
        verbose_name_plural = _("TMS consults")
        default_permissions = ("view",)
        permissions = [("work_tmsconsult", _("Can accept, return, book and complete TMS consults"))]


class SpravatoConsult(Consult):
    TREATMENT = "spravato"
    objects = QueueManager()

    class Meta:
        proxy = True
        verbose_name = _("Spravato consult")
        verbose_name_plural = _("Spravato consults")
        default_permissions = ("view",)
        permissions = [("work_spravatoconsult", _("Can accept, return, book and complete Spravato consults"))]


class PsychotherapyConsult(Consult):
    TREATMENT = "psychotherapy"
    objects = QueueManager()

    class Meta:
        proxy = True
        verbose_name = _("psychotherapy consult")
        verbose_name_plural = _("psychotherapy consults")
        default_permissions = ("view",)
        permissions = [
            (
                "work_psychotherapyconsult",
                _("Can accept, return, book and complete psychotherapy consults"),
            )
        ]


QUEUES: dict[str, type[Consult]] = {
    queue.TREATMENT: queue for queue in (TmsConsult, SpravatoConsult, PsychotherapyConsult)
}
