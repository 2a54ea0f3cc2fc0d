"""A visit that a team has booked with a person, and how it ended; a consult may have several."""

import uuid
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from treatments.models.consult import Consult
from treatments.workflow.visits import VISIT_ANSWERS, VISIT_ENDS, VisitEnd


# Functions, so that a row more in a table makes no migration.
def end_choices() -> list[tuple[str, Text]]:
    return [(end.value, label) for end, label in VISIT_ENDS.items()]


def answer_choices() -> list[tuple[str, Text]]:
    return [(answer.value, label) for answer, label in VISIT_ANSWERS.items()]


class VisitQuerySet(models.QuerySet["Visit"]):
    def standing(self) -> "VisitQuerySet":
        """Still to come, or over and nobody has said how it ended."""
        return self.filter(ended="")

    def to_come(self, now: datetime) -> "VisitQuerySet":
        return self.standing().filter(until__gt=now)

    def on(self, day: date) -> "VisitQuerySet":
        """A day's, whatever became of them; one that was moved away is no longer among them."""
        return self.filter(day=day).exclude(ended=VisitEnd.MOVED)

    def in_order(self) -> "VisitQuerySet":
        """By day and time; one without a time before all others of its day."""
        return self.order_by("day", models.F("starts").asc(nulls_first=True), "pk")


class Visit(models.Model):
    """``day`` and ``starts`` to ``ends`` are on the clinic's clock; both times are None where only a day was booked.

    Moving one ends it and books another, which keeps its ``calendar`` key, so that a calendar moves its entry too.
    """

    PATIENT_DATA = frozenset(
        {"day", "starts", "ends", "until", "place", "with_whom", "bring", "message", "ended", "answer"}
    )
    NOT_PATIENT_DATA = frozenset(
        {"id", "consult", "ended_at", "remind_on", "to_call", "passed_at", "calendar", "moves"}
    )

    consult = models.ForeignKey(
        Consult, on_delete=models.PROTECT, related_name="visits", verbose_name=_("consult")
    )
    day = models.DateField(_("day"))
    starts = models.TimeField(_("from"), null=True)
    ends = models.TimeField(_("to"), null=True)
    # When it is over: its end, else its start, else the end of its day.
    until = models.DateTimeField(_("over at"))
    place = SealedText(_("room, place or video"), null=True)
    with_whom = SealedText(_("with whom"), null=True)
    bring = SealedText(_("what to bring"), null=True)
    message = SealedText(_("note to the patient"), null=True)
    ended = models.CharField(_("how it ended"), max_length=8, choices=end_choices, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    answer = models.CharField(_("the patient's answer"), max_length=16, choices=answer_choices, blank=True)
    # The day of the next reminder, None where no more go out.
    remind_on = models.DateField(_("next reminder"), null=True)
    # Nothing may be sent to the person: somebody has to call them about it.
    to_call = models.BooleanField(_("to be told by phone"), default=False)
    # When the desk was told that it is over and nobody has said how it ended.
    passed_at = models.DateTimeField(_("marked as passed"), null=True)
    calendar = models.UUIDField(default=uuid.uuid4, editable=False)
    moves = models.PositiveSmallIntegerField(_("times moved"), default=0)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        default_permissions = ()
        indexes = [
            models.Index(fields=["day"], name="visit_day"),
            models.Index(fields=["remind_on"], name="visit_remind", condition=Q(remind_on__isnull=False)),
            models.Index(
                fields=["until"], name="visit_passing", condition=Q(ended="", passed_at__isnull=True)
            ),
            models.Index(fields=["ended_at"], name="visit_missed", condition=Q(ended="no_show")),
        ]
        constraints = [
            models.CheckConstraint(
                name="visit_ended_has_a_moment",
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                violation_error_message=_("A visit that ended says when."),
            ),
            models.CheckConstraint(
                name="visit_ended_reminds_nobody",
                condition=Q(ended="") | Q(remind_on__isnull=True),
                violation_error_message=_("Nobody is reminded of a visit that has ended."),
            ),
            models.CheckConstraint(
                name="visit_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gt=models.F("starts")),
                violation_error_message=_("A visit ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.consult.key_holder

    @property
    def stands(self) -> bool:
        return not self.ended

    @property
    def begins(self) -> datetime:
        """Its first moment; of one without a time the first of its day."""
        return on_the_clock(self.day, self.starts or time.min)

    @property
    def first_of_consult(self) -> dict[str, object]:
        """What its consult keeps of it while it is the first that stands."""
        return {"booked_for": self.day, "visit_at": self.begins, "target_from": self.until}

    @property
    def is_past(self) -> bool:
        return self.until <= timezone.now()


def on_the_clock(day: date, at: time) -> datetime:
    """The moment at which the clinic's clock shows this."""
    return datetime.combine(day, at, timezone.get_current_timezone())


def over_at(day: date, starts: time | None, ends: time | None) -> datetime:
    """When a visit is over: at its end, else its start, else at the end of its day."""
    at = ends or starts
    return on_the_clock(day, at) if at else on_the_clock(day + timedelta(days=1), time.min)
