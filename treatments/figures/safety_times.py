"""How long unsafe answers waited for somebody, holds for a clinician, and whether checks were made in time.

What stands open counts as open, however long ago it began: nothing is left out for not being done yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from intake.fields.urgency import NONE, SAME_DAY, URGENT
from intake.locations import settings_of
from intake.models import Alarm
from treatments.figures.spells import Spell, Times, spell, times_of
from treatments.models import AlertEntry, Event, RiskAssessment, desk_clock
from treatments.models.alert import open_alarms
from treatments.workflow import ReferralState
from treatments.workflow.alerts import EntryKind
from treatments.workflow.events import HOLD_RAISED

MOST_ROWS = 5_000  # of each kind, the newest


@dataclass(frozen=True, slots=True)
class SafetyRow:
    words: str
    times: Times
    target: str


class Rang(NamedTuple):
    """An alarm of a form."""

    alarm: int
    form: object
    urgency: str
    at: datetime


class Entry(NamedTuple):
    """What staff did about the alert of a form, up to which alarm."""

    form: object
    kind: str
    alarm: int
    at: datetime


class Raised(NamedTuple):
    """A hold that rules raised, and how its referral stands now."""

    referral: int
    at: datetime
    hold: str
    state: str
    closed: datetime | None


class Assessed(NamedTuple):
    """A risk assessment: the hold that it found, and when the next one is due."""

    referral: int
    at: datetime
    held: str
    next_check: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Ring:
    """An alert from when it rang, the first time or again after it was closed, until it was closed."""

    urgent: bool
    rang: datetime
    taken: datetime | None
    closed: datetime | None


# --- Pure: from rows to spells ---------------------------------------------------------------------------


def rings_of(alarms: Iterable[Rang], entries: Iterable[Entry]) -> list[Ring]:
    """``alarms`` and ``entries`` in their order; an alarm that nobody saw who closed the alert rings anew."""
    of_form: dict[object, list[Rang]] = {}
    done: dict[object, list[Entry]] = {}
    for alarm in alarms:
        of_form.setdefault(alarm.form, []).append(alarm)
    for entry in entries:
        done.setdefault(entry.form, []).append(entry)
    return [ring for form, rang in of_form.items() for ring in _of_form(rang, done.get(form, []))]


def _of_form(rang: Sequence[Rang], done: Sequence[Entry]) -> Iterable[Ring]:
    left = list(rang)
    while left:
        first = left[0]
        answers = [entry for entry in done if entry.alarm >= first.alarm and entry.at >= first.at]
        closing = next((entry for entry in answers if entry.kind == EntryKind.CLOSED), None)
        covered = [alarm for alarm in left if closing is None or alarm.alarm <= closing.alarm]
        urgent = any(alarm.urgency == URGENT for alarm in covered)
        taken = answers[0].at if answers else None
        yield Ring(urgent, first.at, taken, closing.at if closing else None)
        left = left[len(covered) :]


def holds_of(
    raised: Iterable[Raised], assessed: Iterable[Assessed], now: datetime
) -> list[tuple[Spell, bool | None]]:
    """How long each hold waited for a clinician, and whether that was in time; a second one on top is the same."""
    looks: dict[int, list[Assessed]] = {}
    for look in assessed:
        looks.setdefault(look.referral, []).append(look)
    found, until = [], dict[int, datetime]()
    for hold in raised:
        if hold.at <= until.get(hold.referral, datetime.min.replace(tzinfo=now.tzinfo)):
            continue
        seen: Assessed | None = next(
            (each for each in looks.get(hold.referral, ()) if each.at >= hold.at), None
        )
        until[hold.referral] = seen.at if seen else now
        if seen:
            found.append((spell(hold.at, seen.at, now), _in_time(hold.at, seen.at, seen.held, now)))
        elif hold.state == ReferralState.CLOSED:
            found.append((spell(hold.at, None, now, left=hold.closed), None))
        elif hold.hold != NONE:
            found.append((spell(hold.at, None, now), _in_time(hold.at, None, hold.hold, now)))
    return found


def checks_of(assessed: Sequence[Assessed], since: datetime, now: datetime) -> list[Spell]:
    """How late each check was that fell due in the period; one that was made in time was late by nothing."""
    later: dict[int, datetime] = {}
    found = []
    for each in reversed(assessed):
        made, due = later.get(each.referral), each.next_check
        later[each.referral] = each.at
        # A closed referral is checked by nobody any more.
        if due and since <= due <= now and (made or each.state != ReferralState.CLOSED):
            found.append(spell(due, made, now))
    return found


def _in_time(begun: datetime, ended: datetime | None, hold: str, now: datetime) -> bool | None:
    """Within the target for this hold, in working hours; None while it is open and there is time left."""
    in_time = desk_clock.worked(begun, ended or now) <= desk_clock.targets().get(hold, 0)
    return None if in_time and ended is None else in_time


# --- Reads: each bounded by a limit or an index ------------------------------------------------------------


def safety_rows(since: datetime, now: datetime) -> list[SafetyRow]:
    """In six queries."""
    rings, assessed = read_rings(since), read_assessed()
    holds = holds_of(read_raised(since), assessed, now)
    checks = checks_of(assessed, since, now)
    closed = times_of([spell(ring.rang, ring.closed, now) for ring in rings])
    hours = {"urgent": desk_clock.targets()[URGENT], "same_day": desk_clock.targets()[SAME_DAY]}
    return [
        _urgent([ring for ring in rings if ring.urgent], now),
        _same_day([ring for ring in rings if not ring.urgent], now),
        SafetyRow(_("Alert, until it is closed"), closed, ""),
        SafetyRow(
            _("Hold, until a clinician assesses"),
            times_of([each for each, _in in holds], [in_time for _each, in_time in holds]),
            _("in working hours: %(urgent)d where urgent, else %(same_day)d") % hours,
        ),
        SafetyRow(
            _("Clinician's check, late by"),
            times_of(checks, [each.seconds == 0 for each in checks]),
            _("the time that was set"),
        ),
    ]


def _urgent(rings: Sequence[Ring], now: datetime) -> SafetyRow:
    """Within the minutes after which the next on call hear of it."""
    minutes = settings_of(None).escalate_minutes
    taken = [spell(ring.rang, ring.taken, now) for ring in rings]
    within = [each.seconds <= 60 * minutes for each in taken]
    in_time = [None if each.open and soon else soon for each, soon in zip(taken, within, strict=True)]
    target = _("%(minutes)d minutes") % {"minutes": minutes}
    return SafetyRow(_("Urgent alert, until somebody is on it"), times_of(taken, in_time), target)


def _same_day(rings: Sequence[Ring], now: datetime) -> SafetyRow:
    taken = [spell(ring.rang, ring.taken, now) for ring in rings]
    in_time = [_in_time(ring.rang, ring.taken, SAME_DAY, now) for ring in rings]
    target = _("%(n)d working hours") % {"n": desk_clock.targets()[SAME_DAY]}
    return SafetyRow(_("Same-day alert, until somebody is on it"), times_of(taken, in_time), target)


def read_rings(since: datetime) -> list[Ring]:
    """Those of the period, and those that are open from before."""
    columns = ("pk", "submission", "urgency", "raised_at")
    newest = Alarm.objects.order_by("-pk").values_list(*columns)[:MOST_ROWS]
    alarms = {row[0]: Rang(*row) for row in newest if row[3] >= since}
    open_now = open_alarms().order_by("-pk").values_list(*columns)[:MOST_ROWS]
    alarms.update((row[0], Rang(*row)) for row in open_now)
    begun = min((alarm.at for alarm in alarms.values()), default=since)
    done = AlertEntry.objects.filter(kind__in=(EntryKind.TAKEN, EntryKind.CLOSED), at__gte=begun).order_by(
        "-at", "-pk"
    )
    entries = done.values_list("submission", "kind", "newest_alarm", "at")[: 2 * MOST_ROWS]
    return rings_of([alarms[pk] for pk in sorted(alarms)], [Entry(*row) for row in reversed(entries)])


def read_raised(since: datetime) -> list[Raised]:
    """The holds of the period, and those that stand from before."""
    columns = ("referral", "at", "referral__hold", "referral__state", "referral__closed_at")
    rows = Event.objects.filter(kind=HOLD_RAISED.key)
    newest = rows.filter(at__gte=since).order_by("-at").values_list(*columns)[:MOST_ROWS]
    standing = (
        rows.filter(referral__hold_rank__gt=0, at__lt=since).order_by("-at").values_list(*columns)[:MOST_ROWS]
    )
    return sorted((Raised(*row) for row in (*newest, *standing)), key=lambda hold: hold.at)


def read_assessed() -> list[Assessed]:
    """The newest, in their order."""
    columns = ("referral", "at", "held", "next_check_at", "referral__state")
    newest = RiskAssessment.objects.order_by("-pk").values_list(*columns)[:MOST_ROWS]
    return [Assessed(*row) for row in reversed(newest)]
