"""When the clinic works and how fast it means to be, as the clinic itself has set it: one row a version.

Until the first change there is no row and the environment counts. What is set reaches everybody through
``intake.locations.settings_of``; ``settings_here`` is the source it reads from.
"""

import time as clock
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _

from intake.locations import LocationSettings, from_environment
from treatments.workflow.targets import TARGETS

# Every server process looks for a newer version so often; a page asks several times.
LOOK_AGAIN = 5.0  # seconds


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


@dataclass(slots=True)
class _Known:
    """What this process last read: the newest version, until when it is believed, and what came of it."""

    newest: ClinicHours | None = None
    until: float = 0.0
    laid_over: tuple[LocationSettings, LocationSettings] | None = None


_known = _Known()


def look_again(after: float = 0.0) -> None:
    """What this process knows is old: who asks next, or ``after`` so many seconds, reads the newest version."""
    global _known
    _known = _Known(until=clock.monotonic() + after)


def settings_here(location: object) -> LocationSettings:
    """The environment's settings with the newest version laid over them."""
    here = from_environment(location)
    now = clock.monotonic()
    if now >= _known.until:
        _known.until = now + LOOK_AGAIN  # first, so that while the table is locked only one waits for it
        with suppress(DatabaseError):  # pages that say so need settings too: what was known goes on
            _known.newest = ClinicHours.objects.order_by("-version").first()
        _known.laid_over = None
    newest, over = _known.newest, _known.laid_over
    if newest is None:
        return here
    if over is None or over[0] is not here:
        over = _known.laid_over = here, newest.laid_over(here)
    return over[1]
