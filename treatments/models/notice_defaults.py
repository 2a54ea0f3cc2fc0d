"""Which notices each role gets by default, as the clinic has set it: one row a version, the newest counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeDefaults(models.Model):
    """A version, never changed. ``deliveries``: group -> kind of notice -> how, of ``treatments.workflow.notice_defaults``."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "version", "at", "by", "deliveries"})

    version = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField(_("since"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deliveries = models.JSONField(_("who hears what"))

    class Meta:
        verbose_name = _("who hears what")
        verbose_name_plural = _("who hears what")
        default_permissions = ()

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def newest(cls) -> "NoticeDefaults":
        """What counts now; unsaved, empty and without a version where nobody has changed anything yet."""
        return cls.objects.order_by("-version").first() or cls(version=0, deliveries={})
