"""A real Chromium at the size of a phone, which must stay silent: no console error, no other host."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.axe import look  # noqa: F401  (a fixture of all browser tests)

PHONE = {"width": 390, "height": 844}
SLOWEST = 30_000
"""Milliseconds after which what a test waits for does not come any more, on a machine that others use too."""
expect.set_options(timeout=SLOWEST)
PAGES_ALL_THE_SAME = (403, 404, 409, 410, 422, 429)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, in which Django would refuse to speak to the database.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def watched(chromium: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """Makes pages of this server, each with a session of its own; at the end nothing may have been complained about.

    Chromium reports each page that answers 403, 404, 409, 410, 422 or 429 as an error. Those that a test itself opens
    are pages all the same; a picture, a style or a script that is missing is a fault.
    """
    contexts, complaints, opened = [], [], set()
    host = urlsplit(base_url).netloc

    def open_context(**options) -> BrowserContext:
        context = chromium.new_context(
            base_url=base_url, viewport=PHONE, locale="en-US", **{"color_scheme": "light", **options}
        )
        context.set_default_timeout(SLOWEST)
        context.on("page", watch)
        contexts.append(context)
        return context

    def watch(page: Page) -> None:
        page.on("console", lambda message: complaints.extend(complaint(message)))
        page.on("pageerror", lambda error: complaints.append((f"script error: {error}", "")))
        page.on("request", lambda request: complaints.extend(elsewhere(request, host)))
        page.on("response", lambda response: opened.update(opened_page(response)))

    def make(**options) -> Page:
        return open_context(**options).new_page()

    yield make
    for context in contexts:
        context.close()
    assert [words for words, address in complaints if (words, address) not in opened] == []


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Callable[..., Page]]:
    with watched(chromium, live_server.url) as make:
        yield make


@pytest.fixture
def without_javascript(open_page) -> Callable[[], Page]:
    """Makes phones whose browser runs no JavaScript."""
    return partial(open_page, java_script_enabled=False)


Complaint = tuple[str, str]
"""What is wrong, and the address it is about."""


def complaint(message: ConsoleMessage) -> list[Complaint]:
    """What Chromium reports as wrong, violations of the Content-Security-Policy among it."""
    if message.type not in ("error", "warning"):
        return []
    return [(f"{message.type}: {message.text}", message.location["url"])]


def opened_page(response: Response) -> list[Complaint]:
    """What Chromium says of a page (not of what a page loads) that answers one of these."""
    if response.status not in PAGES_ALL_THE_SAME or not response.request.is_navigation_request():
        return []
    status = f"{response.status} ({response.status_text})"
    return [(f"error: Failed to load resource: the server responded with a status of {status}", response.url)]


def elsewhere(request: Request, host: str) -> list[Complaint]:
    address = urlsplit(request.url)
    if address.scheme in ("data", "blob", "about") or address.netloc == host:
        return []
    return [(f"request to {request.url}", request.url)]


@pytest.fixture
def page(open_page) -> Page:
    """A phone with JavaScript."""
    return open_page()
