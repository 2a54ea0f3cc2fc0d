"""axe-core finds nothing to complain about, on any page, at any width, in light and in dark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser.walk import follow, press, sign_in
from tests.intake import pat
from tests.intake.test_wrong_answers import WRONG

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RUN = """async only => {
    await Promise.allSettled(document.getAnimations().map(each => each.finished));  // colors that fade into others
    const found = await axe.run({
        resultTypes: ["violations"],
        preload: false,  // it copies @import-ed sheets into inline styles, which the policy rightly refuses
        ...(only ? {runOnly: {type: "rule", values: only}} : {rules: {"target-size": {enabled: true}}}),
    });
    return found.violations.map(each => each.id + " " + each.nodes.map(node => node.target.join(" ")).join(", "));
}"""
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
WIDTHS = (320, 390, 1280)
OF_COLOR = ["color-contrast", "link-in-text-block"]
"""The rules that colors decide: all others have found in light what they would find in dark."""
FORMS = [slug for slug in (*pat.PAGES, *pat.MORE_PAGES) if slug not in pat.ENTRIES]
MISANSWER = """([name, values]) => {
    const form = document.querySelector("main form"), first = form.elements[name];
    const fields = first.length && !first.tagName ? [...first] : [first];
    values.forEach((value, place) => {
        const field = fields[place];
        if ("checked" in field && field.type !== "text") field.checked = value !== "";
        field.value = value;
    });
    form.submit();
}"""

Look = Callable[[Page, str], None]


@pytest.fixture
def look() -> Iterator[Look]:
    """``look(page, name)``: remember what axe finds on the open page; at the end it must be nothing."""
    found = []

    def look_at(page: Page, name: str) -> None:
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate(SIDEWAYS):
                found.append(f"{name}, {width} px: scrolls sideways")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                faults = page.evaluate(RUN, None if scheme == "light" else OF_COLOR)
                found.extend(f"{name}, {width} px, {scheme}: {fault}" for fault in faults)

    yield look_at
    assert not found, "\n".join(found)


def take_over(page: Page, client: Client, address: str) -> None:
    """Let the browser go on with the session of a test client."""
    page.goto("/")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}
    page.context.add_cookies([session])
    page.goto(address)


@pytest.fixture
def everything_asked(client) -> Client:
    """A draft to which every page applies."""
    pat.begin(client)
    for slug in pat.MORE_PAGES:
        pat.reach(client, slug)
    told = {f"other_treatments-{kind}-had": "yes" for kind in ("tms", "ketamine", "ect", "vns")}
    pat.save(client, "other-treatments", **told)
    pat.save(client, "consent")
    return client


def test_every_page_of_questions(page, everything_asked, look):
    take_over(page, everything_asked, "/intake/")
    for slug in FORMS:
        page.goto(pat.address(slug))
        look(page, slug)


def test_every_page_of_questions_with_an_error(page, everything_asked, look):
    take_over(page, everything_asked, "/intake/")
    for slug in FORMS:
        page.goto(pat.address(slug))
        name, value = WRONG[slug]
        with page.expect_navigation():
            page.evaluate(MISANSWER, [name, value if isinstance(value, list) else [value]])
        assert page.title().startswith("Error:"), slug
        look(page, f"{slug} with an error")


def test_lists_and_their_entries(page, client, look):
    pat.begin(client)
    take_over(page, client, "/intake/")
    for slug in pat.ENTRIES:
        page.goto(pat.address(slug))
        look(page, slug)
        press(page, "Save and continue")
        look(page, f"{slug} with an error")
        page.get_by_label("Yes").check()
        press(page, "Save and continue")
        look(page, f"an entry of {slug}")
        press(page, "Save")
        look(page, f"an entry of {slug} with an error")
        pat.add(client, slug)
        pat.add(client, slug, "fedcba9876543210", **dict.fromkeys([*pat.ENTRIES[slug]][1:]))
        page.goto(pat.address(slug))
        look(page, f"{slug} with two entries")
        page.get_by_role("link", name="Remove").first.click()
        look(page, f"removing from {slug}")


def test_the_pages_around_the_questions(page, client, look):
    page.goto("/")
    look(page, "start")
    page.goto("/intake/")
    look(page, "no draft")
    page.goto("/nowhere/")
    look(page, "not found")
    pat.begin(client)
    take_over(page, client, "/")
    look(page, "start again")
    page.goto("/intake/")
    look(page, "tasks, none done")
    page.goto("/intake/mood/help/")
    look(page, "help")
    page.goto("/intake/check/")
    press(page, "Send my form")
    look(page, "check, with pages missing")
    pat.fill(client)
    for slug in pat.ENTRIES:
        pat.add(client, slug)
    pat.save(client, "thoughts", **{"safety-cssrs-q1": "declined"})
    page.goto("/intake/past/")
    look(page, "a box with places to get help")
    page.goto("/intake/")
    look(page, "tasks, all done")
    page.goto("/intake/check/")
    look(page, "check")
    for part in page.locator("summary").all():
        part.click()
    look(page, "check, every part open")
    page.goto("/intake/reason/")
    pat.send(client)
    press(page, "Save and continue")
    look(page, "already sent")
    page.goto("/intake/done/")
    look(page, "done")
    follow(page, "See and print all your answers")
    look(page, "record")


def test_the_desk(page, clinic, cast, look):
    urgent = {"safety.harm_to_others": "yes", "health.seizure_ever": "yes"}
    clinic.new(**urgent)
    mine = clinic.in_review(**{"health.stroke": "yes"})
    clinic.routed("tms", "psychotherapy")
    page.goto("/admin/")
    look(page, "sign in")
    press(page, "Log in")
    look(page, "sign in with an error")
    sign_in(page, cast.cora)
    look(page, "index")
    page.goto("/admin/treatments/referral/?show=all")
    look(page, "worklist")
    page.goto(f"/admin/treatments/referral/{mine.pk}/")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    look(page, "referral")
    for deed in ("route", "close", "note"):
        page.goto(f"/admin/treatments/referral/{mine.pk}/{deed}/")
        look(page, deed)
        page.locator("input[type=submit].default").click()
        look(page, f"{deed} with an error")
    page.goto("/admin/treatments/safetyalert/")
    look(page, "alerts")
    page.locator("#result_list a").first.click()
    look(page, "alert")


def test_a_consult_queue(page, clinic, cast, look):
    clinic.consult("accepted")
    clinic.consult("waiting", **{"health.seizure_ever": "yes"})
    sign_in(page, cast.tess)
    page.goto("/admin/treatments/tmsconsult/")
    look(page, "queue")
    page.locator("#result_list a").first.click()
    look(page, "consult")
    for deed in ("book", "return"):
        follow(page, {"book": "Book", "return": "Return to the coordinators"}[deed])
        look(page, deed)
        page.go_back()
