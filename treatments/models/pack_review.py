"""Who at the clinic has read a payer's pack of criteria and signed it for use, and which version."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PackReview(models.Model):
    """Written once: a new version of the pack is reviewed anew."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "pack", "version", "by", "at"})

    pack = models.CharField(_("pack"), max_length=40)
    version = models.CharField(_("version"), max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("pack of criteria")
        verbose_name_plural = _("packs of criteria")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "version"],
                name="pack_review_once_a_version",
                violation_error_message=_("This version of the pack was reviewed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"

    @classmethod
    def standing(cls) -> "dict[tuple[str, str], PackReview]":
        """The reviews there are, by pack and version."""
        return {(row.pack, row.version): row for row in cls.objects.select_related("by")}
