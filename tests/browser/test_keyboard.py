"""Pat fills in and sends the form without a mouse: Tab, Space, Enter and the arrow keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import heading, place
from tests.intake.pat import LATER_PAGES, PAGES, Posted

pytestmark = pytest.mark.browser

FOCUS = r"""() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const styles = [at, ...(at.labels || [])].flatMap(e => [getComputedStyle(e), getComputedStyle(e, "::before")]);
    return {
        tag: at.tagName, type: at.type || "", name: at.name || "", value: at.value || "",
        text: at.textContent.replace(/\s+/g, " ").trim(), id: at.id,
        seen: box.bottom > 0 && box.top < innerHeight,
        marked: styles.some(style => style.outlineStyle !== "none" || style.boxShadow !== "none"),
        siblings: at.type === "radio" ? [...document.getElementsByName(at.name)].map(each => each.value) : [],
    };
}"""
MOST_STOPS = 120
ROWS: Posted = {"more": "yes", "drug-1": "lisinopril", "dose-1": "10 mg"}


def focused(page: Page) -> dict:
    return page.evaluate(FOCUS)


def enter(page: Page) -> None:
    """Press Enter on a link or a button that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, tag: str, text: str) -> None:
    """Press Tab until the link or button with these words has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = focused(page)
        if (at["tag"], at["text"]) == (tag, text):
            assert at["seen"] and at["marked"], f"the focus on {text!r} can't be seen"
            return
    raise AssertionError(f"Tab never reaches {text!r}")


def answer(page: Page, told: Posted, button: str = "Save and continue") -> None:
    """Tab through the form, answering what is asked on the way, and press the button."""
    told = {name: value if isinstance(value, list) else [value] for name, value in told.items()}
    answered = set()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = focused(page)
        if at["tag"] == "BUTTON" and at["text"] == button:
            break
        if at["tag"] == "SUMMARY":
            page.keyboard.press("Space")  # what is folded opens, and the next stop is in it
        if at["name"] not in told:
            continue
        assert at["seen"] and at["marked"], f"the focus on {at['name']} can't be seen"
        answered.add(at["name"])
        if at["type"] == "radio":
            choose(page, at, told[at["name"]][0])
        elif at["type"] == "checkbox":
            if at["value"] in (*told[at["name"]], "on"):
                page.keyboard.press("Space")
        else:
            page.keyboard.press("Control+A")
            page.keyboard.type(told[at["name"]][0])
    else:
        raise AssertionError(f"Tab never reaches {button!r}")
    assert answered == set(told)
    enter(page)


def choose(page: Page, at: dict, value: str) -> None:
    """Space takes the first tile; the arrow keys go on from it."""
    page.keyboard.press("Space")
    for _step in range(at["siblings"].index(value) - at["siblings"].index(at["value"])):
        page.keyboard.press("ArrowDown")
    assert focused(page)["value"] == value


def test_pat_fills_in_and_sends_the_form_with_the_keyboard_alone(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "BUTTON", "Start, for myself")
    enter(page)
    heading(page, "Your privacy and your consent")
    for slug, told in PAGES.items():
        assert place(page)[0] == slug
        if slug == "therapies":  # the first is asked at once; nothing of it is remembered
            answer(page, {}, "Continue")
            continue
        if slug == "medicines-tried":
            answer(page, {"drug-1": "simbalta"})
            heading(page, "Are these the right medicines?")
            answer(page, {page.locator("[name^=near-]").first.get_attribute("name"): "yes"})
            told = {"dose_choice": "60", "weeks_choice": "8_25", "when_taken": "stopped"}
            answer(page, told, "Continue")
            answer(page, {"taken_most_days": "yes"}, "Continue")
            tab_to(page, "A", "Change Cymbalta (duloxetine), 60 mg")
            enter(page)
            answer(page, {"weeks_choice": "26_51"}, "Continue")
            answer(page, {}, "Continue")
            answer(page, {}, "That is all: continue")
            continue
        answer(page, ROWS if slug == "medicines-now" else told)
    heading(page, "Check your answers")
    tab_to(page, "BUTTON", "Send my form")
    enter(page)
    heading(page, "Your form is sent")
    tab_to(page, "A", "Someone to call in an emergency")
    enter(page)
    answer(page, LATER_PAGES["emergency"], "Send")
    heading(page, "Your form is sent")


def test_after_an_error_the_focus_is_on_the_summary_and_its_link_leads_to_the_question(page):
    page.goto("/")
    tab_to(page, "BUTTON", "Start, for myself")
    enter(page)
    page.goto("/intake/mood/")
    tab_to(page, "BUTTON", "Save and continue")
    enter(page)
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page)["name"] == "mood-phq9-0"
    page.keyboard.press("Space")
    assert page.locator('[name="mood-phq9-0"][value="0"]').is_checked()
