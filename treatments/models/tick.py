"""When the tick made its last pass: the sign that mail and on-call notices go out."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SILENT_AFTER = timedelta(minutes=2)  # a pass is due every 5 seconds, and none takes a minute
ONLY = 1


class TickPass(models.Model):
    """The last pass: one row, written over each time."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "at"})

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    at = models.DateTimeField(_("last pass"))

    class Meta:
        verbose_name = _("last pass of the tick")
        verbose_name_plural = _("last pass of the tick")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="tick_pass_is_one_row",
                condition=Q(id=ONLY),
                violation_error_message=_("Only the last pass is kept."),
            )
        ]

    def __str__(self) -> str:
        return f"last pass at {self.at}"

    @classmethod
    def last(cls) -> datetime | None:
        return cls.objects.values_list("at", flat=True).first()

    @staticmethod
    def is_silent(last: datetime | None, now: datetime | None = None) -> bool:
        """Whether nothing was heard of the tick for too long, or ever."""
        return last is None or (now or timezone.now()) - last > SILENT_AFTER
