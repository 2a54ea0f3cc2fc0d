"""Named responders hear of an alert: the first, then the second, then the administrators, until somebody takes it."""

import io
import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.models import Alarm
from tests import servers
from tests.intake import pat
from tests.racing import at_once
from tests.treatments.alerts import alert_of, close
from tests.treatments.rota import LIST, a_row, always, with_mail
from treatments.models import OnCallNotice, OnCallSending
from treatments.triage import on_call
from treatments.triage.alerts import let_go_alert, take_alert
from treatments.triage.on_call import notify_on_call
from treatments.triage.on_call_sending import link_to
from treatments.triage.rota import end_shift
from treatments.workflow.escalation import Level
from treatments.workflow.rota import Channel, Rank

pytestmark = pytest.mark.django_db

# A Monday at noon in New York; the clinic opens from 9 to 5.
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("America/New_York"))
NIGHT = NOON + timedelta(hours=11)
CLARA, CORA, ADAM, ADDRESS = (f"{name}@clinic.example" for name in ("clara", "cora", "adam", "on-call"))


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveler:
        yield traveler


@pytest.fixture
def cast(cast, settings):
    """Everybody has an address, and so has whoever is on call in an hour that nobody covers."""
    settings.SENDS_MAIL = True
    settings.ON_CALL_EMAIL = ADDRESS
    with_mail(*cast)
    return cast


@pytest.fixture
def rota(cast, clock):
    """Clara is first and Cora second, around the clock."""
    always(cast, cast.clara)
    always(cast, cast.cora, Rank.SECOND)
    return cast


def an_urgent_alarm(client: Client) -> Alarm:
    pat.begin(client)
    pat.save(client, "past", safety__harm_to_others="yes")
    return pat.draft_of(client).alarms.get()


def a_same_day_alarm(client: Client) -> Alarm:
    pat.begin(client)
    pat.save(client, "name")
    pat.save(client, "thoughts", safety__cssrs__q1="yes")
    return pat.draft_of(client).alarms.get()


def tick() -> set[str]:
    """One pass; to whom mail went."""
    before = len(mail.outbox)
    call_command("tick", "--once", stdout=io.StringIO())
    return {address for each in mail.outbox[before:] for address in each.to}


def on_at(clock, *minutes: int) -> list[set[str]]:
    """To whom mail goes at each of these minutes from now."""
    began, told = timezone.now(), []
    for each in minutes:
        clock.move_to(began + timedelta(minutes=each))
        told.append(tick())
    return told


# --- The steps --------------------------------------------------------------------------------------------


def test_an_urgent_alert_goes_to_the_first_then_the_second_then_the_administrators(client, rota, clock):
    an_urgent_alarm(client)
    told = on_at(clock, 0, 5, 14, 15, 29, 30, 35)
    assert told == [
        *({CLARA}, {CLARA}, {CLARA}),
        *({CORA}, {CLARA, CORA}),
        *({ADAM}, {CLARA, CORA, ADAM}),
    ]


def test_so_it_is_at_night(client, rota, clock):
    clock.move_to(NIGHT)
    an_urgent_alarm(client)
    assert on_at(clock, 0, 15) == [{CLARA}, {CLARA, CORA}]


@pytest.mark.parametrize("after", [1, 16, 31])
def test_taking_the_alert_stops_it_at_every_step(client, rota, clock, after):
    alarm = an_urgent_alarm(client)
    on_at(clock, 0, after)
    take_alert(alert=alert_of(alarm.submission), actor=rota.carl)
    assert on_at(clock, 1, 15, 30, 59) == [set()] * 4


def test_taken_and_not_closed_it_rings_again_from_the_first_step(client, rota, clock):
    alarm = an_urgent_alarm(client)
    on_at(clock, 0, 16)
    take_alert(alert=alert_of(alarm.submission), actor=rota.carl)
    assert on_at(clock, 60, 74, 75, 90) == [{CLARA}, {CLARA}, {CORA}, {CLARA, CORA, ADAM}]


def test_let_go_it_rings_at_once_from_the_first_step(client, rota, clock):
    alarm = an_urgent_alarm(client)
    on_at(clock, 0, 16)
    take_alert(alert=alert_of(alarm.submission), actor=rota.carl)
    clock.shift(timedelta(minutes=10))
    let_go_alert(alert=alert_of(alarm.submission), actor=rota.carl)
    assert on_at(clock, 0, 14, 15, 30) == [{CLARA}, {CLARA}, {CORA}, {CLARA, CORA, ADAM}]


def test_a_new_alarm_on_an_alert_that_was_taken_rings_at_once(client, rota, clock):
    alarm = an_urgent_alarm(client)
    assert tick() == {CLARA}
    take_alert(alert=alert_of(alarm.submission), actor=rota.carl)
    assert on_at(clock, 10) == [set()]
    pat.save(client, "mood", **{"mood-phq9-8": "3"})
    assert tick() == {CLARA}
    assert link_to(alarm.submission.alarms.latest("pk").pk) in mail.outbox[-1].body


def test_closing_it_ends_it(client, rota, clock):
    alarm = an_urgent_alarm(client)
    on_at(clock, 0, 16)
    close(alert_of(alarm.submission), rota.clara)
    assert on_at(clock, 0, 15, 120) == [set()] * 3
    assert not OnCallNotice.objects.exclude(due_at=None).exists()


def test_after_how_many_minutes_is_a_setting(client, rota, clock, settings):
    settings.ESCALATE_MINUTES = 40
    an_urgent_alarm(client)
    told = on_at(clock, 0, 39, 40, 79, 80)
    assert told == [{CLARA}, {CLARA}, {CORA}, {CLARA, CORA}, {ADAM}]


# --- Not urgent: in opening hours ---------------------------------------------------------------------------


def test_a_same_day_alert_goes_to_the_first_in_opening_hours_and_climbs_no_step(client, rota, clock):
    a_same_day_alarm(client)
    assert on_at(clock, 0, 15, 30, 120) == [{CLARA}] * 4


def test_a_same_day_alert_of_the_night_waits_until_the_clinic_opens(client, rota, clock):
    clock.move_to(NIGHT)
    a_same_day_alarm(client)
    assert on_at(clock, 0, 30, 599, 600) == [set(), set(), set(), {CLARA}]  # 23:00 to 09:00


def test_a_same_day_alert_rests_when_the_clinic_closes(client, rota, clock):
    clock.move_to(NOON.replace(hour=16, minute=50))
    a_same_day_alarm(client)
    assert on_at(clock, 0, 15, 40) == [{CLARA}, set(), set()]


# --- Each link missing ----------------------------------------------------------------------------------


def test_without_a_first_the_on_call_address_hears_and_the_second_in_its_turn(client, cast, clock):
    always(cast, cast.cora, Rank.SECOND)
    an_urgent_alarm(client)
    assert on_at(clock, 0, 15) == [{ADDRESS}, {ADDRESS, CORA}]


def test_without_a_second_the_on_call_address_hears_in_their_turn(client, cast, clock):
    always(cast, cast.clara)
    an_urgent_alarm(client)
    assert on_at(clock, 0, 15, 30) == [{CLARA}, {CLARA, ADDRESS}, {CLARA, ADDRESS, ADAM}]


def test_without_an_administrator_who_can_be_told_the_on_call_address_hears_last(client, rota, clock):
    rota.adam.email = ""
    rota.adam.save()
    an_urgent_alarm(client)
    assert on_at(clock, 0, 15, 30) == [{CLARA}, {CLARA, CORA}, {CLARA, CORA, ADDRESS}]


def test_without_any_row_the_on_call_address_hears_at_once_by_day_and_night_as_ever(client, cast, clock):
    clock.move_to(NIGHT)
    a_same_day_alarm(client)
    assert on_at(clock, 0, 15) == [{ADDRESS}] * 2


def test_without_a_first_and_an_address_the_second_hears_at_once(client, cast, clock, settings):
    settings.ON_CALL_EMAIL = ""
    always(cast, cast.cora, Rank.SECOND)
    an_urgent_alarm(client)
    assert on_at(clock, 0, 15) == [{CORA}, {CORA, ADAM}]


def test_who_lost_the_right_to_read_alerts_hears_no_more_and_the_address_does(client, rota, clock):
    an_urgent_alarm(client)
    assert tick() == {CLARA}
    rota.clara.groups.clear()
    assert on_at(clock, 1, 6) == [{ADDRESS}, {ADDRESS}]


def test_whose_row_was_ended_hears_no_more(client, rota, clock):
    an_urgent_alarm(client)
    tick()
    for shift in rota.clara.shifts.all():
        end_shift(shift=shift, actor=rota.adam, seen=0)
    assert on_at(clock, 5, 10) == [{ADDRESS}, {ADDRESS}]


def test_a_second_person_who_is_the_first_too_is_told_once(client, cast, clock):
    always(cast, cast.clara)
    always(cast, cast.clara, Rank.SECOND)
    an_urgent_alarm(client)
    on_at(clock, 0, 15, 16)
    assert [each.to for each in mail.outbox] == [[CLARA], [CLARA]]


# --- Hours ----------------------------------------------------------------------------------------------


def test_whoever_comes_on_duty_hears_at_once_and_whoever_goes_hears_no_more(client, cast, clock):
    a_row(cast, cast.clara, begins=time(8), ends=time(12, 10))
    a_row(cast, cast.cora, begins=time(12, 10), ends=time(20))
    an_urgent_alarm(client)
    assert on_at(clock, 0, 9, 10, 14) == [{CLARA}, {CLARA}, {CORA}, set()]


def test_who_comes_back_on_duty_is_not_told_again_before_it_is_time(client, rota, clock):
    an_urgent_alarm(client)
    tick()
    rota.clara.email = ""
    rota.clara.save()
    assert on_at(clock, 1) == [{ADDRESS}]
    with_mail(rota.clara)
    assert on_at(clock, 1, 4) == [set(), {CLARA}]


# --- Webhooks of rows -----------------------------------------------------------------------------------


def test_a_webhook_of_a_row_is_posted_to_and_one_that_fails_stops_no_other(client, cast, clock):
    with servers.receiver() as dead, servers.receiver() as sound:
        dead.status = 500
        for person, server in ((cast.clara, dead), (cast.carl, sound)):
            always(cast, person, channel=Channel.WEBHOOK, webhook=server.url)
        alarm = an_urgent_alarm(client)
        tick()
        assert len(dead.got) == len(sound.got) == 1
        assert sound.got[0] == {
            "text": "A safety alert is open",
            "since": alarm.raised_at.isoformat(),
            "url": link_to(alarm.pk),
        }
        failed = OnCallNotice.objects.get(person=cast.clara)
        assert (failed.times, failed.attempts, failed.last_error) == (0, 1, "HTTPError")
        dead.status = 204
        on_at(clock, 1)
        failed.refresh_from_db()
        assert (failed.times, failed.attempts, failed.last_error) == (1, 0, "")
        assert (len(dead.got), len(sound.got)) == (2, 1)


def test_a_row_that_fails_is_tried_once_a_pass_not_once_an_alarm(client, cast, clock):
    with servers.receiver() as dead:
        dead.status = 500
        always(cast, cast.clara, channel=Channel.WEBHOOK, webhook=dead.url)
        submission = an_urgent_alarm(client).submission
        Alarm.objects.create(submission=submission, danger="d", urgency="urgent", raised_at=NOON)
        tick()
        assert len(dead.got) == 1
        assert OnCallNotice.objects.count() == 2


def test_a_row_is_posted_to_where_it_says_now(client, cast, clock):
    with servers.receiver() as before, servers.receiver() as after:
        a_row(cast, cast.clara, channel=Channel.WEBHOOK, webhook=before.url, ends=time(12, 10))
        a_row(cast, cast.clara, channel=Channel.WEBHOOK, webhook=after.url, begins=time(12, 10))
        an_urgent_alarm(client)
        on_at(clock, 0, 10)
        assert (len(before.got), len(after.got)) == (1, 1)


# --- What is sent, and what is kept of it --------------------------------------------------------------------


def test_no_notice_says_anything_of_the_person(client, rota, clock):
    alarm = an_urgent_alarm(client)
    on_at(clock, 0, 30)
    assert {address for each in mail.outbox for address in each.to} == {CLARA, CORA, ADAM}
    for each in mail.outbox:
        text = f"{each.subject} {each.body}".lower()
        assert each.subject == "A safety alert is open"
        for word in ("pat", "lee", "harm", "urgent", "depress", str(alarm.submission_id)):
            assert word not in text.replace("patient", ""), word
    assert "since Nov 16, 2026, 12:00 pm" in mail.outbox[0].body


def test_the_administrators_are_led_to_the_rota_and_a_stranger_to_the_sign_in(client, rota, clock, signed_in):
    an_urgent_alarm(client)
    on_at(clock, 30)
    (last,) = [each for each in mail.outbox if each.to == [ADAM]]
    assert f"http://localhost:8000{LIST}" in last.body
    assert "/alert/" not in last.body
    assert signed_in(rota.adam).get(LIST).status_code == 200
    assert reverse("admin:login") in signed_in(None).get(LIST).url


def test_what_was_sent_is_kept_for_each_level_and_recipient_with_its_times(client, rota, clock):
    alarm = an_urgent_alarm(client)
    on_at(clock, 0, 5, 10, 15, 20, 30)
    kept = {
        (notice.level, notice.person.username): [
            (sending.at - NOON) // timedelta(minutes=1) for sending in notice.sendings.order_by("pk")
        ]
        for notice in alarm.notices.select_related("person")
    }
    assert kept == {
        (Level.FIRST, "clara"): [0, 5, 10, 15, 20, 30],
        (Level.SECOND, "cora"): [15, 20, 30],
        (Level.ADMINISTRATORS, "adam"): [30],
    }


def test_the_database_itself_refuses_to_change_or_remove_what_was_sent(client, rota, clock):
    an_urgent_alarm(client)
    tick()
    for change in (
        lambda: OnCallSending.objects.update(at=NOON),
        lambda: OnCallSending.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert OnCallSending.objects.count() == 1


def test_the_database_keeps_one_notice_an_alarm_level_person_and_channel(client, rota, clock):
    alarm = an_urgent_alarm(client)
    tick()
    for wrong in (
        {"level": Level.FIRST, "person": rota.clara},
        {"level": Level.ADDRESS, "person": rota.cora},
        {"level": Level.SECOND},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OnCallNotice.objects.create(alarm=alarm, channel="mail", **wrong)


def test_a_dead_mail_server_leaves_each_responder_one_mail_for_when_it_is_back(
    client, rota, clock, monkeypatch
):
    an_urgent_alarm(client)
    with monkeypatch.context() as dead:

        def refuse(message, *args, **kwargs):
            raise ConnectionRefusedError

        dead.setattr(mail.EmailMessage, "send", refuse)
        on_at(clock, *range(0, 60, 5))
    assert json.dumps([each.to for each in mail.outbox]) == "[]"
    assert on_at(clock, 1) == [{CLARA, CORA, ADAM}]
    assert len(mail.outbox) == 3


# --- Two ticks, many alarms ----------------------------------------------------------------------------------


def test_two_ticks_at_once_send_once(real_database, client, rota, clock):
    an_urgent_alarm(client)
    for minutes in (0, 15, 30):
        at = NOON + timedelta(minutes=minutes)
        clock.move_to(at)
        at_once(*[lambda at=at: notify_on_call(at)] * 2)
        tick()
    sent = {notice.person.username: notice.times for notice in OnCallNotice.objects.select_related("person")}
    assert sent == {"clara": 3, "cora": 2, "adam": 1}


def test_many_alarms_are_planned_in_small_statements(client, rota, clock, monkeypatch):
    monkeypatch.setattr(on_call, "BATCH", 3)
    submission = an_urgent_alarm(client).submission
    for number in range(10):
        Alarm.objects.create(submission=submission, danger=f"d{number}", urgency="urgent", raised_at=NOON)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert tick() == {CLARA}
    written = [each["sql"] for each in queries if 'INTO "treatments_oncallnotice"' in each["sql"]]
    assert len(written) == 4
    assert OnCallNotice.objects.filter(times=1).count() == 11
