"""A link with something stray behind it opens what it is for; one without its end says so, and promises no mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from intake import resume_secrets
from intake.models import OutgoingMail, Submission
from tests.intake import pat, screen
from tests.intake.test_resume import BIRTH, another_phone, by_link, mailed_link

pytestmark = pytest.mark.django_db

STRAYS = [
    ".",
    ",",
    ">",
    "%3E",
    "%22",
    "%E2%80%9D",
    "'",
    ")",
    "%20",
    "%20.",
    "=20",
    "%3D20",
    "%0D%0A",
    "%E2%80%8B",
    "Z",
]


@pytest.fixture
def draft(client) -> Submission:
    pat.begin(client)
    for slug in ("consent", "name", "contact"):
        pat.save(client, slug)
    return pat.draft_of(client)


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_character_behind_a_link_keeps_nobody_out(client, draft, stray):
    phone = another_phone()
    assert by_link(mailed_link(client) + stray, client=phone).url == reverse("intake:tasks")
    assert pat.draft_of(phone) == draft


@pytest.mark.parametrize("stray", ["%3C", "3D", "%20"])
def test_nor_does_one_before_the_token(client, draft, stray):
    link = mailed_link(client).replace("token=", f"token={stray}")
    assert by_link(link).url == reverse("intake:tasks")


@pytest.mark.parametrize("kept", [0, 1, 8, 30, -1])
def test_a_link_without_its_end_says_that_it_is_not_complete(client, draft, kept):
    before, link = len(mail.outbox) + 1, mailed_link(client)
    start, _equals, token = link.partition("token=")
    phone = another_phone()
    response = phone.get(f"{start}token={token[:kept]}", follow=True)
    assert response.status_code == 404
    # Nothing of the token stays in the address bar.
    assert response.redirect_chain[-1][0] == f"{reverse('intake:link')}?cut=1"
    text = screen.words(response.content.decode())
    assert "This link is not complete" in text
    assert "expired" not in text and "new link" not in text
    assert phone.post(reverse("intake:new-link")).url == reverse("intake:link")
    assert len(mail.outbox) == before
    assert by_link(link, client=phone).url == reverse("intake:tasks")


def test_a_link_that_a_browser_without_cookies_opens_asks_for_cookies():
    token = resume_secrets.new_token(timezone.now() + timedelta(hours=1))
    phone = another_phone()
    phone.get(reverse("intake:link"), {"token": token})
    phone.cookies.clear()
    response = phone.get(reverse("intake:link"))
    assert response.status_code == 404
    text = screen.words(response.content.decode())
    assert "Please open your link again" in text and "Allow cookies" in text


def test_where_no_mail_is_sent_no_new_link_is_promised(client, draft, settings):
    link = mailed_link(client)
    settings.SENDS_MAIL = False
    waiting = OutgoingMail.objects.count()
    expired = resume_secrets.new_token(timezone.now() - timedelta(hours=1))
    for address, birth in ((f"{reverse('intake:link')}?token={expired}", None), (link, BIRTH)):
        phone = another_phone()
        response = phone.get(address, follow=True)
        if birth:
            response = phone.post(reverse("intake:link"), {**birth, "date_of_birth_day": "15"})
        assert "new link" not in screen.words(response.content.decode())
        asked = phone.post(reverse("intake:new-link"), follow=True)
        assert "new link" not in screen.words(asked.content.decode())
    assert OutgoingMail.objects.count() == waiting
    shown = another_phone().get(reverse("intake:new-link-asked"))
    assert shown.url == reverse("intake:come-back")


def test_a_new_link_is_promised_only_to_a_form_that_is_there_and_not_without_end(client, draft):
    phone = another_phone()
    phone.get(mailed_link(client))
    text = screen.words(phone.post(reverse("intake:new-link"), follow=True).content.decode())
    assert "If we still have your form, we send you a new link" in text
    assert f"at most {resume_secrets.LIMITS['mail_to'].most} times an hour" in text
