"""Keeping the on-call rota: rows are added, changed and ended by a clinic administrator, each time as an event."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import Event, Shift
from treatments.reading.responders import name_of, why_not_channel, why_not_person, words_of
from treatments.workflow import Refused
from treatments.workflow.events import ROTA_CHANGED
from treatments.workflow.rota import Channel


@transaction.atomic
def add_shifts(
    *,
    actor: User,
    person: User,
    rank: int,
    begins: time,
    ends: time,
    channel: str,
    webhook: str = "",
    weekdays: Sequence[int] = (),
    first_day: date | None = None,
    last_day: date | None = None,
    at: datetime | None = None,
) -> list[Shift]:
    """A row for each of the ``weekdays``, or one for the dates. The same by the same person again adds nothing."""
    row: dict[str, Any] = {"person": person, "rank": rank, "begins": begins, "ends": ends, "channel": channel}
    _check(actor, webhook=webhook, **row)
    if refused := why_not_when(begins, ends, weekdays, first_day, last_day):
        raise Refused(refused)
    added = []
    days: list[int | None] = [*sorted(set(weekdays))] or [None]
    for weekday in days:
        asked = {**row, "weekday": weekday, "first_day": first_day, "last_day": last_day}
        there = _same(asked)
        if there is not None and (there.changed_by != actor or there.webhook != webhook):
            raise Refused(_("This row is in the rota already: %(row)s.") % {"row": words_of(there)})
        if there is None:
            shift = Shift(**asked, webhook=webhook, changed_by=actor)
            _save(shift)
            _record(actor, "added", shift, at)
            added.append(shift)
    return added


@transaction.atomic
def change_shift(*, shift: Shift, actor: User, seen: int, at: datetime | None = None, **wanted: Any) -> None:
    """Let the row say what is ``wanted``, by the names of its columns; ``seen`` is the version the actor saw.

    A webhook left blank keeps the address there is. A row stays weekly, or stays one by dates.
    """
    shift, before = _locked(shift, actor)
    wanted["webhook"] = (wanted["webhook"] or shift.webhook) if wanted["channel"] == Channel.WEBHOOK else ""
    changed = {key: value for key, value in wanted.items() if getattr(shift, key) != value}
    if not changed and shift.ended_at is None:
        return
    _refuse_stale(shift, seen)
    _check(actor, **{key: wanted[key] for key in ("person", "rank", "begins", "ends", "channel", "webhook")})
    for key, value in changed.items():
        setattr(shift, key, value)
    days = () if shift.weekday is None else (shift.weekday,)
    if refused := why_not_when(shift.begins, shift.ends, days, shift.first_day, shift.last_day):
        raise Refused(refused)
    there = _same({key: getattr(shift, key) for key in IDENTITY}, besides=shift.pk)
    if there is not None:
        raise Refused(_("This row is in the rota already: %(row)s.") % {"row": words_of(there)})
    shift.version, shift.changed_by = shift.version + 1, actor
    _save(shift)
    _record(actor, "changed", shift, at, before=before)


@transaction.atomic
def end_shift(*, shift: Shift, actor: User, seen: int, at: datetime | None = None) -> None:
    """From now on the row covers nothing; it stays on record."""
    shift, _before = _locked(shift, actor)
    if shift.ended_at is not None and shift.changed_by == actor:
        return
    _refuse_stale(shift, seen)
    at = at or timezone.now()
    shift.ended_at, shift.version, shift.changed_by = at, shift.version + 1, actor
    _save(shift)
    _record(actor, "ended", shift, at)


# --- What may stand in a row ------------------------------------------------------------------------------


def why_not_when(
    begins: time, ends: time, weekdays: Sequence[int], first_day: date | None, last_day: date | None
) -> str | None:
    if weekdays and not (first_day or last_day):
        return None if set(weekdays) <= set(range(7)) else _("There are seven days in a week.")
    if weekdays or first_day is None or last_day is None:
        return _("Choose weekdays, or give a first and a last day.")
    if (last_day, ends) <= (first_day, begins):
        return _("The end lies before the beginning.")
    return None


def _check(actor: User, *, person: User, channel: str, webhook: str, **_when: object) -> None:
    if not actor.has_perm(permissions.KEEP_ROTA):
        raise PermissionDenied
    if refused := why_not_person(person) or why_not_channel(channel, webhook, person):
        raise Refused(refused)


# --- The rows ---------------------------------------------------------------------------------------------

IDENTITY = ("person", "rank", "channel", "weekday", "first_day", "last_day", "begins", "ends")


def _same(row: dict[str, Any], besides: int | None = None) -> Shift | None:
    """The standing row that says the same."""
    asked = {
        f"{key}__isnull" if value is None else key: True if value is None else value
        for key, value in row.items()
    }
    return Shift.objects.filter(ended_at=None, **asked).exclude(pk=besides or 0).first()


def _locked(shift: Shift, actor: User) -> tuple[Shift, str]:
    """The row as it stands now, and how it reads before anything is changed."""
    if not actor.has_perm(permissions.KEEP_ROTA):
        raise PermissionDenied
    # No row of another table beside it: PostgreSQL would look for that one as it was before the wait.
    shift = Shift.objects.select_for_update().get(pk=shift.pk)
    return shift, words_of(shift)


def _refuse_stale(shift: Shift, seen: int) -> None:
    who = {"who": name_of(shift.changed_by)}
    if shift.ended_at is not None:
        raise Refused(_("%(who)s has ended this row.") % who)
    if shift.version != seen:
        raise Refused(_("%(who)s has changed this row since you opened the page. Look at it again.") % who)


def _save(shift: Shift) -> None:
    """Store it; of two people who make the same row at once the database lets one through."""
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError:
        raise Refused(_("This row is in the rota already: %(row)s.") % {"row": words_of(shift)}) from None


def _record(actor: User, change: str, shift: Shift, at: datetime | None, **more: str) -> None:
    """``details`` say the row in words, since a row may change again."""
    Event.objects.create(
        kind=ROTA_CHANGED.key,
        at=at or timezone.now(),
        actor=actor,
        details={"rota": change, "shift": shift.pk, "row": words_of(shift), **more},
    )
