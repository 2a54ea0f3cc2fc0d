"""Names to tick on a phone: the page has no scripts of its own, and needs none."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_names_page import TOO_WIDE, box, drugs, opened, shoot
from tests.browser.walk import heading, press
from tests.intake.pat import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_names_are_looked_at_ticked_and_followed_by_their_pages(without_javascript) -> None:
    page = opened(without_javascript())
    box(page, 1).fill("sertraline")
    press(page, "Show me names that may help")
    heading(page, "Names that may help you remember")
    expect(page.get_by_label("Zoloft")).to_be_checked()
    page.get_by_label("Wellbutrin").check()
    page.get_by_label("Emsam").check()
    shoot(page, "memory")
    assert page.evaluate(TOO_WIDE) <= 0
    tiles = page.locator(".clinic-memory label")
    assert tiles.count() == 30
    assert tiles.first.bounding_box()["height"] >= 52
    assert tiles.nth(0).bounding_box()["y"] == tiles.nth(1).bounding_box()["y"], "two beside each other"
    press(page, "Back")
    assert page.url.endswith(address("medicines-tried"))
    page.go_back()
    page.reload()
    expect(page.get_by_label("Emsam")).to_be_checked()
    page.get_by_label("Emsam").uncheck()
    press(page, "Save and continue")
    assert drugs() == ["sertraline", "Wellbutrin"]
    for name in ("sertraline (Zoloft)", "Wellbutrin (bupropion)"):
        heading(page, name)
        page.get_by_label("Only before this depression").check()
        press(page, "Continue")
    expect(page.locator(".clinic-entries h2")).to_have_text(["sertraline (Zoloft)", "Wellbutrin (bupropion)"])


def test_nothing_to_complain_about_empty_ticked_and_with_an_error(open_page, look) -> None:
    page = opened(open_page())
    page.get_by_label("I am not sure").check()
    press(page, "Save and continue")
    heading(page, "Names that may help you remember")
    look(page, "names that may help")
    page.get_by_label("Parnate").check()
    page.get_by_label("None of these").check()
    press(page, "Save and continue")
    error = "Names: you ticked “None of these” and a name. Keep one of them"
    expect(page.get_by_role("alert").get_by_role("link", name=error)).to_be_visible()
    look(page, "a name beside none")
