"""Safety alerts: all alarms of one form as staff see them, and what staff did about them."""

from copy import copy
from datetime import datetime
from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from intake.fields.urgency import RANK, URGENT
from intake.models import Alarm, Submission
from treatments.workflow.alerts import ENTRY_WORDS, REACHED_WORDS, EntryKind, Reached


# Functions, so that a kind more makes no migration.
def entry_choices() -> list[tuple[str, Text]]:
    return [(kind.value, words) for kind, words in ENTRY_WORDS.items()]


def reached_choices() -> list[tuple[str, Text]]:
    return [(reached.value, words) for reached, words in REACHED_WORDS.items()]


class AlertEntryQuerySet(models.QuerySet["AlertEntry"]):
    def update(self, **kwargs):
        raise TypeError("What staff did about an alert is append-only.")

    def delete(self):
        raise TypeError("What staff did about an alert is append-only.")

    def that_saw(self, alarm: str, submission: str, kind: EntryKind) -> "AlertEntryQuerySet":
        """For a subquery: the entries of this kind by somebody who had seen the ``alarm`` of the outer row."""
        of_form = self.filter(submission=OuterRef(submission), kind=kind)
        return of_form.filter(newest_alarm__gte=OuterRef(alarm))

    def still_on_it(self) -> "AlertEntryQuerySet":
        """The takings after which nobody let the alert go."""
        later = AlertEntry.objects.filter(submission=OuterRef("submission"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later.filter(kind=EntryKind.LET_GO)), kind=EntryKind.TAKEN)


class AlertEntry(models.Model):
    """What somebody did about an alert; written once, never changed.

    ``newest_alarm`` is the newest of the form's alarms that they had seen then. ``reached`` is blank where
    nobody said; a closing without it is a clinician's assessment, or older than the question. ``to`` is who
    was asked to take it over.
    """

    PATIENT_DATA = frozenset({"text", "reached"})
    NOT_PATIENT_DATA = frozenset(
        {"id", "submission", "kind", "by", "at", "newest_alarm", "next_call_at", "to"}
    )

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="alert_entries")
    kind = models.CharField(_("what"), max_length=8, choices=entry_choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    text = SealedText(_("what was done"), null=True)
    reached = models.CharField(_("reached"), max_length=8, choices=reached_choices, blank=True)
    newest_alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="+")
    next_call_at = models.DateTimeField(_("next call"), null=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked to take over"),
    )

    objects = AlertEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of an alert")
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "at"], name="alert_entry_kind_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["newest_alarm"],
                condition=Q(kind="closed"),
                name="alert_closed_once_up_to_an_alarm",
                violation_error_message=_("This alert is closed already."),
            ),
            models.CheckConstraint(
                name="alert_closed_by_words",
                condition=~Q(kind="closed", text__isnull=True)
                & ~Q(kind="closed", reached=Reached.NOBODY.value),
                violation_error_message=_("Who closes an alert says what was done."),
            ),
            models.CheckConstraint(
                name="alert_next_call_where_nobody_was_reached",
                condition=Q(next_call_at=None) | Q(kind="note", reached=Reached.NOBODY.value),
                violation_error_message=_("The next call is planned where nobody was reached."),
            ),
            models.CheckConstraint(
                name="alert_handed_over_by_name",
                condition=Q(kind="asked", to__isnull=False) | (~Q(kind="asked") & Q(to=None)),
                violation_error_message=_("An alert is handed over to somebody by name."),
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("What staff did about an alert is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("What staff did about an alert is append-only.")

    @property
    def key_holder(self) -> KeyHolder:
        return self.submission

    @property
    def who(self) -> str:
        return self.by.get_full_name() or self.by.get_username()

    @property
    def whom(self) -> str:
        """Who was asked to take it over; "" for nobody."""
        return (self.to.get_full_name() or self.to.get_username()) if self.to else ""


def open_alarms() -> models.QuerySet[Alarm]:
    """The alarms that nobody had seen who closed the alert of their form."""
    return Alarm.objects.exclude(Exists(AlertEntry.objects.that_saw("pk", "submission", EntryKind.CLOSED)))


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        """Alerts with an alarm that is newer than the newest one which the last closing saw."""
        return self.filter(Exists(open_alarms().filter(submission=OuterRef("pk"))))

    def for_list(self) -> "AlertQuerySet":
        """With what a list sorts by, of the open alarms: ``is_urgent``, and ``rang_first`` and ``rang_at``, if any."""
        ringing = open_alarms().filter(submission=OuterRef("pk"))
        of_form = Alarm.objects.filter(submission=OuterRef("pk"))
        return self.annotate(
            first_alarm=Subquery(of_form.order_by("pk").values("pk")[:1]),
            is_urgent=Exists(ringing.filter(urgency=URGENT)),
            rang_first=Subquery(ringing.order_by("pk").values("pk")[:1]),
            rang_at=Subquery(ringing.order_by("pk").values("raised_at")[:1]),
        )


class AlertManager(models.Manager.from_queryset(AlertQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> AlertQuerySet:
        return super().get_queryset().filter(Exists(Alarm.objects.filter(submission=OuterRef("pk"))))


class Alert(Submission):
    """All alarms of one form, sent or still a draft: those of its amendments too.

    Derived, not copied: an alert exists the moment its first alarm does, whatever fails on this side.
    """

    objects: ClassVar = AlertManager()

    # Of a list with ``for_list``: urgent ones, then the oldest; those that are closed come last.
    WORST_FIRST = ("-is_urgent", F("rang_first").asc(nulls_last=True), "-first_alarm")

    # What a list sets for its reader; not stored.
    readable_titles: list[str]

    @classmethod
    def of(cls, submission: Submission) -> "Alert | None":
        """The alert of a form that has been read: neither it nor its alarms are read again. None where nothing rang."""
        prefetch_related_objects([submission], "alarms__changes")
        if not submission.alarms.all():
            return None
        alert = copy(submission)
        alert.__class__ = cls
        return cast("Alert", alert)

    class Meta:
        proxy = True
        verbose_name = _("safety alert")
        verbose_name_plural = _("safety alerts")
        default_permissions = ("view",)

    def in_order(self) -> list[Alarm]:
        """Its alarms as they rang; read once and kept."""
        models.prefetch_related_objects([self], "alarms")
        return sorted(self.alarms.all(), key=lambda alarm: alarm.pk)

    def staff_entries(self) -> list[AlertEntry]:
        """What staff did, in its order; read once and kept."""
        entries = AlertEntry.objects.select_related("by", "to")
        models.prefetch_related_objects([self], models.Prefetch("alert_entries", entries))
        return sorted(self.alert_entries.all(), key=lambda entry: entry.pk)

    @property
    def number(self) -> int:
        """Its number and address: that of its first alarm, which stays the first."""
        return self.in_order()[0].pk

    @property
    def newest(self) -> Alarm:
        return self.in_order()[-1]

    @property
    def closings(self) -> list[AlertEntry]:
        return [entry for entry in self.staff_entries() if entry.kind == EntryKind.CLOSED]

    @property
    def closed_up_to(self) -> int:
        """The newest alarm that a closing saw; 0 where it was never closed."""
        return max((entry.newest_alarm_id for entry in self.closings), default=0)

    @property
    def ringing(self) -> list[Alarm]:
        """The alarms that keep it open."""
        return [alarm for alarm in self.in_order() if alarm.pk > self.closed_up_to]

    @property
    def open_now(self) -> bool:
        return bool(self.ringing)

    @property
    def urgency(self) -> str:
        """The strongest of what keeps it open; of all once it is closed."""
        return max((alarm.urgency for alarm in self.ringing or self.in_order()), key=RANK.__getitem__)

    @property
    def open_since(self) -> datetime:
        """When the first of the alarms rang that keep it open; the very first once it is closed."""
        return (self.ringing or self.in_order())[0].raised_at

    @property
    def taken(self) -> AlertEntry | None:
        """Who is on it and since when: the newest taking since it was closed or let go last; None for nobody."""
        ends = (EntryKind.CLOSED, EntryKind.LET_GO)
        last = max((entry.pk for entry in self.staff_entries() if entry.kind in ends), default=0)
        takings = [
            entry for entry in self.staff_entries() if entry.kind == EntryKind.TAKEN and entry.pk > last
        ]
        return takings[-1] if takings and self.open_now else None

    @property
    def asked(self) -> AlertEntry | None:
        """Whom the one who is on it asked last to take it over; None for nobody."""
        taken = self.taken
        asked = [
            entry
            for entry in self.staff_entries()
            if taken and entry.kind == EntryKind.ASKED and entry.pk > taken.pk
        ]
        return asked[-1] if asked else None

    @property
    def closed(self) -> AlertEntry | None:
        """The closing that ended it; None while it is open."""
        return None if self.open_now else self.closings[-1]

    @property
    def rang_again(self) -> bool:
        """An unsafe answer came that neither who is on it nor who closed it had seen."""
        seen = max((entry.newest_alarm_id for entry in (self.taken, *self.closings) if entry), default=0)
        return bool(seen) and self.newest.pk > seen
