"""How the clinic's side is running, for the technical person: counts and ages, and what to do about them.

Nothing here says anything of a person. Every read is held by an index or a limit, at a million referrals too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.encryption.keys import master_keys
from intake.fields.kinds import Text
from intake.models import OutgoingMail
from intake.models.key_rotation import MOST_COUNTED, under_older_keys
from treatments import charts
from treatments.figures.dashboard import read_alerts
from treatments.figures.spells import span_in_words
from treatments.models import OnCallNotice, Referral, TickPass, Upkeep

LATE_MAIL = timedelta(minutes=15)
LATE_ASSESSMENT = timedelta(minutes=2)  # the tick looks every half a minute
MOST_UNASSESSED = 1_000


class State(StrEnum):
    FINE = "fine"
    LOOK = "look"  # soon
    ACT = "act"  # now


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know: ``what`` it is, how it ``stands``, and what to do where that is not fine.

    ``percent``: how far it is on the way to its limit, for a bar; None for none.
    """

    what: Text
    stands: str
    state: State = State.FINE
    advice: str = ""
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Upkeep that must not be forgotten: ``soon`` after the last time somebody looks at it, at ``limit`` they act."""

    kind: str
    what: Text
    soon: timedelta
    limit: timedelta
    advice: Text


DUTIES = (
    Duty(
        "backup",
        gettext_lazy("Backup"),
        timedelta(hours=26),
        timedelta(days=2),
        gettext_lazy("See why with “systemctl status clinic-backup”, or run “manage.py backup FOLDER” now."),
    ),
    Duty(
        "drill",
        gettext_lazy("Restore drill"),
        timedelta(days=92),
        timedelta(days=184),
        gettext_lazy(
            "Run “manage.py restore FILE --key FILE --drill”: nobody knows yet whether backups come back."
        ),
    ),
    Duty(
        "purge",
        gettext_lazy("Purge"),
        timedelta(hours=26),
        timedelta(days=7),
        gettext_lazy(
            "See why with “systemctl status clinic-purge”: what the clinic keeps no longer is still there."
        ),
    ),
    Duty(
        "record",
        gettext_lazy("Check of the record"),
        timedelta(hours=50),
        timedelta(days=7),
        gettext_lazy("Run “manage.py verify_record”: it says what is not as it was written."),
    ),
)


# --- What the numbers mean. Pure. ------------------------------------------------------------------------


def duty_line(duty: Duty, last: datetime | None, seconds: float, now: datetime) -> Line:
    if last is None:
        return Line(duty.what, _("never"), State.ACT, str(duty.advice), 100)
    age = now - last
    state = State.ACT if age > duty.limit else State.LOOK if age > duty.soon else State.FINE
    percent = charts.share(min(age, duty.limit).total_seconds(), duty.limit.total_seconds())
    if state is not State.FINE:
        stands = _("none for %(age)s") % {"age": span_in_words(age)}
        return Line(duty.what, stands, state, str(duty.advice), percent)
    stands = _("%(age)s ago, took %(n).0f s") % {"age": span_in_words(age), "n": seconds}
    return Line(duty.what, stands, state, percent=percent)


def tick_line(last: datetime | None, now: datetime) -> Line:
    stands = _("%(age)s ago") % {"age": span_in_words(now - last)} if last else _("never")
    if not TickPass.is_silent(last, now):
        return Line(_("Tick, last pass"), stands)
    advice = _("Nothing is sent and nothing expires. Start it: “systemctl restart clinic-tick”.")
    return Line(_("Tick, last pass"), stands, State.ACT, advice)


def mail_line(waiting: int, failing: int, oldest: datetime | None, now: datetime) -> Line:
    late = oldest is not None and now - oldest > LATE_MAIL
    stands = ngettext("%(n)d waits", "%(n)d wait", waiting) % {"n": waiting}
    if oldest is not None:
        stands += _(", the oldest for %(age)s") % {"age": span_in_words(now - oldest)}
    if failing:
        stands += _(", %(n)d failed at least once") % {"n": failing}
    advice = _(
        "Is the mail server up, and are EMAIL_HOST and its password right? The list of mail names the fault."
    )
    state = State.ACT if failing and late else State.LOOK if failing or late else State.FINE
    return Line(_("Outgoing mail"), stands, state, "" if state is State.FINE else advice)


def notices_line(due: int, failing: int) -> Line:
    stands = ngettext("%(n)d is being repeated", "%(n)d are being repeated", due) % {"n": due}
    if not failing:
        return Line(_("On-call notices"), stands)
    stands += _(", %(n)d did not arrive") % {"n": failing}
    advice = _(
        "Somebody in danger may be unheard: tell the clinic to look at the safety alerts, then mend the way."
    )
    return Line(_("On-call notices"), stands, State.ACT, advice)


def unassessed_line(count: int, oldest: datetime | None, now: datetime) -> Line:
    if oldest is None or now - oldest <= LATE_ASSESSMENT:
        return Line(_("Referrals not assessed"), str(count))
    stands = _("%(n)s, the oldest for %(age)s") % {
        "n": many(count, MOST_UNASSESSED),
        "age": span_in_words(now - oldest),
    }
    advice = _("The tick assesses within a minute. Is it running? If so, a rule fails: its log says which.")
    return Line(_("Referrals not assessed"), stands, State.ACT, advice)


def keys_line(newest: str, older: dict[str, int] | None, keys: int) -> Line:
    what, advice = (
        _("Sealing keys"),
        _("Run “manage.py rotate_keys” until none is left, then take the old key out."),
    )
    if keys == 1:
        return Line(what, _("%(id)s seals everything") % {"id": newest})
    if older is None:
        stands = _("%(id)s is the newest; too many rows to count how many are left") % {"id": newest}
        return Line(what, stands, State.LOOK, advice)
    if not older:
        stands = _("%(id)s is the newest; nothing is left under another") % {"id": newest}
        return Line(
            what, stands, State.LOOK, _("Take the old key out of SEALING_KEYS and keep it with old backups.")
        )
    left = ", ".join(f"{id_}: {many(count, MOST_COUNTED)}" for id_, count in sorted(older.items()))
    stands = _("%(id)s is the newest; rows still under others: %(left)s") % {"id": newest, "left": left}
    return Line(what, stands, State.LOOK, advice)


def many(count: int, most: int) -> str:
    """A count that was ended at ``most``."""
    return _("%(n)s or more") % {"n": f"{most:,}"} if count >= most else f"{count:,}"


# --- Reads ------------------------------------------------------------------------------------------------


def work_lines(now: datetime) -> list[Line]:
    """What must happen by itself, and does it."""
    lines: tuple[Callable[[datetime], Line], ...] = (_tick, _mail, _notices, _alerts, _unassessed)
    return [line(now) for line in lines]


def upkeep_lines(now: datetime) -> list[Line]:
    """What must be done from time to time, and was it."""
    last = {row.kind: row for row in Upkeep.objects.all()}
    lines = []
    for duty in DUTIES:
        if duty.kind in Upkeep.Kind.values:
            row = last.get(duty.kind)
            lines.append(duty_line(duty, row.at if row else None, row.seconds if row else 0, now))
    return [*lines, _keys()]


def _tick(now: datetime) -> Line:
    return tick_line(TickPass.last(), now)


def _mail(now: datetime) -> Line:
    failed = Count("pk", filter=Q(attempts__gt=0) & ~Q(last_error=""))
    found = OutgoingMail.objects.unsent().aggregate(
        waiting=Count("pk"), failing=failed, oldest=Min("created_at")
    )
    return mail_line(**found, now=now)


def _notices(now: datetime) -> Line:
    planned = OnCallNotice.objects.filter(due_at__isnull=False)
    return notices_line(**planned.aggregate(due=Count("pk"), failing=Count("pk", filter=Q(attempts__gt=0))))


def _alerts(now: datetime) -> Line:
    alerts = read_alerts(now)
    stands = ngettext("%(n)d open", "%(n)d open", alerts.count) % {"n": alerts.count}
    if alerts.count:
        stands += _(", %(n)d urgent, the oldest for %(age)s") % {"n": alerts.urgent, "age": alerts.oldest}
    return Line(_("Safety alerts"), stands)


def _unassessed(now: datetime) -> Line:
    left = list(
        Referral.objects.not_assessed().order_by("pk").values_list("received_at", flat=True)[:MOST_UNASSESSED]
    )
    return unassessed_line(len(left), min(left, default=None), now)


def _keys() -> Line:
    ids = master_keys().ids
    return keys_line(
        ids[0] if ids else _("none"), under_older_keys() if len(ids) > 1 else {}, max(len(ids), 1)
    )
