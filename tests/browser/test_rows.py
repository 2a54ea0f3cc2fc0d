"""Medicines taken now, on a phone: rows under yes, more rows, and the next page.

Without scripts: test_worked_examples_typed.py.
"""

import os

import pytest
from playwright.sync_api import expect

from intake.models import Submission
from tests.browser.walk import begin, fill_in, heading, press
from tests.intake.pat import address

pytestmark = pytest.mark.browser
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


def test_rows_open_under_yes_and_more_can_be_added(page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    begin(page)
    page.goto(address("medicines-now"))
    page.wait_for_load_state("networkidle")
    first = page.locator("input[name=drug-1]")
    expect(first).to_be_hidden()
    fill_in(page, {"more": "yes", "drug-1": "lisinopril", "dose-1": "10 mg"})
    page.get_by_label("I stopped medicine 1 in the last 6 weeks").check()
    press(page, "Add more rows")
    expect(page.locator("input[name=drug-3]")).to_be_focused()
    expect(first).to_have_value("lisinopril")
    page.locator("input[name=drug-3]").fill("vitamin D")
    assert page.evaluate(TOO_WIDE) <= 0
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{shots}/rows.png", full_page=True)
    press(page, "Save and continue")
    heading(page, "Allergies, and two more questions")
    assert Submission.objects.get().answers["medicines"]["list"] == [
        {"drug": "lisinopril", "dose": "10 mg", "stopped": "yes"},
        {"drug": "vitamin D"},
    ]
