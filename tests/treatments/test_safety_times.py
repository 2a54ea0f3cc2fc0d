"""How long alerts, holds and checks waited, those that stand open among them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.conftest import RECORD, SAME_DAY, URGENT, fresh, release_hold
from treatments.figures import safety_times
from treatments.figures.safety_times import Assessed, Entry, Raised, Rang
from treatments.models import Alert
from treatments.triage.alerts import close_alert, note_alert, take_alert
from treatments.triage.risk import assess_risk
from treatments.workflow.alerts import EntryKind

DAY = timedelta(days=1)


T = timezone.now()


def minutes(number: float):
    return T + timedelta(minutes=number)


def test_an_alert_rings_anew_for_an_alarm_that_nobody_saw_who_closed_it():
    alarms = [Rang(1, "form", "same_day", minutes(0)), Rang(2, "form", "urgent", minutes(50))]
    entries = [
        Entry("form", EntryKind.TAKEN, 1, minutes(10)),
        Entry("form", EntryKind.CLOSED, 1, minutes(40)),
        Entry("form", EntryKind.TAKEN, 2, minutes(55)),
    ]
    first, second = safety_times.rings_of(alarms, entries)
    (again,) = safety_times.rings_of(alarms[1:], [Entry("form", EntryKind.CLOSED, 1, minutes(60))])
    assert (again.taken, again.closed) == (None, None)  # closed on a page that did not show it
    assert (first.urgent, first.taken, first.closed) == (False, minutes(10), minutes(40))
    assert (second.urgent, second.rang, second.taken, second.closed) == (True, minutes(50), minutes(55), None)


def test_an_alarm_in_between_is_of_the_same_alert_and_who_closes_it_was_on_it():
    alarms = [Rang(1, "form", "same_day", minutes(0)), Rang(2, "form", "urgent", minutes(5))]
    (ring,) = safety_times.rings_of(alarms, [Entry("form", EntryKind.CLOSED, 2, minutes(20))])
    assert (ring.urgent, ring.rang, ring.taken, ring.closed) == (True, minutes(0), minutes(20), minutes(20))


def test_open_alerts_count_as_open_also_from_before_the_period(cast, clinic):
    clinic.new(**URGENT)
    with time_machine.travel(timezone.now() + 40 * DAY):
        now = timezone.localtime()
        row = safety_times.safety_rows(now - 30 * DAY, now)[0]
    assert (row.times.number, row.times.still_open, row.times.longest) == (1, 1, "40 days, open")
    assert (row.times.in_time, row.times.judged) == (0, 1)


def test_the_minutes_until_somebody_was_on_an_alert_are_told_by_urgency(cast, clinic):
    clinic.new(**URGENT), clinic.new(**URGENT), clinic.new(**URGENT), clinic.new(**SAME_DAY)
    now = timezone.now()
    urgent = [alert for alert in Alert.objects.all() if alert.urgency == "urgent"]
    for alert, after in zip(urgent, (2, 30, 600), strict=True):
        with time_machine.travel(now + timedelta(minutes=after), tick=False):
            take_alert(alert=alert, actor=cast.cora)
    with time_machine.travel(now + DAY, tick=False):
        first, second, *_rest = safety_times.safety_rows(now - DAY, timezone.localtime())
    assert (first.times.median, first.times.longest, first.times.in_time, first.times.judged) == (
        *("30 minutes", "10 hours"),
        *(1, 3),
    )
    assert (second.times.number, second.times.still_open) == (1, 1)


@pytest.mark.parametrize("held", ["urgent", "none"])
def test_a_hold_waits_until_a_clinician_assesses_and_one_on_top_is_the_same(held):
    raised = [
        Raised(1, minutes(0), "none", "in_review", None),
        Raised(1, minutes(5), "none", "in_review", None),
    ]
    ((waited, _in_time),) = safety_times.holds_of(
        raised, [Assessed(1, minutes(30), held, None, "new")], minutes(90)
    )
    assert (waited.seconds, waited.open) == (1800, False)


def test_an_assessment_before_a_hold_rose_is_none_of_it_and_one_with_time_left_is_not_judged():
    raised = [Raised(1, minutes(0), "urgent", "new", None)]
    before = [Assessed(1, minutes(-30), "urgent", None, "new")]
    ((waits, in_time),) = safety_times.holds_of(raised, before, minutes(0))
    assert (waits.open, in_time) == (True, None)


def test_a_hold_that_stands_is_open_and_one_that_was_closed_unassessed_left():
    raised = [
        Raised(1, minutes(0), "urgent", "new", None),
        Raised(2, minutes(0), "same_day", "closed", minutes(10)),
    ]
    (stands, late), (closed, judged) = safety_times.holds_of(raised, [], minutes(60 * 24 * 10))
    assert stands.open and late is False
    assert (closed.seconds, closed.left, judged) == (600, True, None)


def test_a_hold_that_something_else_lifted_is_not_counted():
    assert safety_times.holds_of([Raised(1, minutes(0), "none", "in_review", None)], [], minutes(60)) == []


def test_a_check_is_late_from_its_time_until_the_next_assessment():
    assessed = [
        Assessed(1, minutes(0), "none", minutes(100), "in_review"),
        Assessed(1, minutes(90), "none", minutes(200), "in_review"),  # in time
        Assessed(1, minutes(260), "none", minutes(900), "in_review"),  # an hour late; the next is not due yet
        Assessed(2, minutes(0), "none", minutes(400), "in_review"),  # nobody made it
        Assessed(3, minutes(0), "none", minutes(400), "closed"),
        Assessed(4, minutes(0), "none", minutes(-10), "closed"),  # due before the period
        Assessed(4, minutes(0), "none", minutes(5), "closed"),
        Assessed(4, minutes(5), "none", None, "closed"),  # made before it was closed
    ]
    late = safety_times.checks_of(assessed, minutes(0), minutes(460))
    assert sorted((each.seconds, each.open) for each in late) == [(0, False)] * 2 + [
        (3600, False),
        (3600, True),
    ]


def test_holds_of_the_period_and_those_that_stand_from_before_are_read_once(cast, clinic):
    now = timezone.now()
    with time_machine.travel(now - 40 * DAY):
        stands, released = clinic.new(**URGENT), clinic.new(**URGENT)
        release_hold(referral=released, actor=cast.clara)
    lately = clinic.new(**URGENT)
    found = [hold.referral for hold in safety_times.read_raised(now - 30 * DAY)]
    assert found == [stands.pk, lately.pk]


def test_alerts_closed_before_the_period_are_not_read_and_a_note_is_nobody_on_one(cast, clinic):
    now = timezone.now()
    assert safety_times.read_rings(now) == []
    with time_machine.travel(now - 40 * DAY):
        clinic.new(**URGENT)
        close_alert(alert=Alert.objects.get(), actor=cast.clara, done="Called, is safe.", reached="person")
        stands = clinic.new(**URGENT).submission
    note_alert(alert=Alert.objects.get(pk=stands.pk), actor=cast.cora, note="calls back at noon")
    (ring,) = safety_times.read_rings(now - 30 * DAY)
    assert (ring.taken, ring.closed) == (None, None)


def test_an_urgent_alert_with_time_left_is_not_judged_and_a_check_is_judged_by_its_end(cast, clinic):
    released = [clinic.new(**URGENT) for _each in range(3)]
    for referral in released:
        due = {"next_check_at": timezone.now() + DAY, "next_check_by": cast.clara}
        release_hold(referral=referral, actor=cast.clara, level="moderate", **due)
    for referral, hours in zip(released, (23, 25), strict=False):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            look = {"recorded": RECORD, "level": "low", "how": "phone"}
            assess_risk(referral=fresh(referral), actor=cast.clara, **look)
    with time_machine.travel(timezone.now() + 2 * DAY):
        clinic.new(**URGENT)
        now = timezone.localtime()
        urgent, *_others, checks = safety_times.safety_rows(now - DAY - timedelta(hours=1), now)
    assert (urgent.times.number, urgent.times.judged) == (1, 0)
    assert (checks.times.number, checks.times.in_time, checks.times.judged) == (3, 1, 3)


def test_real_holds_and_checks_are_read(cast, clinic):
    held = clinic.new(**URGENT)
    clinic.new(**URGENT)
    release_hold(
        **{"referral": held, "actor": cast.clara, "recorded": RECORD, "level": "moderate"},
        next_check_at=timezone.now() + DAY,
        next_check_by=cast.clara,
    )
    with time_machine.travel(timezone.now() + 3 * DAY):
        now = timezone.localtime()
        *_alerts, holds, checks = safety_times.safety_rows(now - 30 * DAY, now)
    assert (holds.times.number, holds.times.still_open) == (2, 1)
    assert (checks.times.number, checks.times.still_open, checks.times.longest) == (1, 1, "2 days, open")
