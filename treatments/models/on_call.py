"""Who heard outside the app of an alarm, as which responder, by what, and when it is due again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.models import Alarm, OutgoingMail
from treatments.models.alert import AlertEntry, AlertEntryQuerySet
from treatments.models.rota import Shift
from treatments.workflow.alerts import EntryKind
from treatments.workflow.escalation import LEVEL_WORDS, Level


class OnCallNoticeQuerySet(models.QuerySet):
    def due(self, now: datetime, rest: timedelta) -> "OnCallNoticeQuerySet":
        """Notices to give now: their time has come, their alarm is open and nobody has taken it within ``rest``."""
        taken = _that_saw_it(EntryKind.TAKEN).still_on_it().filter(at__gt=now - rest)
        return self.filter(~Exists(_that_saw_it(EntryKind.CLOSED)), ~Exists(taken), due_at__lte=now)

    def settled(self) -> "OnCallNoticeQuerySet":
        """Notices still planned although somebody has closed the alert of their alarm."""
        return self.filter(Exists(_that_saw_it(EntryKind.CLOSED)), due_at__isnull=False)


def _that_saw_it(kind: EntryKind) -> AlertEntryQuerySet:
    """For a subquery of notices: what was done by somebody who had seen the notice's alarm."""
    return AlertEntry.objects.that_saw("alarm", "alarm__submission", kind)


def level_choices() -> list[tuple[int, Text]]:
    """A function, so that a level more makes no migration."""
    return [(level.value, words) for level, words in LEVEL_WORDS.items()]


class OnCallNotice(models.Model):
    """One alarm for one recipient by one channel: repeated from ``due_at`` to ``due_at`` until its alert is closed.

    While somebody is on it, it rests; while another hour's responder is on call, it is not due. ``person`` is
    None for the clinic's one on-call address; ``shift`` the row of the rota that it was sent by last.

    ``attempts`` counts the failures in a row, ``times`` how often the recipient was notified.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("Email")
        WEBHOOK = "webhook", _("Webhook")

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset(
        {"id", "alarm", "level", "person", "shift", "channel", "due_at", "attempts", "times"}
        | {"sent_at", "last_error", "mail"}
    )

    alarm = models.ForeignKey(
        Alarm, on_delete=models.PROTECT, related_name="notices", verbose_name=_("alert")
    )
    level = models.PositiveSmallIntegerField(_("as"), choices=level_choices, default=Level.ADDRESS.value)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    # None: nothing more is due.
    due_at = models.DateTimeField(_("due"), null=True, default=timezone.now)
    attempts = models.PositiveIntegerField(_("failed attempts"), default=0)
    times = models.PositiveIntegerField(_("times told"), default=0)
    sent_at = models.DateTimeField(_("last told"), null=True)
    last_error = models.CharField(_("last error"), max_length=80, blank=True)
    # The last mail about it; several alarms may share one.
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="notices")

    objects = OnCallNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("on-call notice")
        verbose_name_plural = _("on-call notices")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="on_call_notices_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["alarm", "channel"],
                condition=Q(person=None),
                name="on_call_one_notice_per_alarm_and_channel",
                violation_error_message=_(
                    "The on-call person is told of this alarm on this channel already."
                ),
            ),
            models.UniqueConstraint(
                fields=["alarm", "level", "person", "channel"],
                condition=Q(person__isnull=False),
                name="on_call_one_notice_per_alarm_and_responder",
                violation_error_message=_("This person is told of this alarm already."),
            ),
            models.CheckConstraint(
                name="on_call_address_is_nobody_in_person",
                condition=Q(level=Level.ADDRESS.value, person=None)
                | Q(level__gt=Level.ADDRESS.value, person__isnull=False),
                violation_error_message=_("A responder is a person, and the on-call address is none."),
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class OnCallSending(models.Model):
    """One time that a notice was given; written once, never changed."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "notice", "at"})

    notice = models.ForeignKey(OnCallNotice, on_delete=models.PROTECT, related_name="sendings")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("sending of an on-call notice")
        default_permissions = ()

    def __str__(self) -> str:
        return f"sending {self.pk}"
