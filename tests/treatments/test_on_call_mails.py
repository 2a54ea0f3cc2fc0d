"""The mails to on-call staff: one for all that is due to somebody, none beside one that still waits, many in batches."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.models import Alarm, OutgoingMail, Submission
from tests.treatments.rota import LIST, always, with_mail
from treatments.models import OnCallNotice, OnCallSending
from treatments.triage import on_call, on_call_sending
from treatments.triage.on_call import notify_on_call
from treatments.triage.on_call_sending import link_to
from treatments.workflow.rota import Rank

pytestmark = pytest.mark.django_db

ADDRESS = "on-call@clinic.example"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


@pytest.fixture
def on_call_address(settings) -> None:
    settings.SENDS_MAIL = True
    settings.ON_CALL_EMAIL = ADDRESS


def urgent_alarms(count: int, *, minutes_ago: int = 0) -> list[Alarm]:
    """So many people who each gave one urgent answer, all of them the same while ago."""
    rang = timezone.now() - timedelta(minutes=minutes_ago)
    drafts = Submission.objects.bulk_create(Submission() for _each in range(count))
    return Alarm.objects.bulk_create(
        Alarm(submission=draft, danger="harm_to_others", urgency="urgent", raised_at=rang) for draft in drafts
    )


def links(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"/alert/(\d+)/", text)]


def waiting_mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.unsent().order_by("pk"))


# --- A mail that still waits ----------------------------------------------------------------------------------


def test_while_a_mail_waits_no_other_is_written_of_it_and_it_is_looked_at_in_a_minute(on_call_address, clock):
    urgent_alarms(1)
    assert notify_on_call() == 1
    clock.shift(timedelta(minutes=5))
    assert notify_on_call() == 0
    notice = OnCallNotice.objects.get()
    assert len(waiting_mails()) == 1
    assert (notice.times, notice.due_at) == (1, timezone.now() + timedelta(minutes=1))
    assert OnCallSending.objects.count() == 1, "what was not written was not sent"
    clock.shift(timedelta(seconds=59))
    assert notify_on_call() == 0
    assert OnCallNotice.objects.get().due_at == notice.due_at, "not due before its minute"


def test_once_it_was_sent_the_next_one_is_written_within_the_minute(on_call_address, clock):
    urgent_alarms(1)
    notify_on_call()
    clock.shift(timedelta(minutes=5))
    notify_on_call()
    OutgoingMail.objects.get().mark_sent(timezone.now())
    clock.shift(timedelta(minutes=1))
    assert notify_on_call() == 1
    assert OnCallNotice.objects.get().times == 2


def test_a_mail_that_waits_holds_up_no_other_alert(on_call_address, clock):
    urgent_alarms(1)
    notify_on_call()
    clock.shift(timedelta(minutes=5))
    new = urgent_alarms(2)
    assert notify_on_call() == 2
    assert sorted(links(waiting_mails()[-1].body)) == [alarm.pk for alarm in new]


def test_a_whole_batch_of_waiting_mails_ends_the_pass(on_call_address, clock, monkeypatch):
    monkeypatch.setattr(on_call_sending, "LONGEST_MAIL", 3)
    urgent_alarms(6)
    notify_on_call()
    clock.shift(timedelta(minutes=5))
    assert notify_on_call() == 0
    assert set(OnCallNotice.objects.values_list("due_at", flat=True)) == {
        timezone.now() + timedelta(minutes=1)
    }


# --- Several at once --------------------------------------------------------------------------------------------


def test_alerts_of_several_people_are_one_mail_with_their_number_and_a_link_each(on_call_address):
    alarms = urgent_alarms(4)
    assert notify_on_call() == 4
    (only,) = waiting_mails()
    assert (only.to, only.subject) == (ADDRESS, "4 safety alerts are open")
    assert sorted(links(only.body)) == [alarm.pk for alarm in alarms]
    assert all(link_to(alarm.pk) in only.body for alarm in alarms)


def test_each_recipient_has_a_mail_of_their_own(on_call_address, cast):
    with_mail(*cast)
    always(cast, cast.clara)
    always(cast, cast.cora, Rank.SECOND)
    alarms = urgent_alarms(2, minutes_ago=20)
    notify_on_call()
    assert [(each.to, each.subject, len(links(each.body))) for each in waiting_mails()] == [
        (cast.clara.email, "2 safety alerts are open", 2),
        (cast.cora.email, "2 safety alerts are open", 2),
    ]
    assert OnCallNotice.objects.count() == 2 * len(alarms)


def test_who_is_first_here_and_administrator_there_is_told_of_either_in_a_mail_of_its_own(
    on_call_address, cast
):
    """One person, one address: of the alert that rang now as the first, of the old one as an administrator."""
    with_mail(*cast)
    always(cast, cast.clara)
    always(cast, cast.cora, Rank.SECOND)
    cast.adam.email = cast.clara.email
    cast.adam.save()
    old, new = urgent_alarms(1, minutes_ago=40) + urgent_alarms(1)
    notify_on_call()
    mine = {each.subject: each.body for each in waiting_mails() if each.to == cast.clara.email}
    assert set(mine) == {"2 safety alerts are open", "A safety alert is open"}
    assert sorted(links(mine["2 safety alerts are open"])) == [old.pk, new.pk]
    last = mine["A safety alert is open"]
    assert links(last) == [] and LIST in last, "an administrator reads no alert"


# --- More than one mail holds -------------------------------------------------------------------------------------


def test_more_than_a_mail_holds_are_several_mails_none_lost_and_none_twice(on_call_address, monkeypatch):
    monkeypatch.setattr(on_call_sending, "LONGEST_MAIL", 3)
    alarms = urgent_alarms(8)
    assert notify_on_call() == 8
    told = [links(each.body) for each in waiting_mails()]
    assert [len(each) for each in told] == [3, 3, 2]
    assert sorted(number for each in told for number in each) == [alarm.pk for alarm in alarms]
    assert set(OnCallNotice.objects.values_list("times", flat=True)) == {1}
    assert OnCallSending.objects.count() == 8


def test_what_a_pass_has_no_time_for_is_told_of_in_the_next(on_call_address, clock, monkeypatch):
    monkeypatch.setattr(on_call_sending, "LONGEST_MAIL", 3)
    monkeypatch.setattr(on_call_sending, "LONGEST_PASS", -1)
    alarms = urgent_alarms(4)
    assert notify_on_call() == 0 and not waiting_mails()
    monkeypatch.setattr(on_call_sending, "LONGEST_PASS", 10)
    assert notify_on_call() == 4
    told = [number for each in waiting_mails() for number in links(each.body)]
    assert sorted(told) == [alarm.pk for alarm in alarms]


def test_no_statement_asks_for_all_open_alarms_which_of_them_nobody_was_told_of(
    on_call_address, cast, monkeypatch
):
    """Over 20,000 of them PostgreSQL compared each with each: eight seconds for one statement."""
    monkeypatch.setattr(on_call, "BATCH", 3)
    with_mail(*cast)
    always(cast, cast.clara)
    always(cast, cast.cora, Rank.SECOND)
    alarms = urgent_alarms(10, minutes_ago=20)
    notify_on_call()
    with CaptureQueriesContext(connection) as queries:
        notify_on_call()
    looks = [each["sql"] for each in queries if 'FROM "treatments_oncallnotice"' in each["sql"]]
    looks = [sql for sql in looks if '"alarm_id" AS "alarm"' in sql]
    assert len(looks) == 4, "ten alarms, three at a time"
    assert all(len(re.search(r"IN \(([^)]*)\)", sql)[1].split(",")) <= 3 for sql in looks)
    assert OnCallNotice.objects.count() == 2 * len(alarms)
