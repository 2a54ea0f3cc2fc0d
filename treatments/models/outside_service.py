"""Other services that people are pointed to, as the clinic has listed them: each change a version, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.outside_services import OUTSIDE_SERVICES


def kind_choices() -> list[tuple[str, Text]]:
    """A function, so that a kind more makes no migration."""
    return [(code, kind.label) for code, kind in OUTSIDE_SERVICES.items()]


class OutsideServiceQuerySet(models.QuerySet):
    def newest(self) -> "OutsideServiceQuerySet":
        """Of each service what counts now."""
        last = OutsideServiceVersion.objects.filter(service=OuterRef("service")).order_by("-version")
        return (
            self.alias(last=Subquery(last.values("version")[:1])).filter(version=F("last")).order_by("name")
        )


class OutsideServiceVersion(models.Model):
    """``service`` numbers the service, ``version`` what is known of it; ``phones`` are one a line.

    ``web`` is text to read aloud or type, never a link that opens by itself. ``for_patients``: staff may have a
    person's status page show it.
    """

    PATIENT_DATA: frozenset[str] = frozenset()
    SET = ("name", "kind", "phones", "address", "web", "languages", "hours", "active", "for_patients")
    NOT_PATIENT_DATA = frozenset({"id", "service", "version", "at", "by", *SET})

    service = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField(_("since"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=32, choices=kind_choices)
    phones = models.TextField(_("phones"), max_length=200, blank=True)
    address = models.TextField(_("address"), max_length=300, blank=True)
    web = models.CharField(_("web page"), max_length=200, blank=True)
    languages = models.CharField(_("languages"), max_length=100, blank=True)
    hours = models.CharField(_("hours"), max_length=100, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    for_patients = models.BooleanField(_("patients may be shown it"), default=False)

    objects = OutsideServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside service")
        verbose_name_plural = _("outside services")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["service", "version"],
                name="outside_service_version_once",
                violation_error_message=_("This version is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"service {self.service}, version {self.version}"

    @property
    def phone_list(self) -> list[str]:
        return [line.strip() for line in self.phones.splitlines() if line.strip()]
