"""All names on one page, on a phone: with and without scripts, and by Enter."""

import os
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from intake.models import Submission
from tests.browser.walk import begin, fill_in, heading, press
from tests.intake.pat import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOW = """() => [...document.querySelectorAll("main input:not([type=hidden]), main button, nav button")]
    .map(each => each.type === "radio" ? each.parentElement : each)
    .filter(each => !each.hasAttribute("aria-hidden") && each.getBoundingClientRect().height < 44)
    .map(each => each.outerHTML)"""


def shoot(page: Page, name: str) -> None:
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def opened(page: Page) -> Page:
    begin(page)
    page.goto(address("medicines-tried"))
    page.wait_for_load_state("networkidle")
    heading(page, "Which medicines have you ever taken for depression?")
    return page


def box(page: Page, number: int) -> Locator:
    return page.locator(f"input[name=drug-{number}]")


def drugs() -> list[str]:
    answers = Submission.objects.get().answers
    return [entry["drug"] for entry in answers.get("antidepressants", {}).get("trials", [])]


@pytest.mark.parametrize("scripts", [True, False])
def test_names_are_typed_more_boxes_added_and_each_medicine_follows(open_page, scripts: bool) -> None:
    page = opened(open_page(java_script_enabled=scripts))
    shoot(page, f"names-{scripts}")
    box(page, 1).fill("Zoloft")
    box(page, 3).fill("the yellow one")
    press(page, "Add more boxes")
    expect(box(page, 1)).to_have_value("Zoloft")
    expect(box(page, 4)).to_be_focused()
    box(page, 6).fill("lithium")
    if scripts:
        assert page.evaluate(TOO_WIDE) <= 0
        assert page.evaluate(LOW) == []
    press(page, "Save and continue")
    assert drugs() == ["Zoloft", "the yellow one", "lithium"]
    for number, name in enumerate(["Zoloft (sertraline)", "the yellow one", "lithium (Lithobid)"], 1):
        heading(page, name)
        expect(page).to_have_title(re.compile(f"^Medicine {number} of 3 "))
        if number == 1:
            shoot(page, f"medicine-{scripts}")
        press(page, "Continue")
        heading(page, f"{name}, during this depression")
        expect(page).to_have_title(re.compile(f"^Medicine {number} of 3, during this depression "))
        press(page, "Continue")
    heading(page, "You told us about 3 medicines")
    expect(page.locator(".clinic-entries h2")).to_have_text(
        ["Zoloft (sertraline)", "“the yellow one”", "lithium (Lithobid)"]
    )
    reveal = page.get_by_label("4 or more")
    expect(reveal).to_be_hidden()
    page.get_by_label("I took others whose names I do not remember").check()
    expect(reveal).to_be_visible()
    shoot(page, f"list-{scripts}")


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_box_goes_on_and_back_saves(open_page, scripts: bool) -> None:
    page = opened(open_page(java_script_enabled=scripts))
    press(page, "Save and continue")
    error = "Medicines: write a name, or choose one of the answers below"
    expect(page.get_by_role("alert").get_by_role("link", name=error)).to_be_visible()
    box(page, 1).fill("Zoloft")
    press(page, "Back")
    assert drugs() == ["Zoloft"] and page.url.endswith(address("highs"))
    page.goto(address("medicines-tried"))
    page.get_by_role("link", name="Change").click()
    page.get_by_role("link", name="Remove this medicine").click()
    press(page, "Yes, remove it")
    box(page, 2).fill("Prozac")
    box(page, 2).press("Enter")
    heading(page, "Prozac (fluoxetine)")
    assert drugs() == ["Prozac"]


def test_each_box_offers_names_as_the_one_box_does(open_page) -> None:
    page = opened(open_page())
    for number, typed, offered in ((1, "zol", "sertraline (Zoloft)"), (3, "cymb", "duloxetine (Cymbalta)")):
        typing = page.get_by_role("combobox", name=f"Medicine {number}")
        typing.press_sequentially(typed)
        choice = page.get_by_role("option", name=offered)
        expect(choice).to_be_visible()
        if number == 1:
            shoot(page, "names-offered")
        choice.click()
        expect(typing).to_have_value(offered)
    press(page, "Save and continue")
    heading(page, "sertraline (Zoloft)")
    assert drugs() == ["sertraline (Zoloft)", "duloxetine (Cymbalta)"]


def test_nothing_to_complain_about_empty_filled_in_and_with_errors(open_page, look) -> None:
    page = opened(open_page())
    box(page, 1).fill("Zoloft")
    page.get_by_label("I never took one").check()
    press(page, "Save and continue")
    look(page, "names beside never")
    shoot(page, "names-error")
    press(page, "Add more boxes")
    look(page, "six boxes")
    page.goto(address("medicines-tried"))
    box(page, 1).fill("Zoloft")
    box(page, 2).fill("simbalta")
    press(page, "Save and continue")
    heading(page, "Are these the right medicines?")
    look(page, "an unclear name")
    page.get_by_label("Yes, Cymbalta (duloxetine)").check()
    press(page, "Save and continue")
    press(page, "Continue")
    heading(page, "Zoloft (sertraline), during this depression")
    look(page, "the second page of a medicine")
    fill_in(page, {"started": "last spring"})
    press(page, "Continue")
    expect(page).to_have_title(re.compile("^Error:"))
    look(page, "the second page of a medicine, with an error")
