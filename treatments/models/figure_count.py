"""The director's figures as they were last counted: what a page shows, and when it was counted."""

from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

LATE_AFTER = timedelta(hours=2)  # a count is due every hour


class FigureCount(models.Model):
    """What one page tells, written over at each count; what it may not tell of few people is not in it."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"page", "at", "told"})

    page = models.CharField(_("page"), max_length=60, primary_key=True)
    at = models.DateTimeField(_("counted"))
    told = models.JSONField(_("figures"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("figures as counted")
        verbose_name_plural = _("figures as counted")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page}, counted at {self.at}"

    @classmethod
    def of(cls, page: str) -> "FigureCount | None":
        """None before the first count."""
        return cls.objects.filter(page=page).first()

    def is_late(self, now: datetime) -> bool:
        """Whether the next count should have been made: the tick is behind, or its counting fails."""
        return now - self.at > LATE_AFTER

    @property
    def shown(self) -> dict[str, Any]:
        return {**self.told, "counted_at": self.at}
