"""The alert's page says what was sent outside the app, to whom, by which level and when; repeats are one line."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from tests import servers
from tests.intake import pat
from tests.intake.screen import words
from tests.treatments.alerts import alert_of, close, page
from tests.treatments.rota import a_row, always, with_mail
from tests.treatments.test_responders import an_urgent_alarm, on_at, tick
from treatments.reading.notices import sent_about
from treatments.workflow.rota import Channel, Rank

pytestmark = pytest.mark.django_db

# A Monday evening in New York.
EVENING = datetime(2026, 11, 16, 17, 31, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def clock():
    with time_machine.travel(EVENING, tick=False) as traveler:
        yield traveler


@pytest.fixture
def cast(cast, clock, settings):
    settings.SENDS_MAIL = True
    with_mail(cast.clara, cast.cora, cast.adam)
    return cast


@pytest.fixture
def alert(client, cast):
    always(cast, cast.clara)
    always(cast, cast.cora, Rank.SECOND)
    return alert_of(an_urgent_alarm(client).submission)


def lines(alert, now: datetime | None = None) -> list[str]:
    return [line for line, _times, _trouble in sent_about(alert, now or datetime.now(EVENING.tzinfo))]


def test_repeats_are_one_line_each_by_level(alert, clock):
    on_at(clock, 0, 5, 10, 15, 20, 30)
    assert lines(alert) == [
        "Email to Clara, first, 6 times, last 6:01 pm",
        "Email to Cora, second, 3 times, last 6:01 pm",
        "Email to Adam, administrator, 6:01 pm",
    ]
    _line, times, _trouble = sent_about(alert, EVENING)[1]
    assert times == ["5:46 pm", "5:51 pm", "6:01 pm"]


def test_the_page_shows_it_to_whoever_may_read_the_alert(alert, clock, cast, signed_in):
    on_at(clock, 0, 5, 15)
    shown = words(signed_in(cast.clara).get(page(alert)).content.decode())
    assert "Email to Clara, first, 3 times, last 5:46 pm 5:31 pm; 5:36 pm; 5:46 pm" in shown
    assert "Email to Cora, second, 5:46 pm" in shown


def test_of_another_day_the_day_is_said(alert):
    tick()
    assert lines(alert, EVENING + timedelta(days=1)) == ["Email to Clara, first, Nov 16, 2026, 5:31 pm"]


def test_one_mail_about_two_alarms_was_sent_once(client, alert):
    pat.save(client, "thoughts", safety__cssrs__q1="yes", safety__cssrs__q2="yes", safety__cssrs__q4="yes")
    tick()
    assert alert.alarms.count() > 1
    assert lines(alert) == ["Email to Clara, first, 5:31 pm"]


def test_nothing_is_said_before_anything_was_sent_and_all_stays_when_it_is_closed(alert, cast, signed_in):
    clara = signed_in(cast.clara)
    assert "Sent outside the app Nothing yet." in words(clara.get(page(alert)).content.decode())
    tick()
    close(alert, cast.clara)
    assert lines(alert) == ["Email to Clara, first, 5:31 pm"]


def test_a_failure_is_seen_by_its_name_alone(alert, cast, clock, monkeypatch):
    with monkeypatch.context() as dead:

        def refuse(message, *args, **kwargs):
            raise ConnectionRefusedError("clara@clinic.example")

        dead.setattr(mail.EmailMessage, "send", refuse)
        tick()
    found = sent_about(alert, EVENING)
    assert found == [
        (
            "Email to Clara, first, 5:31 pm",
            ["5:31 pm"],
            "not delivered yet, tried again: ConnectionRefusedError",
        )
    ]
    on_at(clock, 1)
    assert sent_about(alert, EVENING)[0][2] == ""


def test_a_webhook_that_never_worked_is_seen_too(client, cast):
    with servers.receiver() as server:
        server.status = 500
        a_row(cast, cast.clara, channel=Channel.WEBHOOK, webhook=server.url, begins=time(8), ends=time(20))
        alarm = an_urgent_alarm(client)
        tick()
    found = sent_about(alert_of(alarm.submission), EVENING)
    assert found == [("Webhook to Clara, first", [], "not delivered yet, tried again: HTTPError")]


def test_the_clinics_one_address_is_named_as_such(client, cast, settings):
    settings.ON_CALL_EMAIL = "on-call@clinic.example"
    alarm = an_urgent_alarm(client)
    tick()
    assert lines(alert_of(alarm.submission)) == ["Email to the on-call address, 5:31 pm"]
