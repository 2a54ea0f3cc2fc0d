"""axe-core finds nothing to complain about, on any page, at any width, in light and in dark."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.axe import take_over
from tests.browser.walk import STORY, as_held, click, fill_in, follow, here, holds, press, sign_in
from tests.intake import pat
from tests.intake.test_help_pages import PAGES, bring_up
from tests.intake.test_wrong_answers import WRONG

pytestmark = pytest.mark.browser

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


@pytest.fixture
def everything_asked(client) -> Client:
    """A draft to which every page applies."""
    pat.begin(client)
    for slug in pat.BRINGS_UP:
        pat.reach(client, slug)
    told = {f"other_treatments-{kind}-had": "yes" for kind in ("tms", "ketamine", "ect", "vns")}
    pat.save(client, "other-treatments", **told)
    pat.save(client, "consent")
    return client


def test_every_page_of_questions(page, everything_asked, look):
    take_over(page, everything_asked, "/intake/")
    for slug in FORMS:
        page.goto(pat.address(slug))
        assert here(page) == slug
        look(page, slug)


def test_every_page_of_questions_filled_in(page, client, look):
    pat.begin(client, "someone_else")
    pat.save(client, "helper")
    for slug, told in STORY.items():
        assert client.post(pat.address(slug), told).status_code == 302, slug
    take_over(page, client, "/intake/")
    for slug in FORMS:
        page.goto(pat.address(slug))
        assert holds(page) == as_held(STORY[slug]), slug
        look(page, f"{slug} filled in")


@pytest.mark.parametrize("slug", pat.ASQ_PAGES)
def test_every_page_of_the_other_suicide_screen_empty_filled_in_and_with_an_error(
    page, client, look, settings, slug
):
    settings.SUICIDE_SCREEN = "asq"
    pat.begin(client)
    if slug == "asq-now":
        pat.save(client, "asq", **{"safety-asq-q1": "yes"})
    take_over(page, client, pat.address(slug))
    look(page, slug)
    press(page, "Save and continue")
    expect(page).to_have_title(re.compile("^Error:"))
    look(page, f"{slug} with an error")
    pat.save(client, slug)
    page.goto(pat.address(slug))
    assert holds(page) == as_held(pat.ASQ_PAGES[slug])
    look(page, f"{slug} filled in")


def test_every_page_of_questions_with_an_error(page, everything_asked, look):
    take_over(page, everything_asked, "/intake/")
    for slug in reversed(FORMS):  # what is right on a page with an error is saved: it may end a later page
        page.goto(pat.address(slug))
        assert here(page) == slug
        name, value = WRONG[slug]
        with page.expect_navigation():
            page.evaluate(MISANSWER, [name, value if isinstance(value, list) else [value]])
        expect(page, slug).to_have_title(re.compile("^Error:"))
        look(page, f"{slug} with an error")


def test_lists_and_their_entries(page, client, look):
    pat.begin(client)
    take_over(page, client, "/intake/")
    for slug in pat.ENTRIES:
        page.goto(pat.address(slug))
        look(page, slug)
        press(page, "Save and continue")
        look(page, f"{slug} with an error")
        page.goto(f"{pat.address(slug)}{pat.KEY}/")
        look(page, f"an entry of {slug}")
        press(page, "Continue")
        look(page, f"an entry of {slug} with an error")
        pat.add(client, slug)
        pat.add(client, slug, "fedcba9876543210", **dict.fromkeys([*pat.ENTRIES[slug]][1:]))
        page.goto(f"{pat.address(slug)}{pat.KEY}/")
        look(page, f"an entry of {slug} filled in")
        page.goto(pat.address(slug))
        look(page, f"{slug} with two entries")
        page.goto(f"{pat.address(slug)}{pat.KEY}/remove/")
        look(page, f"removing from {slug}")


@pytest.mark.parametrize("kind", PAGES)
def test_the_help_of_each_kind(page, client, look, kind):
    slug, told, _said = PAGES[kind]
    pat.begin(client)
    pat.save(client, "consent")
    pat.save(client, "contact")
    bring_up(client, slug)
    take_over(page, client, pat.save(client, slug, **told).url)
    assert page.get_by_role("button", name="Stop here for now").count() == 1
    for fold in page.locator("summary").all():
        fold.click()
    look(page, f"help: {kind}")


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
    page.goto("/intake/later/emergency/")
    look(page, "part two")
    fill_in(page, {"about-emergency_phone": "555"})
    press(page, "Send")
    look(page, "part two with an error")
    for rest in ("insurance", "times"):
        page.goto(f"/intake/later/{rest}/")
        look(page, f"part two: {rest}")
    page.goto("/intake/done/")
    press(page, "See and print all my answers")
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
    page.evaluate("document.querySelectorAll('#content details').forEach(each => { each.open = true; })")
    look(page, "referral")
    for action in ("route", "close", "note"):
        page.goto(f"/admin/treatments/referral/{mine.pk}/{action}/")
        look(page, action)
        click(page.locator("input[type=submit].default"))
        look(page, f"{action} with an error")
    page.goto("/admin/treatments/alert/")
    look(page, "alerts")
    click(page.locator("#result_list a").first)
    look(page, "alert")


def test_a_consult_queue(page, clinic, cast, look):
    accepted = clinic.consult("accepted")
    clinic.consult("waiting", **{"health.seizure_ever": "yes"})
    sign_in(page, cast.tess)
    page.goto("/admin/treatments/tmsconsult/")
    look(page, "queue")
    click(page.locator("#result_list a").first)
    look(page, "consult")
    page.goto(f"/admin/treatments/tmsconsult/{accepted.pk}/")
    for action in ("book", "return"):
        follow(page, {"book": "Book a visit", "return": "Return to the coordinators"}[action])
        look(page, action)
        page.go_back()
