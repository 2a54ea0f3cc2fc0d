"""A product typed as a dose on a phone: it comes back once with the number in its box.

Without scripts: test_worked_examples_typed.py.
"""

import os

import pytest
from playwright.sync_api import expect

from intake.models import Submission
from tests.browser.walk import begin, fill_in, press
from tests.intake.pat import KEY, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SENTENCE = (
    "You wrote 75 mg twice a day. We read 150 mg in one day. Press Continue if that is right, or change it."
)


def test_a_product_is_confirmed_on_a_phone(page) -> None:
    begin(page)
    page.goto(f"{address('medicines-tried')}{KEY}/")
    told = {
        "drug": "sertraline",
        "dose_mg": "75 mg twice a day",
        "weeks_choice": "exact",
        "weeks": "3 months",
    }
    fill_in(page, {**told, "when_taken": "before"})
    press(page, "Continue")
    expect(page.get_by_text(SENTENCE).first).to_be_visible()
    expect(page.locator("[name=dose_mg]")).to_have_value("150")
    expect(page.locator("[name=weeks]")).to_have_value("3 months")
    assert page.evaluate(TOO_WIDE) <= 0
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{shots}/confirm.png")
    press(page, "Continue")
    expect(page.get_by_role("heading", name="75 mg twice a day: 150 mg")).to_be_visible()
    expect(page.get_by_text("3 months: about 13 weeks")).to_be_visible()
    trial = Submission.objects.get().answers["antidepressants"]["trials"][0]
    assert (trial["dose_mg"], trial["dose_typed"]) == (150, "75 mg twice a day")
