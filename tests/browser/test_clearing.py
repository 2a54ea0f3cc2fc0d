"""“Finish and clear this phone”: afterwards neither Back, the browser's kept pages nor its cookies say who was here."""

from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from intake.forms.widgets import DateParts
from intake.models import Submission
from tests.browser.conftest import ARGUMENTS, SLOWEST, watched
from tests.browser.walk import fill_in, heading, press, reference_on, save
from tests.intake import pat

pytestmark = pytest.mark.browser

NAME = "Quillfeather"


@pytest.fixture(scope="module")
def keeping(chromium) -> Iterator[Browser]:
    """A Chromium that keeps whole pages for Back and Forward, `no-store` or not: Playwright turns that off."""
    browser = chromium.browser_type.launch(
        executable_path="/usr/bin/chromium",
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def open_keeping(keeping, live_server) -> Iterator[Callable[..., Page]]:
    with watched(keeping, live_server.url) as make:
        yield make


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def page(request, open_keeping) -> Page:
    return open_keeping(java_script_enabled=request.param)


def begun(page: Page) -> None:
    """Pat has told who they are, and stands on the next page."""
    page.goto("/")
    press(page, "Start, for myself")
    page.goto(pat.address("name"))
    save(page, {**pat.PAGES["name"], "about-last_name": NAME})


def clear(page: Page) -> None:
    press(page, "Finish and clear this phone")
    heading(page, "This phone is clear")


def back(page: Page) -> None:
    """A kept page is there at once, and never tells that it was loaded: it is asked.

    Playwright's own waiting asks again by ``eval``, which the policy of our pages refuses.
    """
    page.go_back(wait_until="commit")
    until = monotonic() + SLOWEST / 1000
    while page.evaluate("document.readyState") != "complete":
        assert monotonic() < until, f"{page.url} never comes"


def shown(page: Page) -> str:
    """The page with what stands in its boxes: one that the browser kept has there what was typed."""
    typed = "[...document.querySelectorAll('input, textarea')].map(each => each.value).join(' ')"
    return f"{page.content()} {page.evaluate(typed)}"


def nothing_is_left(page: Page, *known: str) -> None:
    """Back through everything that was open, and what the browser holds: none of the words ``known``."""
    assert page.context.cookies() == []
    state = page.context.storage_state()
    assert state["origins"] == []
    for _step in range(20):
        back(page)
        said = shown(page)
        assert not [word for word in known if word in said], page.url
        if page.url == "about:blank":
            return
    raise AssertionError("Back has no end")


def test_this_browser_keeps_pages_for_back(open_keeping):
    """The control: a page that Back shows as it was left, without asking us."""
    page = open_keeping()
    page.goto(reverse("intake:cleared"))
    page.evaluate("window.kept = true")
    page.goto(f"{reverse('intake:cleared')}?once=more")
    back(page)
    assert page.evaluate("window.kept")


def test_back_shows_a_draft_until_the_phone_is_cleared(page):
    """The second control: what is looked for is there before."""
    begun(page)
    back(page)
    assert NAME in shown(page)


def test_nothing_of_a_draft_is_left_for_the_next_one(page):
    begun(page)
    press(page, "Save and leave")
    clear(page)
    nothing_is_left(page, NAME, "Pat", "Your answers are saved")
    draft = Submission.objects.get()
    assert draft.answers["about"]["last_name"] == NAME  # it stays for who has a link or a code
    assert not Session.objects.exists()


def test_nothing_of_a_sent_form_is_left_for_the_next_one(page, client, live_server):
    pat.fill(client, name={"about-last_name": NAME})
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url, "httpOnly": True}
            for name, cookie in client.cookies.items()
        ]
    )
    page.goto("/intake/check/")
    press(page, "Send my form")
    reference = reference_on(page)
    press(page, "See and print all my answers")
    assert NAME in page.content()
    page.goto("/intake/done/")
    clear(page)
    nothing_is_left(page, NAME, reference)
    page.goto("/status/")
    born = {f"born_{part}": pat.PAGES["name"][f"about-date_of_birth_{part}"] for part in DateParts.PARTS}
    fill_in(page, {"reference": reference, **born})
    press(page, "Continue")
    expect(page.get_by_text(reference)).to_be_visible()
    clear(page)
    nothing_is_left(page, reference)
