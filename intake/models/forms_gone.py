"""How many forms were begun and deleted without being sent: counts by day, so that figures know who never came."""

from datetime import date

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class FormsGone(models.Model):
    """``number`` of the drafts begun on ``day`` in ``language`` by ``channel`` that were deleted; of nobody by name."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "day", "language", "channel", "number"})

    day = models.DateField(_("begun on"))
    language = models.CharField(_("language"), max_length=2, blank=True)
    channel = models.CharField(_("how it came"), max_length=6, blank=True)
    number = models.PositiveIntegerField(_("forms"), default=0)

    class Meta:
        verbose_name = _("forms never sent")
        verbose_name_plural = _("forms never sent")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "channel"],
                name="intake_forms_gone_once",
                violation_error_message=_("These forms are counted in one row."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} begun on {self.day}"

    @classmethod
    def note(cls, day: date, language: str, channel: str) -> None:
        """One more; the caller deletes it in the same transaction."""
        row, _made = cls.objects.get_or_create(day=day, language=language, channel=channel)
        cls.objects.filter(pk=row.pk).update(number=F("number") + 1)
