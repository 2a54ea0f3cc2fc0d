"""A follow-up question is hidden until the answer is chosen that asks it, without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import begin
from tests.intake.pat import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPENS = [
    ("past", "safety-cssrs-q6", "yes", "no", "safety-cssrs-q6_recent"),
    ("brain", "health-seizure_ever", "not_sure", "no", "health-seizure_details"),
    ("highs", "history-high_period", "not_sure", "no", "history-high_trouble"),
]


@pytest.mark.parametrize(("slug", "parent", "opens", "closes", "name"), OPENS)
def test_a_follow_up_opens_under_its_answer_and_closes_again(
    page: Page, slug: str, parent: str, opens: str, closes: str, name: str
) -> None:
    begin(page)
    page.goto(address(slug))
    follow_up = page.locator(f"[name={name}]").first
    expect(follow_up).to_be_hidden()
    page.locator(f"[name={parent}][value={opens}]").check()
    expect(follow_up).to_be_visible()
    page.locator(f"[name={parent}][value={closes}]").check()
    expect(follow_up).to_be_hidden()
