"""Back, forward and refresh after every page: nothing is lost, nothing is there twice, nothing is asked to be sent again."""

import re

import pytest
from playwright.sync_api import Page

from intake.models import Submission
from tests.browser.walk import (
    FOR_SOMEONE_ELSE,
    answer,
    as_held,
    begin,
    heading,
    holds,
    place,
    press,
    reference_on,
    told_on,
)
from tests.intake import pat
from treatments.models import Referral

pytestmark = pytest.mark.browser


def stored() -> tuple:
    """What is kept of the one draft there is: its answers and entries, and which pages are saved."""
    draft = Submission.objects.get()
    return draft.answers, draft.progress


@pytest.fixture
def posts(page) -> list[str]:
    """The addresses that the browser has posted to."""
    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    return posted


@pytest.fixture
def page(without_javascript) -> Page:
    return without_javascript()


def test_back_forward_and_refresh_after_every_page_lose_nothing_and_double_nothing(page, posts, cast):
    begin(page, FOR_SOMEONE_ELSE)
    while place(page)[0] != "check":
        before, ((told, _button)) = place(page), told_on(page)
        answer(page)
        after, kept = page.url, stored()
        posts.clear()
        page.reload()
        page.go_back()
        page.reload()
        if "more" not in told and told != pat.NAMES:  # an answer of "more" leads on; names become a list
            assert holds(page) == as_held(told), before
        page.go_forward()
        page.reload()
        # Before it repeats a POST, a browser would ask whether to send the form again.
        assert posts == [], before
        assert (page.url, stored()) == (after, kept), before
        page.go_back()
        assert place(page) == before
        answer(page)
        # Only the key of an entry not yet begun is another one.
        assert place(page)[0] == re.search(r"/intake/([-\w]+)/", after)[1]
        assert stored() == kept, before
    entries = Submission.objects.get().progress["entries"].values()
    assert [len(keys) for keys in entries] == [1] * len(pat.ENTRIES)
    back_forward_and_refresh_after_sending(page, posts)


def back_forward_and_refresh_after_sending(page: Page, posts: list[str]) -> None:
    press(page, "Send my form")
    reference = reference_on(page)
    posts.clear()
    page.reload()
    page.go_back()
    assert reference_on(page) == reference  # the check leads on: there is nothing to send any more
    page.reload()
    page.go_forward()
    assert reference_on(page) == reference
    assert posts == []
    assert Submission.objects.get().reference == reference
    assert Referral.objects.get().reference == reference


def test_refreshing_the_start_of_a_form_or_pressing_start_again_begins_no_second_draft(page, cast):
    begin(page)
    page.reload()
    page.go_back()
    assert page.url.endswith("/")
    page.get_by_role("main").get_by_role("button").first.click()
    heading(page, "Welcome back")
    assert Submission.objects.count() == 1
