"""A real Chromium at the size of a phone, which must stay silent: no console error, no other host."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

PHONE = {"width": 390, "height": 844}
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


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Callable[..., Page]]:
    """Makes pages, each with a session of its own; at the end nothing may have been complained about."""
    contexts, complaints = [], []
    host = urlsplit(live_server.url).netloc

    def make(**options) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=PHONE, locale="en-US", **{"color_scheme": "light", **options}
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(complaint(message)))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("request", lambda request: complaints.extend(elsewhere(request, host)))
        contexts.append(context)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def complaint(message: ConsoleMessage) -> list[str]:
    """What Chromium reports as wrong, violations of the Content-Security-Policy among it."""
    expected = "Failed to load resource: the server responded with a status of 4"
    if message.type not in ("error", "warning") or message.text.startswith(expected):
        return []  # pages that answer 409, 422 and the like are pages all the same
    return [f"{message.type}: {message.text}"]


def elsewhere(request: Request, host: str) -> list[str]:
    address = urlsplit(request.url)
    if address.scheme in ("data", "blob", "about") or address.netloc == host:
        return []
    return [f"request to {request.url}"]


@pytest.fixture
def page(open_page) -> Page:
    """A phone with JavaScript."""
    return open_page()
