"""Reminders of an unfinished form: only for who asked, on three days at most, in daytime, and a link that ends them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.mail import reminders
from intake.mail.sending import send_due_mail
from intake.models import OutgoingMail, Submission
from tests import servers
from tests.intake import pat
from tests.intake.screen import names, words
from treatments.management.commands.tick import jobs
from treatments.triage.draft_expiry import expire_drafts
from treatments.triage.reminding import remind_of_drafts

pytestmark = pytest.mark.django_db

BIRTH = {
    f"date_of_birth_{part}": pat.PAGES["name"][f"about-date_of_birth_{part}"]
    for part in ("month", "day", "year")
}
WRONG = {**BIRTH, "date_of_birth_year": "1983"}
BEGAN = datetime(2026, 3, 2, 17, 30)


@pytest.fixture
def zone(settings) -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


@pytest.fixture
def clock(zone):
    with time_machine.travel(BEGAN.replace(tzinfo=zone), tick=False) as traveler:
        yield traveler


@pytest.fixture
def draft(client: Client, clock) -> Submission:
    """Pat's draft, to be reminded of by email."""
    pat.begin(client)
    for slug in ("consent", "name", "contact"):
        pat.save(client, slug)
    remind(client)
    return pat.draft_of(client)


def remind(client: Client, by: str = "mail"):
    return client.post(reverse("intake:remind"), {"by": by}, follow=True)


def days_later(clock, zone, days: int, hour: int = 13) -> None:
    clock.move_to((BEGAN.replace(hour=hour, minute=0) + timedelta(days=days)).replace(tzinfo=zone))


def tick() -> None:
    remind_of_drafts()
    send_due_mail()


def link_in(body: str, name: str) -> str:
    return re.search(rf"http://localhost:8000({reverse(f'intake:{name}')}\?token=\S+)", body)[1]


def test_nobody_is_reminded_who_did_not_ask(client, clock, zone):
    pat.begin(client)
    for slug in ("consent", "name", "contact"):
        pat.save(client, slug)
    days_later(clock, zone, 3)
    tick()
    assert not mail.outbox


def test_who_asked_is_reminded_on_three_days_and_no_more(client, draft, clock, zone):
    given = []
    for day in range(1, 31):
        days_later(clock, zone, day)
        for _again in range(2):
            tick()
        given += [day] * (len(mail.outbox) - len(given))
    assert given == [3, 14, 27]
    assert mail.outbox[0].to == ["pat@example.org"]


def test_a_reminder_says_nothing_of_whom_or_what_and_leads_back(client, draft, clock, zone, settings):
    days_later(clock, zone, 3)
    tick()
    (sent,) = mail.outbox
    body = sent.body
    for hidden in ("Pat", "Lee", "epress", "health", "linic", "form", "treat", settings.CLINIC["name"]):
        assert hidden not in re.sub(r"http\S+", "", sent.subject + body)
    assert "We delete it on April 1, 2026." in body and settings.CLINIC["phone"] in body
    phone = Client()
    phone.get(link_in(body, "link"), follow=True)
    assert phone.post(reverse("intake:link"), BIRTH).url == reverse("intake:tasks")
    assert OutgoingMail.objects.get().body == ""


def test_a_reminder_is_in_the_language_of_the_draft(client, draft, clock, zone, monkeypatch):
    Submission.objects.filter(pk=draft.pk).update(language="es")
    days_later(clock, zone, 3)
    tick()
    assert "1 de abril de 2026" in mail.outbox[0].body.lower()


def test_it_is_asked_for_on_the_page_of_leaving_and_can_be_taken_back_there(client, clock):
    pat.begin(client)
    pat.save(client, "name")
    assert "May we remind you?" not in words(client.get(reverse("intake:later")).content.decode())
    pat.save(client, "contact")
    page = words(client.get(reverse("intake:later")).content.decode())
    assert "on day 3, 14, 27, three times at most" in page
    assert "Yes, by email" in page and "Yes, by text" not in page
    assert "We remind you by email." in words(remind(client).content.decode())
    draft = pat.draft_of(client)
    assert draft.remind_by == "mail" and "remind" not in str(draft.answers)
    assert "We do not remind you." in words(remind(client, "no").content.decode())
    assert pat.draft_of(client).remind_by is None
    remind(client, "carrier pigeon")
    assert pat.draft_of(client).remind_by is None


def test_the_contact_page_asks_too_with_nothing_ticked_and_keeps_the_wish_on_the_draft(client, clock):
    pat.begin(client)
    for slug in ("consent", "name"):
        pat.save(client, slug)
    page = client.get(pat.address("contact"))
    assert "If you stop before the end" in words(page.content.decode()) and "remind" not in pat.shown(page)
    wished = pat.answered("contact", remind=["yes"])
    assert client.post(pat.address("contact"), wished).status_code == 302
    draft = pat.draft_of(client)
    assert draft.remind_by == "mail" and "remind" not in str(draft.answers)
    assert pat.shown(client.get(pat.address("contact")))["remind"] == ["yes"]
    client.post(pat.address("contact"), {"leave": "later"})  # who leaves takes nothing back
    assert pat.draft_of(client).remind_by == "mail"
    pat.save(client, "contact")
    assert pat.draft_of(client).remind_by is None


def test_who_can_not_be_reminded_is_told_so_and_goes_on(client, clock):
    pat.begin(client)
    for slug in ("consent", "name"):
        pat.save(client, slug)
    told = pat.answered("contact", remind=["yes"], about__ways=["call"], about__ways_email=[])
    answer = client.post(pat.address("contact"), told, follow=True)
    assert answer.redirect_chain and "remind you yet" in words(answer.content.decode())
    assert pat.draft_of(client).remind_by is None


def test_nobody_is_asked_who_fills_it_in_for_another_or_where_nothing_can_be_sent(client, settings):
    pat.begin(client, "someone_else")
    assert "remind" not in names(client.get(pat.address("contact")).content.decode())
    pat.begin(other := Client())
    settings.SENDS_MAIL, settings.TEXT_WEBHOOK = False, ""
    assert "remind" not in names(other.get(pat.address("contact")).content.decode())


@pytest.mark.parametrize("unsafe", [True, False])
def test_an_address_that_is_not_safe_gets_none(client, draft, clock, zone, unsafe):
    pat.save(client, "contact", about__ways_email=[] if unsafe else ["email"], remind=["yes"])
    days_later(clock, zone, 3)
    tick()
    assert len(mail.outbox) == (0 if unsafe else 1)


def test_where_no_mail_can_be_sent_none_is_offered(client, draft, settings):
    settings.SENDS_MAIL = False
    remind(client, "no")
    assert "May we remind you?" not in words(client.get(reverse("intake:later")).content.decode())


def test_a_text_reminds_where_texts_can_be_sent(client, draft, clock, zone, settings):
    with servers.receiver() as gateway:
        settings.TEXT_WEBHOOK, settings.TEXT_WEBHOOK_SECRET = gateway.url, "s" * 32
        pat.save(client, "contact", about__ways=["call", "text"])
        assert "We remind you by text message." in words(remind(client, "text").content.decode())
        days_later(clock, zone, 3)
        tick()
        assert gateway.got[0]["to"] == "+12125550142" and not mail.outbox
        assert "Stop these messages" in gateway.got[0]["text"]


# --- When -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "days"),
    [(1, []), (2, []), (4, [1, 3]), (7, [3, 4]), (17, [3, 14]), (30, [3, 14, 27]), (90, [3, 14, 87])],
)
def test_the_days_are_3_and_14_and_3_before_it_is_deleted(kept, days):
    assert reminders.days(kept) == days


def test_a_reminder_goes_out_in_daytime_spread_over_three_hours(client, draft, clock, zone):
    days_later(clock, zone, 3, hour=8)
    tick()
    assert not OutgoingMail.objects.exists()
    days_later(clock, zone, 3, hour=9)
    remind_of_drafts()
    due = timezone.localtime(OutgoingMail.objects.get().due_at)
    assert due - due.replace(hour=9, minute=0) == timedelta(minutes=draft.pk.int % 180)
    clock.move_to(due - timedelta(seconds=1))
    assert send_due_mail() == 0
    clock.move_to(due.replace(hour=20, minute=0))
    assert send_due_mail() == 0
    clock.move_to(due.replace(hour=19, minute=59))
    assert send_due_mail() == 1


def test_what_the_server_slept_through_is_made_up_once(client, draft, clock, zone):
    days_later(clock, zone, 20)
    for _pass in range(3):
        tick()
    assert len(mail.outbox) == 1


def test_saving_again_begins_the_days_anew_and_there_are_three_in_all(client, draft, clock, zone):
    given = []
    for day in range(1, 40):
        days_later(clock, zone, day)
        if day in (5, 10):
            Submission.save_page(draft.pk, draft.questionnaire.by_slug["reason"], {"reason": {"goals": "x"}})
        tick()
        given += [day] * (len(mail.outbox) - len(given))
    assert given == [3, 8, 13]


# --- None any more ------------------------------------------------------------------------------------------


def test_none_after_it_was_sent(client, clock, zone):
    pat.fill(client)
    remind(client)
    days_later(clock, zone, 3, hour=9)
    remind_of_drafts()
    assert OutgoingMail.objects.exists()
    Submission.submit(pat.draft_of(client).pk)
    days_later(clock, zone, 3)
    send_due_mail()
    days_later(clock, zone, 14)
    tick()
    assert not mail.outbox and not OutgoingMail.objects.exists()


def test_none_after_it_expired(client, draft, clock, zone):
    days_later(clock, zone, 31)
    tick()
    expire_drafts()
    tick()
    assert not mail.outbox


def test_none_while_an_alarm_is_open(client, draft, clock, zone):
    pat.save(client, "thoughts", **{"safety__cssrs__q1": "yes"})
    assert draft.alarms.exists()
    days_later(clock, zone, 4)
    tick()
    assert not mail.outbox


def test_none_for_an_alarm_that_rang_while_it_waited(client, draft, clock, zone):
    days_later(clock, zone, 3, hour=9)
    remind_of_drafts()
    Submission.save_page(
        draft.pk, draft.questionnaire.by_slug["thoughts"], {"safety": {"cssrs": {"q1": "yes"}}}
    )
    assert draft.alarms.exists()
    Submission.objects.filter(pk=draft.pk).update(saved_at=draft.saved_at)
    days_later(clock, zone, 3)
    send_due_mail()
    assert not mail.outbox


def test_none_for_who_came_back_while_it_waited(client, draft, clock, zone):
    days_later(clock, zone, 3, hour=9)
    remind_of_drafts()
    Submission.save_page(draft.pk, draft.questionnaire.by_slug["reason"], {"reason": {"goals": "x"}})
    days_later(clock, zone, 3)
    send_due_mail()
    assert not mail.outbox


def test_the_tick_reminds():
    assert remind_of_drafts in [job.sweep for job in jobs()]


# --- The link that ends them --------------------------------------------------------------------------------


@pytest.fixture
def stop(client, draft, clock, zone) -> str:
    days_later(clock, zone, 3)
    tick()
    return link_in(mail.outbox[0].body, "reminders")


def test_opening_the_link_stops_and_deletes_nothing(stop, draft):
    stranger = Client()
    for _time in range(3):
        answer = stranger.get(stop)
        assert answer.url == reverse("intake:reminders")
        assert names(stranger.get(answer.url).content.decode()) == set(BIRTH)
    draft.refresh_from_db()
    assert draft.remind_by == "mail"


def test_a_button_stops_them_without_a_date_of_birth(stop, draft, clock, zone):
    stranger = Client()
    stranger.get(stop)
    page = stranger.post(reverse("intake:reminders"), {"stop": "1"})
    assert "You get no more of them." in words(page.content.decode())
    days_later(clock, zone, 14)
    tick()
    assert len(mail.outbox) == 1 and Submission.objects.filter(pk=draft.pk).exists()


def test_the_form_is_deleted_for_who_knows_the_date_of_birth_alone(stop, draft):
    stranger = Client()
    stranger.get(stop)
    page = stranger.post(reverse("intake:reminders"), {"delete": "1", **WRONG})
    assert "Check your date of birth" in words(page.content.decode())
    for _time in range(4):
        page = stranger.post(reverse("intake:reminders"), {"delete": "1", **WRONG})
    assert stranger.post(reverse("intake:reminders"), {"delete": "1", **BIRTH}).status_code == 429
    assert Submission.objects.filter(pk=draft.pk).exists()


def test_the_owner_deletes_it_at_once(stop, draft):
    owner = Client()
    owner.get(stop)
    page = owner.post(reverse("intake:reminders"), {"delete": "1", **BIRTH})
    assert "It is deleted" in words(page.content.decode())
    assert not Submission.objects.filter(pk=draft.pk).exists() and not OutgoingMail.objects.exists()
    owner.get(stop)
    assert owner.get(reverse("intake:reminders")).status_code == 404


def test_a_form_that_rang_is_not_deleted_by_a_link(stop, client, draft):
    Submission.save_page(
        draft.pk, draft.questionnaire.by_slug["thoughts"], {"safety": {"cssrs": {"q1": "yes"}}}
    )
    owner = Client()
    owner.get(stop)
    page = owner.post(reverse("intake:reminders"), {"delete": "1", **BIRTH})
    assert "Please call us about this" in words(page.content.decode())
    draft.refresh_from_db()
    assert draft.remind_by is None and draft.alarms.exists()


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "0" * 32 + ":abc"])
def test_a_link_that_is_none_of_ours_stops_nothing(draft, token):
    stranger = Client()
    stranger.get(reverse("intake:reminders"), {"token": token})
    for answer in (
        stranger.get(reverse("intake:reminders")),
        stranger.post(reverse("intake:reminders"), {"stop": "1"}),
    ):
        assert answer.status_code == 404
    draft.refresh_from_db()
    assert draft.remind_by == "mail"
