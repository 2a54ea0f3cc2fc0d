"""Who heard outside the app of an alarm, over which channel, and when it is due again."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.models import Alarm, OutgoingMail
from treatments.models.alert import AlertEntry, AlertEntryQuerySet
from treatments.workflow.alerts import EntryKind


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


class OnCallNotice(models.Model):
    """One alarm on one channel: repeated from ``due_at`` to ``due_at`` until its alert is closed.

    While somebody is on it, it rests.

    ``attempts`` counts the failures in a row, ``times`` how often the on-call person was told.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("Email")
        WEBHOOK = "webhook", _("Webhook")

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset(
        {"id", "alarm", "channel", "due_at", "attempts", "times", "sent_at", "last_error", "mail"}
    )

    alarm = models.ForeignKey(
        Alarm, on_delete=models.PROTECT, related_name="notices", verbose_name=_("alert")
    )
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
                name="on_call_one_notice_per_alarm_and_channel",
                violation_error_message=_(
                    "The on-call person is told of this alarm on this channel already."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"
