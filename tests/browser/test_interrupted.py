"""The whole way, interrupted after every single page: the browser is closed, Pat comes back elsewhere, nothing is lost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page

from intake.mail.sending import send_due_mail
from intake.models import Submission
from tests.browser.walk import (
    FOR_SOMEONE_ELSE,
    STORY,
    answer,
    as_held,
    begin,
    click,
    fill_in,
    go_on,
    heading,
    holds,
    place,
    press,
    reference_on,
    told_on,
)
from tests.intake.pat import address
from treatments.models import Referral

pytestmark = pytest.mark.browser

BIRTH = {name.removeprefix("about-"): told for name, told in STORY["name"].items() if "date_of_birth" in name}
BREAK = timedelta(hours=1)
"""How long Pat is away; of links to one mailbox five an hour are sent."""


def save_for_later(page: Page) -> None:
    """Press what is offered on every page but that of help; that it is a link or a button is the same to Pat."""
    words = "Save and leave"
    if place(page)[1] == "help":
        page.goto("/intake/")
    click(page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words)).first)
    heading(page, words)
    if "tell us your date of birth first" in page.get_by_role("main").inner_text():
        fill_in(page, BIRTH)
        press(page, "Save and continue")
        heading(page, words)


def ask_for_a_link(page: Page) -> str:
    """The address that arrives by mail."""
    if page.get_by_label("Your email address").count():
        fill_in(page, {"email": "pat@example.org"})
    press(page, "Email me a link")
    heading(page, "We are sending you a link")
    send_due_mail()
    return re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body)[1]


def print_a_code(page: Page) -> str:
    press(page, "Show me a code")
    return re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4}", page.get_by_role("main").inner_text())[0]


def come_back_by_link(page: Page, link: str) -> None:
    page.goto(link)
    fill_in(page, BIRTH)
    press(page, "Open my form")
    heading(page, "Welcome back")


def come_back_by_code(page: Page, code: str) -> None:
    page.goto("/come-back/")
    fill_in(page, {"code": code, **BIRTH})
    press(page, "Open my form")
    heading(page, "Welcome back")


def interrupted(page: Page, clock, *, by_link: bool) -> None:
    """Save for later, and open the form in a browser that knows nothing of it."""
    save_for_later(page)
    secret = ask_for_a_link(page) if by_link else print_a_code(page)
    page.context.clear_cookies()
    page.goto("about:blank")
    clock.shift(BREAK)
    (come_back_by_link if by_link else come_back_by_code)(page, secret)


def stored() -> dict:
    """Each stored answer by its path."""
    answers = Submission.objects.get().answers
    return {f"{section}.{key}": told for section, given in answers.items() for key, told in given.items()}


def test_interrupted_after_every_page_nothing_is_lost_and_the_form_is_sent(without_javascript, cast):
    pages = 0
    with time_machine.travel(timezone.now()) as clock:
        page = without_javascript()
        begin(page, FOR_SOMEONE_ELSE)
        while place(page)[0] != "check":
            (slug, _part), (told, _button) = place(page), told_on(page)
            answer(page)
            following, kept = place(page), stored()
            pages += 1
            if told.get("more") == "yes":  # that one leads on, it saves nothing
                continue
            interrupted(page, clock, by_link=pages % 2 == 1)
            assert stored().items() >= kept.items(), slug
            go_on(page)
            if following[1] != "help":  # it interrupts once
                assert place(page)[0] == following[0], f"after {slug}"
        assert pages > len(STORY)
        page.goto(address("consent"))
        assert holds(page) == as_held(STORY["consent"])
        page.goto("/intake/check/")
        press(page, "Send my form")
        reference = reference_on(page)
    sent = Submission.objects.get()
    assert (sent.reference, sent.is_draft) == (reference, False)
    assert Referral.objects.get().reference == reference
