"""The demonstration's on-call rota, with hours that nobody covers, and what was sent about its urgent alerts."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.contrib.auth.models import User

from intake.fields.urgency import URGENT
from treatments.models import Alert, OnCallNotice, OnCallSending
from treatments.models.rota import on_call_now
from treatments.triage.on_call_sending import repeats_after
from treatments.triage.rota import add_shifts
from treatments.workflow.alerts import EntryKind
from treatments.workflow.escalation import STEPS, OnCall, Recipient, who_hears
from treatments.workflow.rota import Channel, Rank

KEPT_SINCE = timedelta(days=40)  # the rota is older than the oldest form
MORNING, EVENING = time(8), time(18)
# Who, as what, on which days, from when to when. Nobody is first on Saturday from 6 pm to 8 am.
ROWS = (
    ("clara", Rank.FIRST, (0, 1, 2, 3, 4, 5), MORNING, EVENING),
    ("carl", Rank.FIRST, (0, 1, 2, 3, 4), EVENING, MORNING),
    ("carl", Rank.FIRST, (6,), MORNING, MORNING),
    ("cora", Rank.SECOND, (0, 1, 2, 3, 4, 5, 6), MORNING, MORNING),
)
AT_MOST = timedelta(hours=2)  # an alert that stays open for days has said enough


def keep_rota(staff: Mapping[str, User], now: datetime) -> None:
    for who, rank, weekdays, begins, ends in ROWS:
        add_shifts(
            actor=staff["adam"],
            person=staff[who],
            rank=rank,
            weekdays=weekdays,
            begins=begins,
            ends=ends,
            channel=Channel.MAIL,
            at=now - KEPT_SINCE,
        )


def tell_meanwhile(now: datetime) -> None:
    """For each urgent alert what the tick would have sent; invented people ring nobody, so none is really sent."""
    on_call = on_call_now(now)
    for alert in Alert.objects.prefetch_related("alarms", "alert_entries__by"):
        first = next((alarm for alarm in alert.in_order() if alarm.urgency == URGENT), None)
        if first is None:
            continue
        taken = [entry.at for entry in alert.staff_entries() if entry.kind == EntryKind.TAKEN]
        until = min([now, first.raised_at + AT_MOST, *taken])
        for recipient, times in _times(on_call, first.raised_at, until).items():
            notice = OnCallNotice.objects.create(
                alarm=first,
                level=recipient.level,
                person_id=recipient.person,
                shift_id=recipient.turn,
                channel=recipient.channel,
                due_at=None,
                times=len(times),
                sent_at=times[-1],
            )
            OnCallSending.objects.bulk_create(OnCallSending(notice=notice, at=at) for at in times)


def _times(on_call: OnCall, since: datetime, until: datetime) -> dict[Recipient, list[datetime]]:
    """When each recipient would have been notified; a night's next row of the same person is the same recipient."""
    heard: dict[Recipient, list[datetime]] = {}
    at = since
    while at < until:
        reached = min(len(STEPS), 1 + (at - since) // on_call.escalate_after)
        for each in who_hears(on_call, urgent=True, reached=reached, now=at):
            known = next(
                (one for one in heard if one.level == each.level and one.person == each.person), each
            )
            heard.setdefault(known, []).append(at)
        at += repeats_after(URGENT)
    return heard
