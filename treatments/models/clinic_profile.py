"""Who the clinic is on paper, as it has set it itself: one row a version, the newest counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.locations import settings_of


class ClinicProfile(models.Model):
    """A version, never changed. What is printed on letters and forms; no patient reads it on a page."""

    PATIENT_DATA: frozenset[str] = frozenset()
    SET = ("legal_name", "address", "phone", "fax", "npi", "tin")
    NOT_PATIENT_DATA = frozenset({"id", "version", "at", "by", *SET})

    version = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField(_("since"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    legal_name = models.CharField(_("legal name"), max_length=120)
    address = models.TextField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    npi = models.CharField(_("NPI"), max_length=10, blank=True)
    tin = models.CharField(_("TIN"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("clinic's profile")
        verbose_name_plural = _("clinic's profile")
        default_permissions = ()

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def newest(cls) -> "ClinicProfile":
        """What counts now; before the first change unsaved, with what the server's settings know."""
        here = settings_of(None)
        return cls.objects.order_by("-version").first() or cls(
            version=0, legal_name=here.name, phone=here.phone
        )
