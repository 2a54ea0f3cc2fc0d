"""The day's notices: made and mailed once each working day from the hour that is set, by the clinic's clock, exactly once."""

import signal
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from intake.mail.sending import send_due_mail
from intake.models import OutgoingMail
from tests.conftest import Clinic
from tests.machine import Machine
from tests.racing import at_once
from tests.treatments import notices
from tests.treatments.notices import CORA, at, day, waiting
from treatments.models import Notice, NoticeSetting
from treatments.triage import notices_due
from treatments.triage.notices_due import due_of, notify_of_the_day

MONDAY, TUESDAY, FRIDAY, SATURDAY = "2026-11-30", "2026-12-01", "2026-12-04", "2026-12-05"


@pytest.fixture(autouse=True)
def addresses(cast) -> None:
    for person in cast:
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@clinic.example")


@pytest.fixture
def clock():
    with time_machine.travel(at(MONDAY, "10:00"), tick=False) as traveler:
        yield traveler


def test_the_days_mail_comes_once_from_the_hour_on_and_counts_each_kind(clinic, clock, settings):
    for make in notices.DESK.values():
        make(clinic), make(clinic)
    assert day(at(MONDAY, "07:59")) == []
    settings.NOTICE_HOUR = 11
    assert day(at(MONDAY, "10:59")) == []
    notify_of_the_day(at(MONDAY, "11:00"))
    (sent,) = OutgoingMail.objects.filter(purpose="notice", to=CORA)
    late = len(due_of(clinic.cast.cora, at(MONDAY).date()))
    assert late >= 2
    assert sent.body == (
        "2 referrals were assigned to you.\n"
        "2 referrals were returned to you.\n"
        "2 questions were answered.\n"
        "You were mentioned in notes on 2 referrals.\n"
        f"{late} referrals are due today or overdue.\n\n"
        "Sign in to see them:\n\n"
        f"{settings.SITE_URL}/admin/\n\n"
        "You choose how often this mail comes: after signing in, under your name.\n"
    )
    send_due_mail()
    notices.mentioned(clinic)
    assert day(at(MONDAY, "11:01")) == day(at(MONDAY, "23:59")) == []


def test_no_mail_comes_of_nothing_and_what_is_due_comes_again_each_working_day(clinic, clock):
    assert day(at(MONDAY)) == []
    notices.due(clinic)
    Notice.objects.all().delete()
    assert day(at(TUESDAY)) == ["1 referral is due today or overdue."]
    assert day(at("2026-12-02")) == ["1 referral is due today or overdue."]


def test_on_a_weekend_and_a_holiday_there_is_no_day_and_on_monday_one_mail_of_all(clinic, clock, settings):
    settings.CLINIC_HOLIDAYS = frozenset({at("2026-12-07").date()})
    clock.move_to(at(FRIDAY, "18:00"))
    assert day(at(FRIDAY, "18:00")) == []
    notices.mentioned(clinic)
    for moment in (at(SATURDAY), at("2026-12-06"), at("2026-12-07")):
        assert day(moment) == []
    assert day(at("2026-12-08")) == ["You were mentioned in a note on 1 referral."]


@pytest.mark.parametrize(("day_of_change", "hour"), [("2027-03-14", 2), ("2026-11-01", 1)])
def test_at_a_change_of_the_clocks_the_day_is_one_by_the_clinics_clock(clinic, settings, day_of_change, hour):
    """The hour that is left out, and the one that comes twice; the clinic works on that Sunday."""
    settings.WORKING_DAYS, settings.NOTICE_HOUR = frozenset(range(7)), hour
    midnight = at(day_of_change, "00:00")
    with time_machine.travel(midnight, tick=False):
        notices.mentioned(clinic)
        NoticeSetting.objects.all().delete()
    found = {}
    for half_hours in range(48):
        moment = midnight.astimezone(timezone.get_fixed_timezone(0)) + timedelta(minutes=30 * half_hours)
        if timezone.localdate(moment) == midnight.date() and day(moment):
            found[half_hours] = timezone.localtime(moment)
    (first,) = found.values()
    assert (first.hour, first.minute) == ({2: 3, 1: 1}[hour], 0)


def test_a_clock_set_elsewhere_does_not_move_the_day(clinic, settings):
    """Late in the evening of New York it is the next day in UTC already."""
    with time_machine.travel(at(MONDAY, "20:00"), tick=False):
        notices.mentioned(clinic)
        assert day(timezone.now()) == ["You were mentioned in a note on 1 referral."]
    assert set(NoticeSetting.objects.values_list("day_on", flat=True)) == {at(MONDAY).date()}


def test_a_clock_that_was_ahead_keeps_no_day_away(clinic, clock):
    notices.mentioned(clinic)
    NoticeSetting.objects.update_or_create(
        user=clinic.cast.cora, defaults={"day_on": at("2027-11-30").date()}
    )
    assert day(at(MONDAY)) == ["You were mentioned in a note on 1 referral."]
    assert day(at(MONDAY)) == []


def test_a_fault_in_the_middle_of_one_persons_day_leaves_none_of_it_and_all_is_done_the_next_time(
    clinic, clock, monkeypatch
):
    notices.due(clinic)
    Notice.objects.all().delete()
    with monkeypatch.context() as broken:

        def breaks(*given, **more):
            raise RuntimeError

        broken.setattr(OutgoingMail, "put", breaks)
        with pytest.raises(RuntimeError):
            notify_of_the_day()
    assert not Notice.objects.exists()
    assert not NoticeSetting.objects.filter(user=clinic.cast.cora, day_on__isnull=False).exists()
    assert day(timezone.now()) == ["1 referral is due today or overdue."]


def test_a_pass_of_the_day_ends_in_time_and_the_next_one_goes_on(clinic, clock, monkeypatch):
    times = iter([0, 0, 0, 100])
    monkeypatch.setattr(notices_due, "monotonic", lambda: next(times))
    assert notify_of_the_day() == 2
    monkeypatch.undo()
    assert notify_of_the_day() == User.objects.filter(is_staff=True, is_active=True).count() - 2
    assert notify_of_the_day() == 0


def test_what_another_tick_did_since_this_one_looked_is_not_done_again(clinic, clock, monkeypatch):
    notices.due(clinic)
    others = iter([False, True])  # before each person's day

    def other_tick() -> int:
        if next(others, False):
            notify_of_the_day()
            send_due_mail()
        return 0

    monkeypatch.setattr(notices_due, "monotonic", other_tick)
    assert notify_of_the_day() == 0
    assert [each.to for each in mail.outbox] == [[CORA]]


@pytest.mark.django_db(transaction=True)
def test_ticks_at_the_same_moment_write_one_mail(clinic: Clinic, real_database):
    moment = at(TUESDAY)
    with time_machine.travel(moment, tick=False):
        notices.mentioned(clinic)
    at_once(*[lambda: notify_of_the_day(moment)] * 3)
    assert len(waiting()) == 1


# --- kill -9 --------------------------------------------------------------------------------------------

SOMEBODY = """
from datetime import datetime, timezone
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from intake.models import Submission
from tests.documents import worked_example
from treatments.models import Referral
from treatments.triage.notes import add_note
call_command("seed_groups")
for name in ("cora", "carl"):
    person = User.objects.create_user(name, email=f"{name}@clinic.example", is_staff=True)
    person.groups.add(Group.objects.get(name="Coordinators"))
Submission.from_document(worked_example("v01")["document"], Submission.Source.PAPER)
add_note(referral=Referral.objects.get(), actor=person, note="@cora, look.")
"""
# Killed with the mail in the outbox and the rest of the transaction still to come.
KILLED = """
import os, signal
from treatments.triage import notices_due
mail_unread = notices_due.mail_unread
def killed(*how):
    if mail_unread(*how):
        os.kill(os.getpid(), signal.SIGKILL)
notices_due.mail_unread = killed
"""
A_DAY = """
from treatments.triage.notices_due import due_of, notify_of_the_day
from django.utils import timezone
notify_of_the_day(timezone.now())
"""


def test_a_tick_killed_in_the_middle_of_the_days_mail_writes_it_exactly_once(tmp_path):
    machine = Machine(tmp_path)
    machine.migrate()
    machine.python(SOMEBODY)
    every_day = {"WORKING_DAYS": "mon-sun", "NOTICE_HOUR": "0"}
    killed = machine.command("shell", "--no-imports", "-c", KILLED + A_DAY, **every_day)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    mails = "SELECT count(*) FROM intake_outgoingmail WHERE purpose = 'notice'"
    assert machine.read(mails) == [(0,)]
    for _each in range(2):
        machine.run("shell", "--no-imports", "-c", A_DAY, **every_day)
    assert machine.read(mails) == [(1,)]
    assert machine.read("SELECT count(*) FROM treatments_notice WHERE sent_at IS NULL") == [(0,)]
