"""Who wants no messages about appointments: asked for by the link in one of them."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models.submission import Submission


class MessagesStopped(models.Model):
    """From ``at`` on nothing is sent about this form's appointments; staff call instead."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "submission", "at"})

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="messages_stopped")
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("stopped messages")
        verbose_name_plural = _("stopped messages")
        default_permissions = ()

    def __str__(self) -> str:
        return f"stopped messages {self.pk}"

    @classmethod
    def stop(cls, submission: Submission, *, at: datetime) -> None:
        """Twice is the same as once."""
        cls.objects.get_or_create(submission=submission, defaults={"at": at})
