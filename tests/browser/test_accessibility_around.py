"""axe-core on what stands around the form: coming back to it, and everything after it was sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page

from intake.mail.reminders import stop_link
from intake.mail.sending import send_due_mail
from tests.browser.axe import take_over
from tests.browser.walk import click, fill_in
from tests.intake import pat
from tests.intake.test_resume import BIRTH, WRONG
from tests.intake.test_status import proof
from treatments.demo.set_by_clinic import WALK_IN_NUMBER, set_without_code
from treatments.triage.outside_services import refer_elsewhere
from treatments.triage.questions import ask_patient, askable_paths
from treatments.workflow.outside_services import place_of

pytestmark = pytest.mark.browser


def submit(page: Page, place: int = 0) -> None:
    """Press the form's own button, whatever it says."""
    click(page.get_by_role("main").locator("form button[type=submit]").nth(place))


def mailed_link() -> str:
    send_due_mail()
    return re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body)[1]


def test_saving_for_later(page, client, look):
    pat.begin(client)
    take_over(page, client, "/intake/later/")
    look(page, "later, the date of birth not known")
    pat.save(client, "name")
    page.goto("/intake/later/")
    look(page, "later, no email address")
    submit(page)
    look(page, "later, no email address, with an error")
    pat.save(client, "contact", about__email_ok="no")
    page.goto("/intake/later/")
    look(page, "later, email is not safe")
    submit(page)
    look(page, "a link is on its way")
    page.goto("/intake/later/")
    submit(page, 1)
    assert re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4}", page.content())
    look(page, "the code")
    for _time in range(5):
        page.goto("/intake/later/")
        submit(page)
    assert page.get_by_role("alert").count()
    look(page, "too many links")


def test_texts_and_reminders(page, client, look, settings):
    settings.TEXT_WEBHOOK = "http://127.0.0.1:9/"
    pat.begin(client)
    pat.save(client, "name")
    take_over(page, client, "/intake/later/")
    look(page, "later, by email or text, neither known")
    pat.save(client, "contact", about__ways=["call", "text"])
    page.goto("/intake/later/")
    look(page, "later, all ways and reminders")
    click(page.get_by_role("button", name="Yes, by text message"))
    assert "We remind you by text message." in page.get_by_role("main").inner_text()
    look(page, "later, to be reminded")
    page.goto(stop_link(pat.draft_of(client).pk).removeprefix("http://localhost:8000"))
    look(page, "reminders")
    click(page.get_by_role("button", name="Delete my form"))
    look(page, "reminders, with an error")
    click(page.get_by_role("button", name="Send me no more of them"))
    look(page, "reminders stopped")


def test_coming_back(page, open_page, client, look):
    pat.begin(client)
    for slug in ("name", "contact"):
        pat.save(client, slug)
    page.goto("/come-back/")
    look(page, "come back")
    submit(page)
    look(page, "come back with errors")
    fill_in(page, {"code": "B" * 28, **BIRTH})
    look(page, "come back filled in")
    submit(page)
    look(page, "come back failed")
    client.post("/intake/later/link/")
    link = mailed_link()
    page.goto(link)
    look(page, "behind a link")
    submit(page)
    look(page, "behind a link with an error")
    for times in range(1, 7):
        fill_in(page, WRONG)
        submit(page)
        if times in (1, 6):
            look(page, f"behind a link, {times} times wrong")
    submit(page, 1)
    look(page, "a new link is on its way")
    link = mailed_link()  # it is made when the mail goes out
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        other = open_page()
        other.goto(link)
        assert not other.locator("[name^=date_of_birth]").count()
        look(other, "an expired link")
    page.goto("/come-back/sent/")
    look(page, "it was sent")


def test_how_a_form_stands(page, clinic, look):
    referral = clinic.new()
    page.goto("/status/")
    look(page, "status, who are you")
    submit(page)
    look(page, "status, who are you, with errors")
    fill_in(page, proof(referral.submission, born_year="1950"))
    submit(page)
    look(page, "status, not found")
    fill_in(page, proof(referral.submission))
    submit(page)
    look(page, "status")
    page.goto("/status/message/")
    look(page, "message")
    submit(page)
    look(page, "message with an error")
    fill_in(page, {"text": "I have moved.\nMy new number is 212 555 0101."})
    look(page, "message filled in")
    submit(page)
    look(page, "status with a message")
    page.goto("/status/withdraw/")
    look(page, "withdraw")
    fill_in(page, {"reason": "I feel better."})
    look(page, "withdraw filled in")
    page.context.clear_cookies(name="sessionid")
    submit(page)
    assert "I feel better." in page.content()
    look(page, "closed meanwhile, with what was typed")


def test_places_that_the_clinic_told_of(page, clinic, cast, look):
    set_without_code({"adam": cast.adam}, timezone.now())
    referral = clinic.in_review()
    told = {"where": place_of(WALK_IN_NUMBER), "note": "Told of it.", "show": True}
    refer_elsewhere(referral=referral, actor=cast.cora, **told)
    page.goto("/status/")
    fill_in(page, proof(referral.submission))
    submit(page)
    assert page.get_by_role("link", name="(555) 010-0110").get_attribute("href") == "tel:5550100110"
    look(page, "status with places that the clinic told of")


def test_a_form_that_was_taken_back(page, clinic, look):
    referral = clinic.new()
    page.goto("/status/")
    fill_in(page, proof(referral.submission))
    submit(page)
    page.goto("/status/withdraw/")
    submit(page)
    look(page, "status, taken back")


ASKED = ["health.stroke", "history.episode_months", "safety.harm_to_others", "medicines.list", "about.phone"]


def test_the_clinics_questions(page, clinic, cast, look):
    referral = clinic.in_review()
    asked = [path for path in ASKED if path in askable_paths(referral.submission)]
    assert "safety.harm_to_others" in asked
    ask_patient(referral=referral, actor=cast.cora, fields=asked, message="Please tell us more.")
    page.goto("/status/")
    fill_in(page, proof(referral.submission))
    submit(page)
    look(page, "status with a question")
    page.goto("/status/questions/")
    look(page, "questions")
    fill_in(page, {"history-episode_months": "a long time"})
    click(page.get_by_role("main").locator("form button[type=submit]:not([name])"))
    look(page, "questions with an error")
    fill_in(page, {"history-episode_months": "12", "health-stroke": "no", "safety-harm_to_others": "yes"})
    look(page, "questions filled in")
    click(page.get_by_role("main").locator("form button[type=submit]:not([name])"))
    page.wait_for_url("**/status/help/")
    look(page, "help after a question")
    fill_in(page, {"safety-where_now": "12 Elm St", "safety-number_today": "212 555 0101"})
    submit(page)
    look(page, "help after a question with an answer")


def test_a_link_cut_short_and_a_browser_without_cookies(page, look):
    page.goto("/come-back/link/?token=abc")
    look(page, "a link that is not complete")
    page.goto("/come-back/link/")
    look(page, "a link to open again")
    page.goto("/")
    submit(page)
    page.goto("/intake/thoughts/")
    page.context.clear_cookies()
    fill_in(page, {"safety-cssrs-q1": "yes"})
    submit(page)
    # The browser says that our page sent it: only then is anything repeated.
    assert "Nobody at the clinic has seen it" in page.inner_text("main")
    look(page, "an unsafe answer without cookies")
    page.goto("/intake/reason/")
    look(page, "no form in this browser")
    page.goto("/")
    page.context.clear_cookies()
    submit(page)
    look(page, "start without cookies")
