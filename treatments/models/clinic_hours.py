"""When the clinic works and how fast it means to be, as the clinic itself has set it: one row a version.

Until the first change there is no row and the environment counts. What is set reaches everybody through
``intake.locations.settings_of``; ``settings_here`` is the source it reads from.
"""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.locations import LocationSettings, from_environment
from treatments.models.looked_up import LookedUp
from treatments.workflow.targets import TARGETS


class ClinicHours(models.Model):
    """A version, never changed. ``holidays`` are ISO dates with their names, ``targets`` working hours by key."""

    PATIENT_DATA: frozenset[str] = frozenset()
    SET = ("words", "days", "opens", "closes", "holidays", "targets")
    NOT_PATIENT_DATA = frozenset({"id", "version", "at", "by", *SET})

    version = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField(_("since"))
    # Nobody: what the environment said before the first change.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(_("hours in words"), max_length=100)
    days = models.JSONField(_("working days"))
    opens = models.TimeField(_("work begins"))
    closes = models.TimeField(_("work ends"))
    holidays = models.JSONField(_("holidays"))
    targets = models.JSONField(_("targets"))

    class Meta:
        verbose_name = _("clinic hours")
        verbose_name_plural = _("clinic hours")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def newest(cls) -> "ClinicHours":
        """What counts now; unsaved and without a version where nobody has changed anything yet."""
        return cls.objects.order_by("-version").first() or cls.of_environment()

    @classmethod
    def of_environment(cls) -> "ClinicHours":
        here = from_environment(None)
        return cls(
            version=0,
            words=here.hours,
            days=sorted(here.working_days),
            opens=here.working_hours[0],
            closes=here.working_hours[1],
            holidays={day.isoformat(): "" for day in sorted(here.holidays)},
            targets={**TARGETS, **dict(here.target_hours)},
        )

    def laid_over(self, here: LocationSettings) -> LocationSettings:
        return replace(
            here,
            hours=self.words,
            working_days=frozenset(self.days),
            working_hours=(self.opens, self.closes),
            holidays=frozenset(map(date.fromisoformat, self.holidays)),
            # A treatment that is newer than the version has its own target.
            target_hours=tuple(self.targets.items()),
        )


def _newest() -> ClinicHours | None:
    return ClinicHours.objects.order_by("-version").first()


_known: LookedUp[ClinicHours | None] = LookedUp(_newest, None)


# What the last one read came to over which environment; a page asks several times.
_over: tuple[LocationSettings, ClinicHours, LocationSettings] | None = None


def settings_here(location: object) -> LocationSettings:
    """The environment's settings with the newest version laid over them."""
    global _over
    here, newest = from_environment(location), _known.get()
    if newest is None:
        return here
    if _over is None or _over[0] is not here or _over[1] is not newest:
        _over = here, newest, newest.laid_over(here)
    return _over[2]
