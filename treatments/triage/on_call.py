"""Plans who is notified outside the app that an alert is open: the responder of the hour, the next one, the last ones.

A sweep over our own rows, run by ``manage.py tick``: nothing hangs on the patient's request, and a killed tick
leaves every notice due. ``treatments.workflow.escalation`` says who hears; ``on_call_sending`` tells them, again and
again until somebody is on it. One that was taken and is still open after ``ALERT_TAKEN_MINUTES``, or was let go, starts anew.
"""

from datetime import datetime

from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from intake.fields.urgency import URGENT
from intake.models import Alarm, Submission
from treatments.models import AlertEntry, OnCallNotice
from treatments.models.alert import open_alarms
from treatments.models.rota import on_call_now
from treatments.triage.on_call_sending import mail_due, post_due, repeats_after, rest
from treatments.workflow.alerts import EntryKind
from treatments.workflow.escalation import STEPS, Recipient, counted_since, who_hears

BATCH = 500  # rows of one statement


def notify_on_call(at: datetime | None = None) -> int:
    """One pass: plan who hears of which alarm, and tell those whose time has come. How many notices were given."""
    at = at or timezone.now()
    on_call, alarms = on_call_now(at), _open()
    for place, _level in enumerate(STEPS, 1):
        bounds = counted_since(place, at, on_call.escalate_after)
        urgent = alarms.filter(_counted(*bounds), urgency=URGENT)
        _plan(urgent, who_hears(on_call, urgent=True, reached=place, now=at), URGENT, at)
    others = who_hears(on_call, urgent=False, reached=1, now=at)
    _plan(alarms.exclude(urgency=URGENT), others, "", at)
    _settle()
    return mail_due(at) + post_due(at)


def _open() -> QuerySet[Alarm]:
    """All open alarms, with when somebody took them last, if they still are on it, and from when they ring.

    People invented for the demo ring nobody. While a taking has its force nothing is due, whatever is planned.
    """
    takings = AlertEntry.objects.that_saw("pk", "submission", EntryKind.TAKEN).still_on_it()
    let_go = AlertEntry.objects.that_saw("pk", "submission", EntryKind.LET_GO)
    newest = [Subquery(entries.order_by("-at").values("at")[:1]) for entries in (takings, let_go)]
    alarms = open_alarms().exclude(submission__source=Submission.Source.DEMO)
    return alarms.annotate(taken_at=newest[0], rang_at=Coalesce(newest[1], F("raised_at")))


def _counted(after: datetime | None, until: datetime | None) -> Q:
    """The alarms whose time counts from between these.

    It counts from when they rang, from when somebody let them go, or from when a taking lost its force.
    """
    rang, taken = Q(taken_at=None), Q(taken_at__isnull=False)
    if after is not None:
        rang, taken = rang & Q(rang_at__gt=after), taken & Q(taken_at__gt=after - rest())
    if until is not None:
        rang, taken = rang & Q(rang_at__lte=until), taken & Q(taken_at__lte=until - rest())
    return rang | taken


def _plan(alarms: QuerySet[Alarm], hearing: list[Recipient], urgency: str, at: datetime) -> None:
    """A notice of each alarm for each who hears now and has none; those of other hours are not due."""
    if not alarms.exists():
        return
    _make(alarms, hearing, at)
    notices = OnCallNotice.objects.filter(alarm__in=alarms.values("pk"))
    theirs = Q()
    for each in hearing:
        theirs |= _of(each)
        rested = Q(sent_at=None) | Q(sent_at__lte=at - repeats_after(urgency))
        _update(notices.filter(_of(each), rested, due_at=None), due_at=at)
        _update(notices.filter(_of(each)).exclude(shift=each.turn), shift=each.turn)
    _update(notices.filter(due_at__isnull=False).exclude(theirs), due_at=None)


def _of(recipient: Recipient) -> Q:
    return Q(level=recipient.level, person=recipient.person, channel=recipient.channel)


def _make(alarms: QuerySet[Alarm], hearing: list[Recipient], at: datetime) -> None:
    """Some alarms at a time: asked for all of them at once which have no notice yet, PostgreSQL may compare each
    with each.
    """
    last = 0
    while pks := list(alarms.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = pks[-1]
        there = set(
            OnCallNotice.objects.filter(alarm__in=pks).values_list("alarm", "level", "person", "channel")
        )
        OnCallNotice.objects.bulk_create(
            [
                OnCallNotice(
                    alarm_id=pk,
                    level=each.level,
                    person_id=each.person,
                    shift_id=each.turn,
                    channel=each.channel,
                    due_at=at,
                )
                for each in hearing
                for pk in pks
                if (pk, each.level, each.person, each.channel) not in there
            ],
            batch_size=BATCH,
            ignore_conflicts=True,
        )


def _settle() -> None:
    """What is still planned of a closed alert is planned no more."""
    _update(OnCallNotice.objects.settled(), due_at=None)


def _update(notices: QuerySet[OnCallNotice], **change: object) -> None:
    """Change these rows, some at a time, as long as they are what was asked for.

    Another tick may have notified somebody in the meantime: its time stays. ``notices`` are none of those that the
    change has made.
    """
    while pks := list(notices.values_list("pk", flat=True)[:BATCH]):
        notices.filter(pk__in=pks).update(**change)
