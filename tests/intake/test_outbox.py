"""The outbox: mail is written with what causes it, sent later, tried again, and never carries patient data."""

import logging
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake import retrying
from intake.mail.sending import forget_old_rows, send_due_mail
from intake.models import OutgoingMail, Submission
from tests.intake import pat

pytestmark = pytest.mark.django_db

ON_CALL, COME_BACK = OutgoingMail.Purpose.ON_CALL, OutgoingMail.Purpose.COME_BACK


class DeadServer:
    """Stands where the mail server is; fails with ``fault`` until it is back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.fault: Exception | None = ConnectionRefusedError("no route to pat@example.org")
        self.tried = 0
        works = mail.EmailMessage.send

        def send(message, *args, **kwargs):
            self.tried += 1
            if self.fault is not None:
                raise self.fault
            return works(message, *args, **kwargs)

        monkeypatch.setattr(mail.EmailMessage, "send", send)


@pytest.fixture
def server(monkeypatch) -> DeadServer:
    return DeadServer(monkeypatch)


@pytest.fixture
def clock():
    """Time stands still and is moved by hand."""
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


def a_mail(purpose=COME_BACK, **more) -> OutgoingMail:
    told = {"to": "pat@example.org", "subject": "Hello", "body": "Some text"}
    return OutgoingMail.objects.create(purpose=purpose, **{**told, **more})


def test_a_due_mail_is_sent_once_and_its_text_and_address_are_not_kept():
    row = a_mail()
    assert send_due_mail() == 1
    assert send_due_mail() == 0
    assert [(each.to, each.subject, each.body) for each in mail.outbox] == [
        (["pat@example.org"], "Hello", "Some text")
    ]
    row.refresh_from_db()
    assert row.sent_at is not None
    assert (row.to, row.body) == ("", "")


def test_a_mail_that_is_not_due_yet_waits():
    a_mail(due_at=timezone.now() + timedelta(minutes=1))
    assert send_due_mail() == 0


def test_alerts_go_out_before_everything_else():
    a_mail(subject="link")
    a_mail(ON_CALL, subject="alert")
    send_due_mail()
    assert [each.subject for each in mail.outbox] == ["alert", "link"]


def test_a_dead_server_loses_nothing_and_the_mail_goes_out_when_it_is_back(server, clock):
    row = a_mail()
    for pause in retrying.MAIL_PAUSES:
        assert send_due_mail() == 0
        row.refresh_from_db()
        assert row.due_at == timezone.now() + pause
        clock.shift(pause)
    server.fault = None
    assert send_due_mail() == 1
    assert len(mail.outbox) == 1


def test_pauses_grow_and_the_last_one_goes_on():
    for pauses in (retrying.MAIL_PAUSES, retrying.ON_CALL_PAUSES):
        assert list(pauses) == sorted(set(pauses))
        assert retrying.pause(pauses, 1) == pauses[0]
        assert retrying.pause(pauses, 1000) == pauses[-1]
    assert max(retrying.ON_CALL_PAUSES) <= timedelta(minutes=1)


def test_a_dead_server_is_tried_once_a_pass_not_once_a_mail(server):
    for _number in range(5):
        a_mail()
    send_due_mail()
    assert server.tried == 1


def test_a_mail_the_server_refuses_does_not_keep_the_others_waiting(server):
    server.fault = smtplib.SMTPRecipientsRefused({"pat@example.org": (550, b"no such mailbox")})
    for _number in range(3):
        a_mail()
    send_due_mail()
    assert server.tried == 3


def test_a_links_mail_is_given_up_after_three_days_and_then_forgets_its_text(server, clock):
    row = a_mail()
    clock.shift(retrying.MAIL_GIVEN_UP_AFTER)
    send_due_mail()
    row.refresh_from_db()
    assert row.given_up_at is not None
    assert (row.to, row.body) == ("", "")
    server.fault = None
    clock.shift(timedelta(days=1))
    assert send_due_mail() == 0


def test_an_alert_is_never_given_up(server, clock):
    row = a_mail(ON_CALL)
    clock.shift(timedelta(days=30))
    send_due_mail()
    row.refresh_from_db()
    assert row.given_up_at is None
    assert row.due_at <= timezone.now() + timedelta(minutes=1)


def test_a_mail_taken_by_a_sender_that_died_is_due_again_when_its_hold_ends(clock):
    a_mail()
    assert OutgoingMail.take(COME_BACK, timezone.now()) is not None
    assert OutgoingMail.take(COME_BACK, timezone.now()) is None
    clock.shift(retrying.HOLD)
    assert send_due_mail() == 1


def test_of_a_fault_only_its_name_stands_in_the_row_and_in_the_log(server, caplog):
    row = a_mail()
    with caplog.at_level(logging.DEBUG):
        send_due_mail()
    row.refresh_from_db()
    assert row.last_error == "ConnectionRefusedError"
    assert "ConnectionRefusedError" in caplog.text
    assert "pat@example.org" not in caplog.text


def test_mail_waits_where_the_clinic_has_no_mail_server(settings):
    settings.SENDS_MAIL = False
    a_mail()
    assert send_due_mail() == 0
    assert OutgoingMail.objects.unsent().count() == 1


def test_a_mail_is_undone_with_what_caused_it(client: Client):
    draft = pat.begin(client)
    with pytest.raises(RuntimeError), transaction.atomic():
        a_mail(submission=draft)
        raise RuntimeError
    assert not OutgoingMail.objects.exists()


def test_mail_of_a_deleted_draft_goes_with_it(client: Client):
    draft = pat.begin(client)
    a_mail(submission=draft)
    draft.delete()
    assert not OutgoingMail.objects.exists()


def test_the_database_keeps_no_text_of_a_sent_mail():
    row = a_mail()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=row.pk).update(sent_at=timezone.now())


def test_old_mail_is_forgotten_and_waiting_mail_is_not(clock):
    a_mail()
    send_due_mail()
    waiting = a_mail(due_at=timezone.now() + timedelta(days=300))
    clock.shift(Submission.kept_for() + timedelta(minutes=1))
    forget_old_rows()
    assert list(OutgoingMail.objects.all()) == [waiting]


def test_a_row_is_named_without_its_address():
    assert str(a_mail()) == f"mail {OutgoingMail.objects.get().pk}"


# --- What the administrator sees -----------------------------------------------------------------


@pytest.fixture
def adam(cast) -> Client:
    client = Client()
    client.force_login(cast.adam)
    return client


def test_the_administrator_sees_failures_but_neither_address_nor_text(server, adam):
    row = a_mail(subject="A subject", body="A body with its link")
    send_due_mail()
    seen = adam.get(reverse("admin:intake_outgoingmail_changelist")).content.decode()
    assert "ConnectionRefusedError" in seen
    assert "Link to come back" in seen
    page = adam.get(reverse("admin:intake_outgoingmail_change", args=[row.pk])).content.decode()
    for text in ("pat@example.org", "A subject", "A body"):
        assert text not in seen
        assert text not in page


def test_the_outbox_is_only_looked_at(adam):
    row, outbox = a_mail(), reverse("admin:intake_outgoingmail_changelist")
    for page in ("add/", f"{row.pk}/delete/"):
        assert adam.get(outbox + page).status_code == 404
    changed = adam.post(reverse("admin:intake_outgoingmail_change", args=[row.pk]), {"attempts": 9})
    assert changed.status_code == 403


@pytest.mark.parametrize(("shown", "count"), [("", 1), ("failing", 0), ("given_up", 0), ("all", 2)])
def test_the_outbox_shows_what_waits_unless_asked_for_more(adam, shown, count):
    a_mail()
    send_due_mail()
    a_mail()
    listed = adam.get(reverse("admin:intake_outgoingmail_changelist"), {"show": shown} if shown else {})
    assert len(listed.context["cl"].result_list) == count


@pytest.mark.parametrize(
    "asked", ["to__startswith=p", "body__contains=link", "submission=1", "due_at__year=0"]
)
def test_nobody_spells_out_a_mail_by_asking_its_hidden_columns(adam, asked):
    a_mail()
    assert adam.get(f"{reverse('admin:intake_outgoingmail_changelist')}?{asked}").status_code == 400


def test_coordinators_and_teams_do_not_see_the_outbox(cast, signed_in):
    for person in (cast.cora, cast.tess, cast.olive, cast.sid):
        answer = signed_in(person).get(reverse("admin:intake_outgoingmail_changelist"))
        assert answer.status_code in (302, 403)
    assert User.objects.count() > 1


# --- Two senders at once ---------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_each_mail_once():
    for _number in range(20):
        a_mail()

    def tick(_number: int) -> int:
        try:
            return send_due_mail()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as ticks:
        assert sum(ticks.map(tick, range(4))) == 20
    assert len(mail.outbox) == 20
