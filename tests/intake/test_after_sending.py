"""After sending: the number and ways to keep it, four dated steps, the record to print; and the same on the status page."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse

from intake.locations import from_environment
from intake.models import OutgoingMail, Submission
from tests.conftest import fresh
from tests.intake import pat
from tests.intake.screen import links, words
from tests.intake.test_status import STATUS, enter
from treatments.models import Referral

pytestmark = pytest.mark.django_db

DONE, RECORD, NUMBER = (reverse(f"intake:{name}") for name in ("done", "record", "send-reference"))
CLOCK = ZoneInfo("America/New_York")
SATURDAY = datetime(2026, 11, 28, 20, 0, tzinfo=CLOCK)
HOURS = "Monday to Friday, 9 am to 5 pm"


@pytest.fixture
def on_saturday():
    """Pat sends the form on a Saturday evening."""
    with time_machine.travel(SATURDAY, tick=False) as clock:
        yield clock


def send(client, **pages) -> str:
    pat.fill(client, **pages)
    pat.send(client)
    return client.get(DONE).content.decode()


def steps(html: str) -> list[str]:
    listed = re.search(r'<ol class="clinic-steps">(.*?)</ol>', html, re.S)[1]
    return [
        words(re.sub(r"<span[^>]*aria-hidden.*?</span>", "", each, flags=re.S))
        for each in listed.split("</li>")[:-1]
    ]


def test_the_number_stands_in_a_box_and_the_thanks_below_it_but_no_name_in_the_title(client):
    html = send(client)
    text = words(html)
    assert Submission.objects.get().reference in text
    assert "Thank you, Patty. That was a lot to tell." in text
    title = re.search(r"<title>(.*?)</title>", html, re.S)[1]
    assert "Your form is sent" in title and "Pat" not in title


def test_a_helper_is_thanked_without_the_name_of_who_is_helped(client):
    pat.fill(client)
    pat.save(client, "name", **{"for": "someone_else"})
    pat.save(client, "helper")
    pat.save(client, "consent")
    pat.send(client)
    text = words(client.get(DONE).content.decode())
    assert "Thank you. That was a lot to tell." in text
    assert "We contact Patty, and you if we cannot reach Patty" in text


# --- The steps --------------------------------------------------------------------------------------------


def test_four_steps_with_days_from_the_clinics_working_time(client, on_saturday):
    assert steps(send(client)) == [
        "You sent your form Done. Today, Saturday, November 28",
        "We read it Now. By Monday, November 30.",
        "We call you Next. By Wednesday, December 2. The call may come from +1 212 555 0100.",
        "A treatment team talks with you Later. About what may help, and when.",
    ]


def test_a_holiday_is_no_working_day(client, on_saturday, settings):
    settings.CLINIC_HOLIDAYS = [date(2026, 11, 30)]
    from_environment.cache_clear()
    try:
        found = steps(send(client))
    finally:
        settings.CLINIC_HOLIDAYS = []
        from_environment.cache_clear()
    assert "By Tuesday, December 1." in found[1] and "By Thursday, December 3." in found[2]


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ({"about-ways": ["call", "text"]}, "We call or text you"),
        ({"about-ways": []}, "We contact you, in the way you chose"),
        ({"about-ways": [], "about-ways_email": []}, "We call you"),
        ({"about-phone": ""}, "We contact you, in the way you chose"),
    ],
)
def test_only_ways_that_were_chosen_are_named(client, told, title):
    assert steps(send(client, contact=told))[2].startswith(title)


def test_a_text_that_is_not_safe_is_not_named(client):
    assert steps(send(client, contact={"about-ways": ["call"]}))[2].startswith("We call you")


def test_a_clinic_that_does_not_count_in_working_days_is_quoted(client, settings):
    settings.CLINIC = {**settings.CLINIC, "response_time": "two weeks"}
    from_environment.cache_clear()
    try:
        assert "Within two weeks." in steps(send(client))[2]
    finally:
        settings.CLINIC = {**settings.CLINIC, "response_time": "3 working days"}
        from_environment.cache_clear()


def test_a_day_that_is_over_is_not_promised_again(client, on_saturday):
    send(client)
    on_saturday.move_to(datetime(2026, 12, 9, 12, 0, tzinfo=CLOCK))
    enter(client, Submission.objects.get())
    found = steps(client.get(STATUS).content.decode())
    assert found[0].endswith("Saturday, November 28") and "By" not in found[1]
    assert "Have you not heard from us? Call us at +1 212 555 0100." in found[2]


@pytest.mark.parametrize(
    ("state", "now"), [("new", 1), ("in_review", 1), ("awaiting_patient", 2), ("routed", 3)]
)
def test_the_status_page_says_which_step_goes_on_and_since_when(client, clinic, state, now):
    referral = clinic.routed("tms") if state == "routed" else clinic.referral(state)
    assert fresh(referral).state == state
    enter(client, referral.submission)
    found = steps(client.get(STATUS).content.decode())
    assert ["Now." in each for each in found] == [place == now for place in range(4)]
    assert ("Since" in found[now]) == (state != "new")
    assert all("Done." in each for each in found[:now])


def test_a_closed_form_has_no_steps_and_no_part_two(client, clinic):
    referral = clinic.closed()
    enter(client, referral.submission)
    html = client.get(STATUS).content.decode()
    assert "clinic-steps" not in html and reverse("intake:status-later", args=["times"]) not in links(html)


# --- Keeping the number -----------------------------------------------------------------------------------


def test_it_is_mailed_where_email_is_safe_and_the_mail_says_nothing_else(client):
    assert "Email it to me" in words(send(client))
    assert client.post(NUMBER, {"by": "mail"}).url == DONE
    mail, sent = OutgoingMail.objects.get(), Submission.objects.get()
    assert (mail.purpose, mail.to) == ("received", "pat@example.org")
    assert mail.body == (
        f"We received what you sent. Your reference is {sent.reference}. Keep it. Questions: +1 212 555 0100."
    )
    assert "Pat" not in mail.subject + mail.body
    assert "The number is on its way to you." in words(client.get(DONE).content.decode())


@pytest.mark.parametrize("safe", [["call"], []])
def test_nothing_is_mailed_where_nobody_said_that_it_is_safe(client, safe):
    told = {"about-ways": safe, "about-ways_email": []}
    assert "Email it to me" not in words(send(client, contact=told))
    client.post(NUMBER, {"by": "mail"})
    assert not OutgoingMail.objects.exists()
    assert "Please write the number down." in words(client.get(DONE).content.decode())


@override_settings(SENDS_MAIL=False)
def test_nothing_is_offered_without_a_mail_server(client):
    assert "Email it to me" not in words(send(client))


def test_nobody_is_mailed_without_end(client):
    send(client)
    for _time in range(30):
        client.post(NUMBER, {"by": "mail"})
    assert OutgoingMail.objects.count() < 30


def test_nothing_is_mailed_of_a_draft(client):
    pat.fill(client)
    assert client.post(NUMBER, {"by": "mail"}).url == reverse("intake:tasks")
    assert not OutgoingMail.objects.exists()


# --- The record -------------------------------------------------------------------------------------------


def test_the_record_leaves_out_what_was_skipped_and_has_a_button_to_print(client):
    assert "See and print all my answers" in words(send(client, reason={"reason-goals": ""}))
    client.post(reverse("intake:later-page", args=["times"]), pat.LATER_PAGES["times"])
    html = client.get(RECORD).content.decode()
    text = words(html)
    assert "Not answered" not in text and "What do you hope will get better?" not in text
    assert "Mornings" in text and "Pat" in text
    assert 'type="button" data-print hidden' in html and "intake/print.js" in html


def test_the_form_promises_nothing_before_it_is_sent(client):
    pat.fill(client)
    text = words(client.get(reverse("intake:check")).content.decode())
    assert "working days" not in text and "We call you" not in text


def test_one_may_still_find_and_clear_it(client):
    html = send(client)
    assert STATUS in links(html) and "Finish and clear this phone" in words(html)
    assert "call or text 988" in words(html)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("own", ["", "The law of our state makes us keep it for seven years."])
def test_what_is_kept_of_a_withdrawn_form_is_said_in_the_clinics_own_words(client, clinic, settings, own):
    enter(client, clinic.new().submission)
    settings.CLINIC = {**settings.CLINIC, "record_sentence": own}
    from_environment.cache_clear()
    try:
        text = words(client.get(reverse("intake:withdraw")).content.decode())
    finally:
        settings.CLINIC = {**settings.CLINIC, "record_sentence": ""}
        from_environment.cache_clear()
    assert (own or "We must keep a record of your form.") in text
    assert ("We must keep a record" in text) != bool(own)
