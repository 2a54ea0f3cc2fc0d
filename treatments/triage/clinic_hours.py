"""The clinic sets when it works and how fast it means to be: each change a version of its own, and an event."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.times.moments import clock, short_day
from treatments import permissions
from treatments.models import ClinicHours
from treatments.triage.versions import add_version, may_set, was
from treatments.workflow import Refused
from treatments.workflow.events import HOURS_CHANGED
from treatments.workflow.targets import TARGET_WORDS, TARGETS

LONGEST_TARGET = 1000  # working hours, as the environment allows
MOST_HOLIDAYS = 400
STALE = gettext_lazy("Somebody else has changed the hours since you opened the page. Look at it again.")


@transaction.atomic
def change_hours(*, actor: User, seen: int, wanted: ClinicHours, at: datetime | None = None) -> None:
    """Store what is ``wanted``, not saved yet, as a new version; ``seen`` is the one that the actor had before them.

    The first change also stores what the environment said until then, as version 1.
    """
    may_set(actor, permissions.SET_HOURS)
    if refused := why_not(wanted):
        raise Refused(refused)
    before = ClinicHours.newest()
    at = at or timezone.now()
    changes = list(what_changed(before, wanted))
    if changes and seen == before.version == 0:
        before = _of_the_environment(before, at)
        seen = before.version
    add_version(
        HOURS_CHANGED,
        actor=actor,
        before=before,
        wanted=wanted,
        seen=seen,
        changes=changes,
        at=at,
        stale=STALE,
    )


def _of_the_environment(hours: ClinicHours, at: datetime) -> ClinicHours:
    """What the environment said until now, stored as version 1."""
    try:
        with transaction.atomic():
            hours.version, hours.at = 1, at
            hours.save()
    except IntegrityError:
        raise Refused(str(STALE), stale=True) from None
    return hours


def why_not(hours: ClinicHours) -> str:
    """Why a clinic can't work like that, "" where it can."""
    if not hours.days or not set(hours.days) <= set(range(7)):
        return _("Tick at least one working day.")
    if hours.opens >= hours.closes:
        return _("Work ends after it begins.")
    if len(hours.holidays) > MOST_HOLIDAYS:
        return _("At most %(most)d holidays.") % {"most": MOST_HOLIDAYS}
    if not all(1 <= number <= LONGEST_TARGET for number in hours.targets.values()):
        return _("A target is 1 to %(most)d working hours.") % {"most": LONGEST_TARGET}
    return ""


def what_changed(before: ClinicHours, after: ClinicHours) -> Iterator[str]:
    """A sentence for each thing that is not as it was."""
    pairs = [
        (_("Hours in words"), before.words, after.words),
        (_("Working days"), named_days(before), named_days(after)),
        (_("Working hours"), named_hours(before), named_hours(after)),
        *(
            (str(words), str(before.targets.get(key, TARGETS[key])), str(after.targets[key]))
            for key, words in TARGET_WORDS.items()
        ),
    ]
    for name, old, new in pairs:
        if old != new:
            yield was(name, old, new)
    for day in sorted({*before.holidays, *after.holidays}):
        old, new = before.holidays.get(day), after.holidays.get(day)
        named = {"day": named_holiday(day, new if new is not None else old or "")}
        if old is None:
            yield _("Holiday: %(day)s") % named
        elif new is None:
            yield _("No holiday any more: %(day)s") % named
        elif old != new:
            yield _("Holiday renamed: %(day)s") % named


def named_days(hours: ClinicHours) -> str:
    return ", ".join(str(WEEKDAYS[day]) for day in hours.days)


def named_hours(hours: ClinicHours) -> str:
    return f"{clock(hours.opens)}–{clock(hours.closes)}"


def named_holiday(day: str, name: str) -> str:
    return f"{short_day(date.fromisoformat(day))} {name}".strip()
