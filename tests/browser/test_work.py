"""Past a limit a real browser works for a few seconds, under our Content-Security-Policy, and goes on by itself."""

from datetime import timedelta

import pytest

from intake.models import Submission, Try
from intake.resume_secrets import LIMITS, Limit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowded(monkeypatch):
    """Nobody may begin any more without work."""
    monkeypatch.setitem(LIMITS, "start_in_all", Limit(0, timedelta(hours=1)))


def test_a_browser_works_and_goes_on_by_itself(crowded, open_page):
    page = open_page()
    page.goto("/")
    page.get_by_role("button", name="Start, for someone else").click()
    page.wait_for_url("**/intake/helper/", timeout=60_000)
    assert Submission.objects.get().source == Submission.Source.WEB
    assert Try.objects.count() == 1  # the challenge that was used


def test_without_javascript_there_is_a_button(crowded, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="Start, for someone else").click()
    page.get_by_text("Very many forms are being started just now.").wait_for()
    page.get_by_role("button", name="Start now").click()
    page.wait_for_url("**/intake/helper/")
    assert Submission.objects.get().source == Submission.Source.CROWD
