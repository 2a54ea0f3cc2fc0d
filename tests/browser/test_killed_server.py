"""The real server in processes of its own: killed between two pages, two tabs, a double click on Send."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page

from intake.models import Submission
from tests.browser.conftest import watched
from tests.browser.walk import (
    FOR_SOMEONE_ELSE,
    STORY,
    answer,
    as_held,
    begin,
    fill_in,
    holds,
    place,
    press,
    reference_on,
    save,
)
from tests.intake.pat import PAGES, address
from tests.machine import Machine, Served, free_port, wait_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("clinic")
    machine = Machine(folder)
    machine.environment |= {
        "DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "STATIC_ROOT": str(folder / "static"),
    }  # fmt: skip
    machine.migrate()
    machine.run("collectstatic", "--noinput", "--verbosity", "0")
    served = Served(machine, free_port(), "--workers 1")
    yield served
    served.stop()


@pytest.fixture
def open_page(chromium, server) -> Iterator[Callable[..., Page]]:
    """Pages of that server instead of the test's own."""
    with watched(chromium, server.url) as make:
        yield make


@pytest.fixture
def page(open_page) -> Page:
    return open_page(java_script_enabled=False)


def stored(server: Served) -> dict:
    """The answers of the newest intake, as they stand on the disk."""
    rows = server.machine.read(
        "SELECT id, key, answers FROM intake_submission ORDER BY created_at DESC LIMIT 1"
    )
    pk, key, sealed = rows[0]
    return Submission._meta.get_field("answers").unsealed(Submission(pk=UUID(pk), key=key), sealed)


def sent(server: Served) -> list[str]:
    """The references of all sent intakes that became a referral."""
    query = "SELECT s.reference FROM intake_submission s JOIN treatments_referral r ON r.submission_id = s.id"
    return [reference for (reference,) in server.machine.read(query)]


def test_a_worker_or_the_whole_server_killed_between_two_pages_loses_nothing(page, server):
    def kill_the_worker() -> None:
        server.kill_worker()
        wait_for(server.answers)  # a new worker, without anybody's help

    def kill_the_server() -> None:
        server.kill()
        assert not server.answers()
        server.start()

    after = {"name": kill_the_worker, "mood": kill_the_server, "medicines-tried": kill_the_worker}
    begin(page, FOR_SOMEONE_ELSE)
    while place(page)[0] != "check":
        slug, part = place(page)
        answer(page)
        if part or slug not in after or place(page)[0] == slug:
            continue
        kept = stored(server)
        after.pop(slug)()
        assert stored(server) == kept
        page.reload()
    assert not after
    for slug in ("name", "mood", "medicines-tried"):
        page.goto(address(slug))
        assert (
            "sertraline" in page.content()
            if slug == "medicines-tried"
            else holds(page) == as_held(STORY[slug])
        )
    page.goto("/intake/check/")
    press(page, "Send my form")
    assert reference_on(page) in sent(server)


def test_a_worker_killed_while_a_page_is_open_the_page_is_saved_by_the_next_one(page, server):
    begin(page)
    fill_in(page, PAGES["consent"])
    server.kill_worker()
    wait_for(server.answers)
    press(page, "Save and continue")
    assert place(page)[0] == "name"
    assert stored(server)["consent"]["agreed"] is True


def test_two_pages_open_in_two_tabs_are_both_kept(page, server):
    begin(page)
    answer(page)
    other = page.context.new_page()
    page.goto(address("reason"))
    other.goto(address("now"))
    fill_in(page, PAGES["reason"])
    fill_in(other, PAGES["now"])
    press(other, "Save and continue")
    press(page, "Save and continue")
    assert {"about", "reason", "history", "consent"} == set(stored(server))
    for tab, slug in ((page, "now"), (other, "reason")):
        tab.goto(address(slug))
        assert holds(tab) == as_held(PAGES[slug])


def ready_to_send(page: Page) -> None:
    """Pat has answered what must be answered, and sees the check."""
    begin(page)
    for slug in ("consent", "name", "contact", "mood", "thoughts", "past"):
        page.goto(address(slug))
        save(page, PAGES[slug])
    page.goto("/intake/check/")


def test_a_double_click_on_send_sends_once_and_shows_one_reference(page, server):
    before = sent(server)
    ready_to_send(page)
    page.get_by_role("button", name="Send my form").dblclick()
    reference = reference_on(page)
    page.reload()
    assert reference_on(page) == reference
    assert [each for each in sent(server) if each not in before] == [reference]


def test_send_pressed_again_while_the_server_is_slow_sends_once_and_shows_one_reference(page, server):
    before = sent(server)
    ready_to_send(page)
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    send = page.get_by_role("button", name="Send my form")
    send.scroll_into_view_if_needed()
    box = send.bounding_box()
    with server.standing_still():
        for _time in range(2):
            page.mouse.click(box["x"] + 20, box["y"] + 20)
            page.wait_for_timeout(500)
        assert len(posts) == 2
    reference = reference_on(page)
    assert [each for each in sent(server) if each not in before] == [reference]
