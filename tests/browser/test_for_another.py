"""A daughter fills in the form for Walter on a phone without JavaScript: words, look, and the way to say otherwise."""

import os

import pytest
from playwright.sync_api import Page, expect

from intake.models import Submission
from tests.browser.axe import take_over
from tests.browser.walk import FOR_MYSELF, FOR_SOMEONE_ELSE, begin, fill_in, heading, here, press, save
from tests.intake import pat

pytestmark = pytest.mark.browser
WALTER = {**pat.PAGES["name"], "about-first_name": "Walter", "about-preferred_name": ""}


def picture(page: Page, name: str) -> None:
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def test_who_helps_comes_first_and_the_pages_speak_of_the_person(without_javascript) -> None:
    page = without_javascript()
    page.goto("/")
    picture(page, "start")
    # Both buttons are seen without scrolling.
    for words in (FOR_MYSELF, FOR_SOMEONE_ELSE):
        box = page.get_by_role("button", name=words, exact=True).bounding_box()
        assert box["y"] + box["height"] < 844 and box["height"] >= 44
    begin(page, FOR_SOMEONE_ELSE)
    heading(page, "Who are you helping?")
    picture(page, "helper")
    save(page, pat.MORE_PAGES["helper"])
    assert here(page) == "consent"
    save(page, pat.PAGES["consent"])
    heading(page, "About the person")
    picture(page, "name")
    save(page, WALTER)
    heading(page, "How can we reach the person?")
    expect(page.get_by_text("For Walter.")).to_be_visible()
    page.goto(pat.address("thoughts"))
    expect(page.get_by_text("Only Walter can answer these.")).to_be_visible()
    picture(page, "thoughts")
    page.goto("/")
    press(page, "Go on with your form")
    heading(page, "Welcome back")
    picture(page, "welcome-back")
    press(page, "Go on with your details")
    heading(page, "How can we reach the person?")


def test_a_form_begun_for_oneself_is_handed_to_a_helper_with_all_that_was_typed(without_javascript) -> None:
    page = without_javascript()
    begin(page)
    save(page, pat.PAGES["consent"])
    fill_in(page, {"about-first_name": "Walter"})
    press(page, "Change")
    heading(page, "Who are you helping?")
    save(page, pat.MORE_PAGES["helper"])
    fill_in(page, {"consent-agreed": "on"})
    press(page, "Save and continue")
    heading(page, "About the person")
    expect(page.get_by_label("Their first name")).to_have_value("Walter")
    assert Submission.objects.get().answers["about"]["filled_by"] == "family"


def test_enter_on_the_name_page_goes_on(page) -> None:
    begin(page)
    page.goto(pat.address("name"))
    fill_in(page, pat.PAGES["name"])
    page.get_by_label("First name").press("Enter")
    page.wait_for_url("**/contact/")


def test_the_pages_in_other_words_are_free_of_faults(page, client, look) -> None:
    pat.begin(client, "someone_else")
    take_over(page, client, pat.address("helper"))
    look(page, "helper, for someone else")
    press(page, "Save and continue")
    look(page, "helper, for someone else, with an error")
    pat.save(client, "helper")
    pat.save(client, "name", **WALTER)
    for slug in ("consent", "name", "contact", "thoughts", "mood"):
        page.goto(pat.address(slug))
        look(page, f"{slug}, for Walter")
    page.goto("/intake/check/")
    look(page, "check, for Walter")
    page.goto("/intake/")
    look(page, "welcome back")
