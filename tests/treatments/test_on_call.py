"""On-call staff hear of an alarm within a minute, again and again until somebody is on it."""

import io
import json
import logging
from datetime import timedelta
from time import perf_counter

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake import retrying
from intake.models import Alarm, OutgoingMail, Submission
from tests import servers
from tests.intake import pat
from tests.treatments.alerts import alert_of, close
from treatments.models import OnCallNotice
from treatments.triage.alerts import take_alert
from treatments.triage.on_call_sending import link_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


@pytest.fixture
def on_call_mail(settings) -> None:
    settings.ON_CALL_EMAIL = "on-call@clinic.example"


@pytest.fixture
def receiver(settings):
    with servers.receiver() as server:
        settings.ON_CALL_WEBHOOK = server.url
        yield server


def tick() -> None:
    call_command("tick", "--once", stdout=io.StringIO())


def an_alarm(client: Client, **changes) -> Alarm:
    """Pat answers one question unsafely and never comes back: same day, or as ``changes`` say."""
    pat.begin(client)
    pat.save(client, "name")
    pat.save(client, "thoughts", **(changes or {"safety__cssrs__q1": "yes"}))
    return pat.draft_of(client).alarms.get()


def an_urgent_alarm(client: Client) -> Alarm:
    pat.begin(client)
    pat.save(client, "past", safety__harm_to_others="yes")
    return pat.draft_of(client).alarms.get()


def settle(alarm: Alarm, cast) -> None:
    close(alert_of(alarm.submission), cast.clara)


def test_one_tick_after_an_unsafe_answer_the_on_call_person_is_told_by_mail_and_webhook(
    client, on_call_mail, receiver
):
    alarm = an_alarm(client)
    started = perf_counter()
    tick()
    assert perf_counter() - started < 5  # a tick comes every 5 seconds: well within 60
    link = f"http://localhost:8000/admin/treatments/alert/{alarm.pk}/"
    assert [each.to for each in mail.outbox] == [["on-call@clinic.example"]]
    assert link in mail.outbox[0].body
    assert mail.outbox[0].subject == "A safety alert is open"
    since = alarm.raised_at.isoformat()
    assert receiver.got == [{"text": "A safety alert is open", "since": since, "url": link}]
    assert timezone.now() - alarm.raised_at < timedelta(seconds=60)


def test_the_link_leads_staff_to_the_alert_and_strangers_to_the_sign_in(client, cast, signed_in):
    alarm = an_alarm(client)
    path = link_to(alarm.pk).removeprefix("http://localhost:8000")
    assert signed_in(cast.clara).get(path).status_code == 200
    assert reverse("admin:login") in signed_in(None).get(path).url


@pytest.mark.parametrize(("alarm_of", "minutes"), [(an_alarm, 15), (an_urgent_alarm, 5)])
def test_the_on_call_person_is_told_again_until_somebody_closes_it(
    client, cast, on_call_mail, receiver, clock, alarm_of, minutes
):
    alarm = alarm_of(client)
    for times in (1, 2, 3):
        tick()
        tick()
        assert (len(mail.outbox), len(receiver.got)) == (times, times)
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        tick()
        assert (len(mail.outbox), len(receiver.got)) == (times, times)
        clock.shift(timedelta(seconds=1))
    settle(alarm, cast)
    for _number in range(3):
        tick()
        clock.shift(timedelta(minutes=minutes))
    assert (len(mail.outbox), len(receiver.got)) == (3, 3)
    assert not OnCallNotice.objects.filter(due_at__isnull=False).exists()


def test_how_soon_it_is_repeated_is_a_setting(client, receiver, clock, settings):
    settings.ON_CALL_REPEAT_MINUTES = 40
    an_alarm(client)
    tick()
    clock.shift(timedelta(minutes=39))
    tick()
    assert len(receiver.got) == 1
    clock.shift(timedelta(minutes=1))
    tick()
    assert len(receiver.got) == 2


def test_an_alarm_closed_before_the_tick_rings_nobody(client, cast, on_call_mail, receiver):
    settle(an_alarm(client), cast)
    tick()
    assert not mail.outbox and not receiver.got


def test_an_alert_that_somebody_is_on_is_quiet_and_rings_again_if_it_is_not_closed(
    client, cast, on_call_mail, receiver, clock
):
    alarm = an_urgent_alarm(client)
    tick()
    clock.shift(timedelta(minutes=4))
    take_alert(alert=alert_of(alarm.submission), actor=cast.clara)
    clock.shift(timedelta(minutes=60, seconds=-1))
    tick()
    assert (len(mail.outbox), len(receiver.got)) == (1, 1)
    clock.shift(timedelta(seconds=1))
    tick()
    assert (len(mail.outbox), len(receiver.got)) == (2, 2)
    settle(alarm, cast)
    clock.shift(timedelta(minutes=61))
    tick()
    assert (len(mail.outbox), len(receiver.got)) == (2, 2)


def test_how_long_a_taken_alert_is_quiet_is_a_setting(client, cast, receiver, clock, settings):
    settings.ALERT_TAKEN_MINUTES = 20
    take_alert(alert=alert_of(an_alarm(client).submission), actor=cast.clara)
    clock.shift(timedelta(minutes=20))
    tick()
    assert len(receiver.got) == 1


def test_an_unsafe_answer_after_somebody_took_the_alert_rings_at_once(client, cast, receiver, clock):
    alarm = an_alarm(client)
    tick()
    take_alert(alert=alert_of(alarm.submission), actor=cast.clara)
    pat.save(client, "mood", **{"mood-phq9-8": "3"})
    tick()
    newest = alarm.submission.alarms.latest("pk")
    assert [each["url"] for each in receiver.got] == [link_to(alarm.pk), link_to(newest.pk)]


def test_without_an_on_call_address_nothing_is_planned_and_old_alarms_ring_once_there_is_one(
    client, settings
):
    alarm = an_alarm(client)
    tick()
    assert not OnCallNotice.objects.exists()
    settings.ON_CALL_EMAIL = "on-call@clinic.example"
    tick()
    assert link_to(alarm.pk) in mail.outbox[0].body


def test_people_invented_for_the_demonstration_ring_nobody(client, on_call_mail):
    alarm = an_alarm(client)
    Submission.objects.filter(pk=alarm.submission_id).update(source=Submission.Source.DEMO)
    tick()
    assert not mail.outbox


def test_several_alarms_at_once_make_one_mail_and_one_webhook_each(client, on_call_mail, receiver):
    pat.begin(client)
    pat.save(client, "thoughts", safety__cssrs__q1="yes", safety__cssrs__q2="yes")
    tick()
    alarms = sorted(Alarm.objects.values_list("pk", flat=True))
    assert len(alarms) == 2
    assert len(mail.outbox) == 1
    assert all(link_to(pk) in mail.outbox[0].body for pk in alarms)
    assert sorted(each["url"] for each in receiver.got) == sorted(map(link_to, alarms))
    assert mail.outbox[0].subject == "2 safety alerts are open"


# --- Failing channels ------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_failing_webhook_is_retried_within_a_minute_and_does_not_stop_mail(
    client, on_call_mail, receiver, clock, status
):
    an_alarm(client)
    receiver.status = status
    for pause in (*retrying.ON_CALL_PAUSES, retrying.MINUTE):
        tried = len(receiver.got)
        tick()
        assert len(receiver.got) == tried + 1
        clock.shift(pause - timedelta(seconds=1))
        tick()
        assert len(receiver.got) == tried + 1
        clock.shift(timedelta(seconds=1))
    assert len(mail.outbox) == 1
    notice = OnCallNotice.objects.get(channel="webhook")
    assert (notice.last_error, notice.times, notice.attempts) == ("HTTPError", 0, 5)
    receiver.status = 204
    tick()
    notice.refresh_from_db()
    assert (notice.last_error, notice.times, notice.attempts) == ("", 1, 0)


def test_a_webhook_that_nobody_listens_to_does_not_stop_mail(client, on_call_mail, settings):
    with servers.receiver() as gone:
        settings.ON_CALL_WEBHOOK = gone.url
    an_alarm(client)
    tick()
    assert len(mail.outbox) == 1
    assert OnCallNotice.objects.get(channel="webhook").last_error == "URLError"


def test_a_webhook_that_hangs_is_left_after_its_time(client, on_call_mail, receiver, monkeypatch):
    monkeypatch.setattr("treatments.triage.on_call_sending.WEBHOOK_TIMEOUT", 0.2)
    an_alarm(client)
    receiver.hanging = True
    tick()
    receiver.go_on.set()
    assert OnCallNotice.objects.get(channel="webhook").last_error == "TimeoutError"
    assert len(mail.outbox) == 1


def test_a_receiver_that_fails_is_tried_once_a_pass_not_once_an_alarm(client, receiver):
    pat.begin(client)
    pat.save(client, "thoughts", safety__cssrs__q1="yes", safety__cssrs__q2="yes")
    receiver.status = 500
    tick()
    assert len(receiver.got) == 1


def test_a_dead_mail_server_stops_no_webhook_and_leaves_one_mail_for_when_it_is_back(
    client, on_call_mail, receiver, clock, monkeypatch
):
    an_urgent_alarm(client)
    with monkeypatch.context() as dead:

        def refuse(message, *args, **kwargs):
            raise ConnectionRefusedError

        dead.setattr(mail.EmailMessage, "send", refuse)
        for _number in range(12):
            tick()
            clock.shift(timedelta(minutes=5))
    assert len(receiver.got) == 12
    assert OutgoingMail.objects.count() == 1
    tick()
    assert len(mail.outbox) == 1


# --- What stands where --------------------------------------------------------------------------------


def test_no_notice_mail_or_log_line_says_anything_about_the_person(
    client, on_call_mail, receiver, settings, caplog
):
    with caplog.at_level(logging.DEBUG):
        alarm = an_alarm(client)
        receiver.status = 500
        tick()
        receiver.status = 204
        OnCallNotice.objects.update(due_at=timezone.now())
        tick()
    places = [
        caplog.text,
        json.dumps(receiver.got),
        *(f"{each.subject} {each.body}" for each in mail.outbox),
        json.dumps(list(OnCallNotice.objects.values()), default=str),
    ]
    for place in places:
        for words in ("Pat", "Lee", "1984", "suicid", "dead", "C-SSRS", "cssrs", "depress", "urgent"):
            assert words.lower() not in place.lower(), words
        assert str(alarm.submission_id) not in place
    assert settings.ON_CALL_WEBHOOK not in caplog.text


def test_a_notice_is_one_per_alarm_and_channel_in_the_database_and_keeps_its_alarm(client, receiver):
    alarm = an_alarm(client)
    tick()
    with pytest.raises(IntegrityError), transaction.atomic():
        OnCallNotice.objects.create(alarm=alarm, channel="webhook")
    with pytest.raises(ProtectedError):
        alarm.delete()


def test_the_administrator_sees_that_a_notice_fails_and_others_do_not(client, cast, signed_in, receiver):
    alarm = an_alarm(client)
    receiver.status = 500
    tick()
    address = reverse("admin:treatments_oncallnotice_changelist")
    seen = signed_in(cast.adam).get(address).content.decode()
    assert "HTTPError" in seen
    assert "Pat" not in seen.split("<main")[-1]
    for person in (cast.cora, cast.clara, cast.tess, cast.sid):
        assert signed_in(person).get(address).status_code in (302, 403)
    notice = reverse("admin:treatments_oncallnotice_change", args=[OnCallNotice.objects.get().pk])
    assert signed_in(cast.adam).get(notice).status_code == 404
    assert alarm.notices.count() == 1
