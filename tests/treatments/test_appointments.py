"""What a person hears of their visits: at booking, three days and one day before, moved and canceled; and the calendar."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from intake.mail.appointments import read_sent
from intake.mail.reminders import stop_link
from intake.mail.sending import send_due_mail
from intake.models import Message, MessagesStopped, OutgoingMail
from intake.views.guard import STATUS_KEY
from tests.conftest import Clinic, answered, fresh
from tests.documents import ABSENT
from tests.racing import at_once
from treatments.models import Consult
from treatments.triage.appointments import remind_of_visits
from treatments.triage.consults import book, complete, record_no_show, reschedule, return_consult
from treatments.triage.contacts import log_contact
from treatments.triage.undo import undo_consult
from treatments.triage.visits import cancel_visit

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("America/New_York")
# A Monday, ten in the morning on the clinic's clock.
BOOKED_AT = datetime(2026, 11, 16, 10, tzinfo=HERE)
DAY = date(2026, 11, 25)
SAFE_MAIL = {"about.email": "pat@example.org", "about.email_ok": "yes"}
HEALTH = ("depress", "treatment", "tms", "spravato", "clinic", "doctor", "patient", "consult", "Pat")


@pytest.fixture(autouse=True)
def sends(settings):
    settings.SENDS_MAIL = True


def booked(clinic: Clinic, day: date = DAY, **told) -> Consult:
    with time_machine.travel(BOOKED_AT, tick=False):
        consult = clinic.consult("accepted", **{**SAFE_MAIL, **told})
        book(consult=consult, actor=clinic.cast.tess, day=day, starts=time(14), ends=time(15))
    return fresh(consult)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HERE)


def tick(moment: datetime) -> int:
    """What the tick does at this moment; how many messages went out."""
    with time_machine.travel(moment, tick=False):
        remind_of_visits()
        return send_due_mail()


def waiting() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.unsent().filter(purpose="appointment").order_by("pk"))


def test_a_booking_is_confirmed_once_it_cannot_be_undone_in_words_that_say_nothing(clinic):
    booked(clinic)
    assert tick(BOOKED_AT + timedelta(minutes=9)) == 0
    assert tick(BOOKED_AT + timedelta(minutes=11)) == 1
    (sent,) = mail.outbox
    assert sent.to == ["pat@example.org"] and sent.subject == "Your appointment"
    assert sent.body.startswith("You have an appointment. Where, and what to bring: ")
    assert "/status/ To change it, call " in sent.body
    assert "Stop these messages: " in sent.body and "{" not in sent.body
    for word in (*HEALTH, "Nov", "25", "14:00", "2 p.m."):
        assert word.lower() not in (sent.subject + sent.body.split("Stop these")[0]).lower(), word


def test_reminders_go_out_three_days_and_one_day_before_by_day_and_once_each(clinic):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    for days, expected in ((5, 0), (3, 1), (2, 0), (1, 1), (0, 0)):
        day = DAY - timedelta(days=days)
        found = sum(tick(at(day, hour)) for hour in (6, 8, 12, 13, 21))
        assert found == expected, days
    assert {message.body.split("Stop")[0] for message in mail.outbox} == {
        mail.outbox[0].body.split("Stop")[0]
    }
    assert consult.visits.get().remind_on is None


def test_a_reminder_is_due_at_a_minute_of_its_own_in_the_first_three_hours(clinic):
    visit = booked(clinic).visits.get()
    OutgoingMail.objects.all().delete()
    with time_machine.travel(at(DAY - timedelta(days=3), 9), tick=False):
        remind_of_visits()
    (message,) = waiting()
    nine = at(DAY - timedelta(days=3), 9)
    assert message.due_at == nine + timedelta(minutes=visit.pk % 180)


def test_after_a_pause_of_the_tick_one_reminder_goes_out_and_none_once_the_visit_is_near(clinic):
    booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    assert tick(at(DAY - timedelta(days=1), 12)) == 1
    other = booked(clinic, DAY + timedelta(days=1))
    OutgoingMail.objects.all().delete()
    assert tick(at(DAY + timedelta(days=1), 13, 30)) == 0
    assert other.visits.get().remind_on is None


def test_a_tick_that_comes_back_at_night_reminds_nobody_before_the_morning(clinic):
    booked(clinic)
    assert remind_of_visits(at(DAY - timedelta(days=3), 23)) == 0
    assert remind_of_visits(at(DAY - timedelta(days=2), 9)) == 1


def test_who_has_withdrawn_is_reminded_of_nothing(clinic):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    Message.withdraw(consult.referral.submission, reason="", key=uuid4())
    remind_of_visits(at(DAY - timedelta(days=3)))
    assert waiting() == []


def test_a_visit_the_day_after_its_booking_has_no_reminder(clinic):
    assert booked(clinic, BOOKED_AT.date() + timedelta(days=1)).visits.get().remind_on is None


def test_two_ticks_at_once_or_one_that_was_killed_remind_once(clinic):
    booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    day = at(DAY - timedelta(days=3))
    with time_machine.travel(day, tick=False):
        remind_of_visits()
        remind_of_visits()  # of the one that was killed before it sent anything
    assert len(waiting()) == 1
    assert tick(day) == 1 and tick(day) == 0


@pytest.mark.django_db(transaction=True)
def test_ticks_at_the_same_moment_write_one_reminder(clinic, real_database):
    booked(clinic)
    OutgoingMail.objects.all().delete()
    moment = at(DAY - timedelta(days=3))
    at_once(*[lambda: remind_of_visits(moment)] * 3)
    assert len(waiting()) == 1


def test_moved_the_old_reminders_go_and_the_person_reads_that_the_time_changed(clinic):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    moment = at(DAY - timedelta(days=3), 9)
    with time_machine.travel(moment, tick=False):
        remind_of_visits()
        reschedule(
            consult=consult,
            actor=clinic.cast.tess,
            day=DAY + timedelta(days=7),
            starts=time(9),
            ends=time(10),
        )
    (changed,) = waiting()
    assert changed.body.startswith("The time of your appointment has changed.")
    assert tick(moment + timedelta(hours=3)) == 1
    assert tick(at(DAY - timedelta(days=1))) == 0
    assert tick(at(DAY + timedelta(days=4))) == 1


def test_canceled_the_old_reminders_go_and_the_person_is_told(clinic):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    with time_machine.travel(BOOKED_AT + timedelta(days=1), tick=False):
        cancel_visit(consult=consult, actor=clinic.cast.tess, note="the room is closed")
    assert waiting()[0].body.startswith("Your appointment will not take place.")
    assert tick(BOOKED_AT + timedelta(days=1, minutes=11)) == 1
    assert tick(at(DAY - timedelta(days=3))) == 0


def test_canceled_while_a_reminder_waits_whoever_knew_of_the_visit_is_told(clinic):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    with time_machine.travel(at(DAY - timedelta(days=3), 9), tick=False):
        remind_of_visits()
        cancel_visit(consult=consult, actor=clinic.cast.tess, note="the room is closed")
    (only,) = waiting()
    assert only.body.startswith("Your appointment will not take place.")


@pytest.mark.parametrize("end", ["return", "complete"])
def test_a_consult_that_ends_early_tells_the_person_that_the_visit_is_canceled(clinic, end):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    with time_machine.travel(BOOKED_AT + timedelta(days=1), tick=False):
        if end == "return":
            return_consult(consult=consult, actor=clinic.cast.tess, reason="patient_declined")
        else:
            complete(consult=consult, actor=clinic.cast.tess, outcome="other", note="came early")
    assert [message.body[:16] for message in waiting()] == ["Your appointment"]


def test_what_never_went_out_is_not_taken_back_in_a_second_message(clinic):
    consult = booked(clinic)
    with time_machine.travel(BOOKED_AT + timedelta(minutes=5), tick=False):
        cancel_visit(consult=consult, actor=clinic.cast.tess, note="wrong person")
    assert waiting() == []
    with time_machine.travel(BOOKED_AT + timedelta(minutes=6), tick=False):
        book(consult=fresh(consult), actor=clinic.cast.tess, day=DAY, starts=time(9), ends=time(10))
        undo_consult(consult=fresh(consult), actor=clinic.cast.tess)
    assert waiting() == []


def test_moved_before_the_confirmation_went_out_it_is_confirmed_once(clinic):
    consult = booked(clinic)
    with time_machine.travel(BOOKED_AT + timedelta(minutes=5), tick=False):
        reschedule(consult=consult, actor=clinic.cast.tess, day=DAY, starts=time(9), ends=time(10))
    (only,) = waiting()
    assert only.body.startswith("You have an appointment.")


def test_moved_after_its_confirmation_was_given_up_the_person_reads_that_the_time_changed(clinic):
    """Who could not be written to in a day was told in another way, or not: the new time says that it is one."""
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(days=1, minutes=1))
    with time_machine.travel(BOOKED_AT + timedelta(days=1, minutes=2), tick=False):
        reschedule(consult=consult, actor=clinic.cast.tess, day=DAY, starts=time(9), ends=time(10))
    (only,) = waiting()
    assert "has changed" in only.body


def test_nobody_is_told_of_a_visit_that_they_missed(clinic):
    consult = booked(clinic)
    tick(BOOKED_AT + timedelta(minutes=11))
    record_no_show(consult=consult, actor=clinic.cast.tess, at=at(DAY, 16))
    assert waiting() == []


def test_what_could_not_be_sent_for_a_day_is_not_sent_any_more(clinic):
    booked(clinic)
    assert tick(BOOKED_AT + timedelta(days=1, minutes=1)) == 0
    assert waiting() == []


def test_an_address_that_is_called_unsafe_meanwhile_gets_nothing(clinic):
    consult = booked(clinic)
    answered(consult.referral, {"about.email_ok": "no"})
    assert tick(BOOKED_AT + timedelta(minutes=11)) == 0 and waiting() == []


# --- By which way ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("safe", ["no", ABSENT])
def test_nothing_goes_to_an_address_that_was_not_called_safe_and_somebody_calls(clinic, safe, signed_in):
    consult = booked(clinic, **{"about.email_ok": safe})
    assert waiting() == []
    assert consult.visits.get().to_call
    page = signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/").content.decode()
    assert "call: nothing may be sent to the person" in page
    log_contact(referral=consult.referral, actor=clinic.cast.cora, channel="call", outcome="voicemail")
    assert consult.visits.get().to_call
    log_contact(referral=fresh(consult.referral), actor=clinic.cast.cora, channel="call", outcome="reached")
    assert not consult.visits.get().to_call


def test_a_text_goes_only_where_it_is_allowed(clinic, settings):
    settings.TEXT_WEBHOOK = "http://localhost:1/"
    allowed = {"about.phone": "212 555 0100", "about.text_ok": "yes"}
    booked(clinic, **allowed, **{"about.contact_by": ["text"]})
    assert [(each.channel, each.to) for each in waiting()] == [("text", "+12125550100")]
    OutgoingMail.objects.all().delete()
    booked(clinic, **allowed, **{"about.contact_by": ["call"]})
    assert [(each.channel, each.to) for each in waiting()] == [("mail", "pat@example.org")]


def test_the_link_stops_them_and_what_waits_is_not_sent(client, clinic):
    consult = booked(clinic)
    sent = consult.referral.submission
    page = client.get(f"/{stop_link(sent.pk).split('/', 3)[3]}", follow=True)
    assert "Stop these messages" in page.content.decode()
    assert not MessagesStopped.objects.exists()  # opening it does nothing
    assert "delete" not in page.content.decode().lower()
    for _twice in range(2):
        assert (
            "We stopped the messages" in client.post("/come-back/reminders/", {"stop": "1"}).content.decode()
        )
    assert tick(BOOKED_AT + timedelta(minutes=11)) == 0 and mail.outbox == []
    assert waiting() == []
    with time_machine.travel(at(DAY - timedelta(days=3)), tick=False):
        remind_of_visits()
    assert waiting() == [] and consult.visits.get().to_call


@pytest.mark.parametrize("number", ["", "nonsense", UUID(int=7).hex])
def test_a_link_of_no_form_stops_nothing(number):
    assert read_sent(number) is None


# --- The status page and the calendar --------------------------------------------------------------------------


def opened(client, consult: Consult):
    """A browser in which this consult's person has said who they are."""
    session = client.session
    session[STATUS_KEY] = [str(consult.referral.submission_id), int(timezone.now().timestamp()) + 3600]
    session.save()
    return client


def test_the_status_page_says_day_and_time_and_nothing_else_of_it(client, clinic):
    with time_machine.travel(BOOKED_AT, tick=False):
        consult = booked(clinic)
        browser = opened(client, consult)
        page = browser.get("/status/").content.decode()
        assert "Nov. 25, 2026 at 2 p.m." in page or "November 25, 2026 at 2 p.m." in page
        for word in ("TMS", "Room"):
            assert word not in page
        cancel_visit(consult=consult, actor=clinic.cast.tess, note="away")
        assert "Put it in my calendar" not in browser.get("/status/").content.decode()


def test_the_calendar_file_is_neutral_and_moves_its_entry(client, clinic):
    with time_machine.travel(BOOKED_AT, tick=False):
        consult = booked(clinic)
        browser = opened(client, consult)
        answer = browser.get("/status/appointments.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        lines = answer.content.decode().split("\r\n")
        key = consult.visits.get().calendar.hex
        assert lines[4:12] == [
            "BEGIN:VEVENT",
            f"UID:{key}",
            "SEQUENCE:0",
            "DTSTAMP:20261116T150000Z",
            "DTSTART:20261125T190000Z",
            "DTEND:20261125T200000Z",
            "SUMMARY:Appointment",
            lines[11],
        ]
        assert lines[11].startswith("DESCRIPTION:") and lines[-2:] == ["END:VCALENDAR", ""]
        reschedule(consult=consult, actor=clinic.cast.tess, day=DAY + timedelta(days=2))
        moved = browser.get("/status/appointments.ics").content.decode()
        assert f"UID:{key}\r\nSEQUENCE:1" in moved and "DTSTART;VALUE=DATE:20261127" in moved


def test_who_has_not_said_who_they_are_has_no_calendar(client):
    assert client.get("/status/appointments.ics").status_code == 302
