"""Text messages: nothing offers one where none can be sent, and what is posted to the clinic's gateway."""

import hashlib
import hmac
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake import retrying
from intake.mail import safe_ways, texting
from intake.mail.sending import send_due_mail
from intake.models import OutgoingMail, ResumeKey, Submission
from tests import servers
from tests.intake import pat, screen

pytestmark = pytest.mark.django_db
SECRET = "s" * 40
NUMBER = "+12125550142"
TEXTED = {"about-ways": ["call", "text"]}


@pytest.fixture
def gateway(settings):
    with servers.receiver() as server:
        settings.TEXT_WEBHOOK, settings.TEXT_WEBHOOK_SECRET = server.url, SECRET
        yield server


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


@pytest.fixture
def draft(client: Client) -> Submission:
    pat.begin(client)
    for slug in ("consent", "name"):
        pat.save(client, slug)
    pat.save(client, "contact", about__ways=["call", "text"])
    return pat.draft_of(client)


def ask(client: Client, **told: str):
    return client.post(reverse("intake:text-link"), told)


def later(client: Client) -> str:
    return client.get(reverse("intake:later")).content.decode()


def test_where_no_text_can_be_sent_no_page_offers_one(client, draft, settings):
    assert settings.TEXT_WEBHOOK == ""
    assert "ext me" not in later(client) and "by text" not in later(client)
    assert ask(client).url == reverse("intake:later")
    client.post(reverse("intake:remind"), {"by": "text"})
    draft.refresh_from_db()
    assert draft.remind_by is None and not OutgoingMail.objects.exists()


def test_a_link_is_texted_to_the_number_and_opens_the_form_elsewhere(client, draft, gateway):
    assert "Text me a link" in later(client)
    page = client.post(reverse("intake:text-link"), follow=True)
    assert "(212) 555-0142" in screen.words(page.content.decode())
    assert send_due_mail() == 1
    (told,) = gateway.got
    assert set(told) == {"id", "to", "text"} and told["to"] == NUMBER
    for hidden in ("Pat", "Lee", "epress", "linic", "form", "ealth"):
        assert hidden not in told["text"].replace("/come-back/", "")
    link = told["text"].split("http://localhost:8000")[1].split()[0]
    phone = Client()
    phone.get(link, follow=True)
    birth = {f"date_of_birth_{part}": pat.PAGES["name"][f"about-date_of_birth_{part}"] for part in ("month", "day", "year")}  # fmt: skip
    assert phone.post(reverse("intake:link"), birth).url == reverse("intake:tasks")
    assert OutgoingMail.objects.get().body == "" and not mail.outbox


def test_what_is_posted_is_signed_with_the_secret(client, draft, gateway):
    ask(client)
    send_due_mail()
    signature, body = gateway.signed[0]
    assert signature == "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert signature == texting.signature(body, SECRET) != texting.signature(body, "x" * 40)


@pytest.mark.parametrize("answer", [400, 429, 500, 302, 0])
def test_any_other_answer_is_tried_again_with_the_same_id(client, draft, gateway, clock, answer):
    gateway.status = answer
    ask(client)
    assert send_due_mail() == 0
    waiting = OutgoingMail.objects.get()
    assert waiting.sent_at is None and waiting.last_error and NUMBER not in waiting.last_error
    gateway.status = 204
    clock.shift(retrying.MAIL_PAUSES[0])
    assert send_due_mail() == 1
    assert len({told["id"] for told in gateway.got}) == 1 and len(gateway.got) == 2


def test_a_tick_that_is_killed_after_posting_sends_the_same_id_again(
    client, draft, gateway, clock, monkeypatch
):
    ask(client)
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(OutgoingMail, "mark_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        send_due_mail()
    assert send_due_mail() == 0  # held for a moment
    clock.shift(retrying.HOLD)
    assert send_due_mail() == 1
    first, second = (told["id"] for told in gateway.got)
    assert first == second


def test_a_text_is_given_up_as_mail_is(client, draft, gateway, clock):
    gateway.status = 500
    ask(client)
    clock.shift(retrying.MAIL_GIVEN_UP_AFTER + timedelta(minutes=1))
    send_due_mail()
    given_up = OutgoingMail.objects.get()
    assert given_up.given_up_at and given_up.to == given_up.body == ""


def test_a_gateway_out_of_reach_keeps_no_mail_waiting(client, draft, gateway):
    gateway.status = 500
    ask(client)
    client.post(reverse("intake:mail-link"))
    assert send_due_mail() == 1
    assert len(mail.outbox) == 1 and len(gateway.got) == 1


def test_one_text_that_is_refused_keeps_no_other_waiting(client, draft, gateway):
    gateway.status = 400
    for number in (1, 2):
        OutgoingMail.put("come_back", to=f"+1212555014{number}", subject="", body="x", channel="text")
    send_due_mail()
    assert len(gateway.got) == 2


def test_a_number_that_is_not_safe_gets_none(client, draft, gateway):
    pat.save(client, "contact", about__ways=["call"])
    assert "Text me a link" not in later(client)
    ask(client)
    assert not OutgoingMail.objects.exists()


def test_a_number_behind_an_extension_gets_none(client, draft, gateway):
    pat.save(client, "contact", about__phone="212 555 0142 ext. 7")
    assert "Text me a link" not in later(client)
    ask(client)
    assert not OutgoingMail.objects.exists()


def test_the_number_is_asked_for_if_there_is_none_and_is_kept(client, gateway):
    begun = pat.begin(client)
    pat.save(client, "name")
    assert "phone" in screen.names(later(client))
    for wrong in ("", "12", "212 555 0142 ext. 7"):
        assert len(screen.summary(ask(client, phone=wrong).content.decode())) == 1
    assert not OutgoingMail.objects.exists()
    ask(client, phone="212 555 0142")
    begun.refresh_from_db()
    assert OutgoingMail.objects.get().to == NUMBER and begun.answers["about"]["phone"] == "212 555 0142"


def test_texts_asked_for_too_often_are_refused_with_a_clear_page(client, draft, gateway):
    for _number in range(5):
        assert ask(client).status_code == 302
    assert ask(client).status_code == 429


def test_a_new_link_is_texted_where_there_is_no_email(client, gateway, settings):
    pat.begin(client)
    pat.save(client, "name")
    ask(client, phone="212 555 0142")
    send_due_mail()
    phone = Client()
    phone.get(gateway.got[0]["text"].split("http://localhost:8000")[1].split()[0])
    assert phone.post(reverse("intake:new-link")).url == reverse("intake:new-link-asked")
    send_due_mail()
    assert len(gateway.got) == 2 and ResumeKey.objects.count() == 2


# --- The reference of a sent form: for the page after sending ------------------------------------------


@pytest.fixture
def sent(client: Client) -> Submission:
    pat.fill(client, contact=TEXTED)
    pat.send(client)
    return Submission.objects.get()


def test_the_reference_goes_by_the_ways_that_were_ticked_as_safe(sent, gateway, settings):
    assert safe_ways.ticked_safe(sent.current) == {"mail": "pat@example.org", "text": NUMBER}
    assert safe_ways.send_reference(sent, "text", "203.0.113.1")
    assert safe_ways.send_reference(sent, "mail", "203.0.113.1")
    send_due_mail()
    (told,) = gateway.got
    assert sent.reference in told["text"] and settings.CLINIC["phone"] in told["text"]
    assert sent.reference in mail.outbox[0].body and sent.reference not in mail.outbox[0].subject


def test_the_reference_goes_nowhere_else(sent, settings):
    settings.SENDS_MAIL = False
    assert safe_ways.ticked_safe(sent.current) == {}
    assert not safe_ways.send_reference(sent, "text", "203.0.113.1")
    settings.TEXT_WEBHOOK, settings.SENDS_MAIL = "http://127.0.0.1:9/", True
    about = sent.answers["about"]
    for change in ({"text_ok": "no"}, {"contact_by": ["call"]}, {"phone": ""}):
        assert "text" not in safe_ways.ticked_safe({"about": {**about, **change}})
    assert "mail" not in safe_ways.ticked_safe({"about": {**about, "email_ok": "not_sure"}})
    assert not safe_ways.send_reference(sent, "carrier pigeon", "203.0.113.1")
    assert not OutgoingMail.objects.exists()
