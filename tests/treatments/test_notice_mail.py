"""Mail of notices: at once and gathered, or one a working day, or none; to whom it may still go, and exactly once."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail

from intake.mail.sending import send_due_mail
from intake.models import OutgoingMail
from tests.conftest import Clinic, fresh
from tests.racing import at_once
from tests.treatments import notices
from tests.treatments.notices import CORA, at, waiting, want
from treatments.models import Notice, NoticeDefaults, NoticeSetting
from treatments.reading.notice_defaults import ROLES
from treatments.triage import notices_sending
from treatments.triage.accounts import end_account
from treatments.triage.notice_defaults import change_defaults
from treatments.triage.notices import mark_all_read, set_delivery
from treatments.triage.notices_due import notify_of_the_day
from treatments.triage.notices_sending import GATHERED, mail_at_once
from treatments.workflow.notices import Delivery, NoticeKind, mail_body

MONDAY, TUESDAY, FRIDAY, SATURDAY = "2026-11-30", "2026-12-01", "2026-12-04", "2026-12-05"


@pytest.fixture(autouse=True)
def addresses(cast) -> None:
    for person in cast:
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@clinic.example")


@pytest.fixture
def clock():
    with time_machine.travel(at(MONDAY, "10:00"), tick=False) as traveler:
        yield traveler


# --- As the clinic has set it -------------------------------------------------------------------------------


def set_for_coordinators(clinic: Clinic, kind: NoticeKind, how: Delivery) -> None:
    shipped = {role: dict.fromkeys(NoticeKind, Delivery.DAILY) for role in ROLES}
    shipped["Coordinators"][kind] = how
    newest = NoticeDefaults.newest().version
    change_defaults(actor=clinic.cast.adam, seen=newest, deliveries=shipped)


def test_who_chose_nothing_gets_each_kind_as_the_clinic_has_set_it_for_the_role(clinic, clock):
    set_for_coordinators(clinic, NoticeKind.ASSIGNED, Delivery.AT_ONCE)
    notices.mentioned(clinic)
    assert mail_at_once() == 0
    notices.assigned(clinic)
    assert mail_at_once() == 1
    assert waiting() == ["1 referral was assigned to you."]
    send_due_mail()
    assert "You were mentioned in a note on 1 referral." in notices.day(at(TUESDAY))
    set_for_coordinators(clinic, NoticeKind.MENTIONED, Delivery.NONE)
    notices.mentioned(clinic)
    assert not any("mentioned" in line for line in notices.day(at("2026-12-02")))


@pytest.mark.parametrize(("own", "mails"), [(Delivery.NONE, 0), (Delivery.DAILY, 0), (None, 1)])
def test_what_somebody_chose_holds_for_every_kind_whatever_the_clinic_has_set(clinic, clock, own, mails):
    set_for_coordinators(clinic, NoticeKind.ASSIGNED, Delivery.AT_ONCE)
    set_delivery(user=clinic.cast.cora, delivery=own)
    notices.assigned(clinic)
    assert mail_at_once() == mails


# --- At once ------------------------------------------------------------------------------------------------


def test_at_once_is_one_mail_and_what_comes_within_minutes_is_the_next(clinic, clock):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    notices.mentioned(clinic)
    assert mail_at_once() == 1 and mail_at_once() == 0
    send_due_mail()
    for _each in range(3):
        notices.mentioned(clinic)
        clock.shift(timedelta(seconds=30))
        assert mail_at_once() == 0
    clock.shift(GATHERED)
    assert mail_at_once() == 1
    send_due_mail()
    assert [each.body.split("\n")[0] for each in mail.outbox] == [
        "You were mentioned in a note on 1 referral.",
        "You were mentioned in notes on 3 referrals.",
    ]
    assert {each.subject for each in mail.outbox} == {"New for you"}


def test_a_clock_that_was_ahead_keeps_no_mail_away(clinic, clock):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    NoticeSetting.objects.filter(user=clinic.cast.cora).update(mailed_at=at("2027-11-30"))
    notices.mentioned(clinic)
    assert mail_at_once() == 1


def test_while_the_mail_server_is_away_one_mail_waits_and_no_pile(clinic, clock):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    for _each in range(3):
        notices.mentioned(clinic)
        mail_at_once()
        clock.shift(2 * GATHERED)
    assert len(waiting()) == 1
    send_due_mail()
    assert mail_at_once() == 1
    assert waiting() == ["You were mentioned in notes on 2 referrals."]


def test_what_was_read_is_in_no_mail(clinic, signed_in, clock):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    opened = notices.mentioned(clinic)
    signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{opened.pk}/")
    assert mail_at_once() == 0
    other = notices.mentioned(clinic)
    mark_all_read(user=clinic.cast.cora, newest=Notice.objects.get(referral=other).pk)
    assert mail_at_once() == 0


@pytest.mark.parametrize("delivery", Delivery)
def test_each_gets_the_mail_that_they_want(clinic, clock, delivery):
    want(clinic.cast.cora, delivery)
    notices.mentioned(clinic)
    assert mail_at_once() == (delivery == Delivery.AT_ONCE)
    OutgoingMail.objects.all().delete()
    notices.mentioned(clinic)
    notify_of_the_day()
    assert len(waiting()) == (delivery == Delivery.DAILY)


@pytest.mark.parametrize("delivery", [Delivery.AT_ONCE, Delivery.DAILY])
@pytest.mark.parametrize("what", ["ended", "group taken", "no address", "no mail server"])
def test_who_may_not_read_it_any_more_or_has_no_address_gets_no_mail(clinic, clock, settings, delivery, what):
    cora = clinic.cast.cora
    want(cora, delivery)
    notices.mentioned(clinic)
    if what == "ended":
        end_account(account=cora, actor=clinic.cast.adam)
    if what == "group taken":
        notices.take_rights(cora)
    if what == "no address":
        User.objects.filter(pk=cora.pk).update(email="")
    settings.SENDS_MAIL = what != "no mail server"
    mail_at_once(), notify_of_the_day()
    assert not OutgoingMail.objects.filter(purpose="notice").exists()
    assert Notice.objects.get().sent_at is None


def test_a_mail_that_waits_goes_to_no_account_that_has_ended_meanwhile(clinic, clock):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    notices.mentioned(clinic)
    assert mail_at_once() == 1
    end_account(account=clinic.cast.cora, actor=clinic.cast.adam)
    send_due_mail()
    assert mail.outbox == [] and not OutgoingMail.objects.filter(purpose="notice").exists()


def test_a_team_that_gave_the_consult_back_is_mailed_nothing_of_it(clinic, clock):
    want(clinic.cast.tess, Delivery.AT_ONCE)
    consult = notices.answered_by_desk(clinic)
    notices.return_consult(consult=fresh(consult), actor=clinic.cast.tess, reason="no_capacity")
    mail_at_once()
    assert waiting("tess@clinic.example") == []


def test_notices_at_once_go_by_night_too_and_after_the_patients_own_mail(clinic, clock):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    clock.move_to(at(MONDAY, "23:30"))
    notices.mentioned(clinic)
    mail_at_once()
    OutgoingMail.put("received", to="pat@example.org", subject="Hello", body="Text")
    send_due_mail()
    assert [each.to for each in mail.outbox] == [["pat@example.org"], [CORA]]


def test_very_many_are_mailed_in_batches(clinic, clock, monkeypatch):
    cora = clinic.cast.cora
    want(cora, Delivery.AT_ONCE)
    monkeypatch.setattr(notices_sending, "BATCH", 2), monkeypatch.setattr(notices_sending, "LONGEST_MAIL", 3)
    for _each in range(5):
        notices.mentioned(clinic)
    said = []
    for _each in range(3):
        mail_at_once()
        said += waiting()
        OutgoingMail.objects.all().delete()
        clock.shift(GATHERED)
    assert said == [f"You were mentioned in notes on {number} referrals." for number in (3, 2)]


def test_a_pass_ends_in_time_and_who_waited_longest_comes_first_in_the_next(clinic, clock, monkeypatch):
    for name in ("cora", "clara"):
        want(getattr(clinic.cast, name), Delivery.AT_ONCE)
    NoticeSetting.objects.filter(user=clinic.cast.cora).update(mailed_at=at("2026-11-29"))
    notices.mentioned(clinic, "@cora and @clara, look.")
    with monkeypatch.context() as hurried:
        hurried.setattr(notices_sending, "LONGEST_PASS", -1)
        assert mail_at_once() == 0
    times = iter([0, 0, 100])
    monkeypatch.setattr(notices_sending, "monotonic", lambda: next(times))
    assert mail_at_once() == 1
    assert waiting("clara@clinic.example") and not waiting()


def test_what_nobody_could_mail_for_a_week_is_mailed_no_more(clinic, clock):
    notices.mentioned(clinic)
    clock.shift(timedelta(days=8))
    want(clinic.cast.cora, Delivery.AT_ONCE)
    assert mail_at_once() == 0 and notices.unread(clinic.cast.cora)


@pytest.mark.django_db(transaction=True)
def test_ticks_at_the_same_moment_write_one_mail(clinic: Clinic, real_database):
    want(clinic.cast.cora, Delivery.AT_ONCE)
    moment = at(MONDAY)
    with time_machine.travel(moment, tick=False):
        notices.mentioned(clinic)
    at_once(*[lambda: mail_at_once(moment)] * 3)
    assert len(waiting()) == 1


def test_the_words_of_one_and_of_many():
    one = mail_body(dict.fromkeys(NoticeKind, 1), link="https://clinic.example/admin/")
    assert one.split("\n\n")[0].split("\n") == [
        "1 referral was assigned to you.",
        "1 referral was returned to you.",
        "1 question was answered.",
        "You were mentioned in a note on 1 referral.",
        "1 referral is due today or overdue.",
    ]
