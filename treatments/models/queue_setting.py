"""How much each consult queue takes on now: paused or not, and how many open consults it should hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treatments import catalog


class QueueSetting(models.Model):
    """One queue's setting. A queue without a row is open and has no limit."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "treatment", "paused", "paused_note", "most_open", "version"})

    treatment = models.CharField(_("queue"), max_length=16, choices=catalog.choices, unique=True)
    paused = models.BooleanField(_("paused"), default=False)
    paused_note = models.CharField(_("why, and until when"), max_length=200, blank=True)
    # More than so many open consults are warned of, never refused; None is no limit.
    most_open = models.PositiveIntegerField(_("most open consults"), null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("queue setting")
        verbose_name_plural = _("queue settings")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(
                name="queue_note_only_while_paused",
                condition=Q(paused=True) | Q(paused_note=""),
                violation_error_message=_("Only a paused queue has a note on its pause."),
            ),
            models.CheckConstraint(
                name="queue_holds_at_least_one",
                condition=Q(most_open=None) | Q(most_open__gte=1),
                violation_error_message=_("A queue's limit is at least one open consult. Pause it instead."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.treatment)

    @classmethod
    def of(cls, treatment: str) -> "QueueSetting":
        """The queue's setting; an unsaved one where nobody has changed anything yet."""
        return cls.objects.filter(treatment=treatment).first() or cls(treatment=treatment)

    @classmethod
    def every(cls) -> dict[str, "QueueSetting"]:
        """The setting of each queue, in the catalog's order."""
        stored = {setting.treatment: setting for setting in cls.objects.all()}
        return {key: stored.get(key) or cls(treatment=key) for key in catalog.TREATMENTS}

    @property
    def queue(self) -> str:
        return str(catalog.TREATMENTS[self.treatment].name)
