"""Safety alerts: the patient's side's alarms as staff see them, and who acknowledged each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.models import Alarm


class SafetyAlertQuerySet(models.QuerySet):
    def open(self) -> "SafetyAlertQuerySet":
        """Alarms nobody has acknowledged yet."""
        return self.filter(acknowledgement__isnull=True)


class SafetyAlert(Alarm):
    """An alarm of the patient's side as staff see it, sent intake or abandoned draft.

    Derived, not copied: an alert exists the moment its alarm does, whatever fails on this side.
    """

    objects: ClassVar = SafetyAlertQuerySet.as_manager()

    # What a list sets for its reader; not stored.
    readable_title: str

    class Meta:
        proxy = True
        verbose_name = _("safety alert")
        verbose_name_plural = _("safety alerts")
        default_permissions = ("view",)


class Acknowledgement(models.Model):
    """Who saw a safety alert, when, and what was done."""

    PATIENT_DATA = frozenset({"done"})
    NOT_PATIENT_DATA = frozenset({"id", "alarm", "actor", "at"})

    alarm = models.OneToOneField(Alarm, on_delete=models.PROTECT, related_name="acknowledgement")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done = models.TextField(_("what was done"))

    class Meta:
        verbose_name = _("acknowledgement")
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="acknowledgement_at")]

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"
