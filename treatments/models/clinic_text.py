"""The clinic's own words for a text: each change a version of its own, never changed; without one the shipped text counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from treatments.models.looked_up import LookedUp
from treatments.workflow.own_words import SHIPPED


class ClinicTextQuerySet(models.QuerySet):
    def newest(self) -> "ClinicTextQuerySet":
        """Of each text in each language what counts now."""
        of_text = ClinicTextVersion.objects.filter(key=OuterRef("key"), language=OuterRef("language"))
        last = of_text.order_by("-version").values("version")[:1]
        return self.alias(last=Subquery(last)).filter(version=F("last"))


class ClinicTextVersion(models.Model):
    """``key`` and ``language`` name a text of ``treatments.workflow.clinic_texts``; an empty ``body`` is as shipped."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "key", "language", "version", "body", "by", "at"})

    key = models.CharField(_("text"), max_length=64)
    language = models.CharField(_("language"), max_length=2)
    version = models.PositiveIntegerField()
    body = models.TextField(_("words"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("since"))

    objects = ClinicTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of the clinic")
        verbose_name_plural = _("texts and words")
        default_permissions = ("change",)
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language", "version"],
                name="clinic_text_version_once",
                violation_error_message=_("This version is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}), version {self.version}"

    @classmethod
    def newest(cls, key: str, language: str) -> "ClinicTextVersion":
        """What counts now; unsaved, empty and without a version where nobody has changed anything yet."""
        found = cls.objects.filter(key=key, language=language).order_by("-version").first()
        return found or cls(key=key, language=language, version=0)


def _own_words() -> dict[str, str]:
    rows = ClinicTextVersion.objects.newest().filter(key__in=list(SHIPPED))
    return {row.key: row.body for row in rows}


_known: LookedUp[dict[str, str]] = LookedUp(_own_words, {})
own_words_here = _known.get
