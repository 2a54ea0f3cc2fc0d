"""When a backup, a drill, a check of the record and a purge last went well: what the operator's page shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Upkeep(models.Model):
    """The last time that a kind of upkeep went well: one row a kind, written over each time."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"kind", "at", "seconds"})

    class Kind(models.TextChoices):
        BACKUP = "backup", _("Backup")
        DRILL = "drill", _("Restore drill")
        RECORD = "record", _("Check of the record")
        PURGE = "purge", _("Purge")

    kind = models.CharField(_("kind"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("last done"))
    seconds = models.FloatField(_("took"))

    class Meta:
        verbose_name = _("upkeep")
        verbose_name_plural = _("upkeep")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
