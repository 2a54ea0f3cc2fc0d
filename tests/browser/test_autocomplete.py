"""Drug names are offered while one is typed; what stands in the box is what is sent, offered or not."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from intake.drugs import suggest
from intake.models import Submission
from tests.browser.walk import follow, press
from tests.intake.pat import KEY, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LISTS = {"medicines-tried": ("antidepressants", "trials"), "medicines-now": ("medicines", "list")}
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


def name_box(page: Page, slug: str = "medicines-tried") -> Locator:
    """The box for the name on a new medicine's page, with the names at hand."""
    page.goto("/")
    press(page, "Start, for myself")
    page.goto(f"{address(slug)}{KEY}/")
    page.wait_for_load_state("networkidle")
    return page.get_by_role("combobox", name="Name of the medicine")


def offered(page: Page) -> list[str]:
    return page.get_by_role("option").all_inner_texts()


def saved(slug: str = "medicines-tried") -> str:
    """The name of the only medicine, as it was stored."""
    section, key = LISTS[slug]
    (entry,) = Submission.objects.get().answers[section][key]
    return entry["drug"]


@pytest.mark.parametrize("slug", LISTS)
def test_by_keyboard_alone_a_name_is_typed_offered_taken_and_sent(page: Page, slug: str) -> None:
    box = name_box(page, slug)
    box.focus()
    page.keyboard.type("zol")
    expect(page.get_by_role("option").first).to_have_text("sertraline (Zoloft)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("sertraline (Zoloft)")
    expect(box).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")  # in the box, Enter sends the page
    expect(page.get_by_role("heading", name="sertraline (Zoloft)")).to_be_visible()
    assert saved(slug) == "sertraline (Zoloft)"


def test_a_name_that_is_not_in_the_list_is_kept_as_typed(page: Page) -> None:
    box = name_box(page)
    box.focus()
    page.keyboard.type("the blue Zolpill 50mg")
    page.keyboard.press("Tab")
    expect(box).to_have_value("the blue Zolpill 50mg")
    page.get_by_label("Only before this depression").check()
    press(page, "Continue")
    expect(page.get_by_role("heading", name="the blue Zolpill 50mg")).to_be_visible()
    assert saved() == "the blue Zolpill 50mg"


def test_a_beginning_is_kept_as_typed_while_names_are_offered(page: Page) -> None:
    box = name_box(page)
    box.focus()
    page.keyboard.type("zol")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")  # looked at, not taken
    expect(box).to_have_value("zol")
    box.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="zol, during this depression", exact=True)).to_be_visible()
    assert saved() == "zol"


def test_escape_closes_the_names_and_keeps_what_was_typed(page: Page) -> None:
    box = name_box(page)
    box.focus()
    page.keyboard.type("prozac")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("prozac")


def test_a_name_is_taken_by_touch(open_page) -> None:
    page = open_page(has_touch=True, is_mobile=True)
    box = name_box(page)
    box.tap()
    page.keyboard.type("well")
    page.get_by_role("option", name="bupropion (Wellbutrin)").tap()
    expect(box).to_have_value("bupropion (Wellbutrin)")


@pytest.mark.parametrize(
    "typed", ["zol", "Pro", "ef xr", "effexor-", "st john", "vit", "z0l", "lith", "énc", "q"]
)
def test_the_browser_offers_what_the_drug_table_says(page: Page, typed: str) -> None:
    box = name_box(page)
    box.press_sequentially(typed)
    wanted = [label for label, _generic in suggest(typed)]
    expect(page.get_by_role("option")).to_have_count(len(wanted))
    assert offered(page) == wanted


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("simbalt", "Cymbalta (duloxetine)"),
        ("prosak", "Prozac (fluoxetine)"),
        ("setralin", "sertraline (Zoloft)"),
    ],
)
def test_a_near_name_is_offered_with_keeping_what_was_written(page: Page, typed: str, meant: str) -> None:
    box = name_box(page)
    box.press_sequentially(typed)
    expect(page.get_by_role("option")).to_have_count(2)
    assert offered(page) == [f"Did you mean {meant}?", f"Keep “{typed}” as I wrote it"]
    expect(box).to_have_value(typed)
    page.get_by_role("option").nth(1).click()
    expect(box).to_have_value(typed)
    box.press("End")
    box.press_sequentially("q")
    box.press("Backspace")
    page.get_by_role("option").first.click()
    expect(box).to_have_value(meant)
    press(page, "Continue")
    assert saved() == meant


@pytest.mark.parametrize(
    "typed", ["qwertyzol", "lanolin", "dapoxetine", "trimeprazine", "the blue one", "simb"]
)
def test_what_comes_near_to_nothing_is_offered_nothing(page: Page, typed: str) -> None:
    box = name_box(page)
    box.press_sequentially(typed)
    page.wait_for_timeout(200)
    expect(page.get_by_role("option")).to_have_count(0)


def test_nothing_typed_leaves_the_page_before_it_is_sent(page: Page) -> None:
    box = name_box(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    box.press_sequentially("sertraline")
    expect(page.get_by_role("option").first).to_be_visible()
    assert asked == []


def test_the_box_says_what_it_is_to_a_screen_reader(page: Page) -> None:
    box = name_box(page)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    described = page.locator(f"#{box.get_attribute('aria-describedby')}").text_content()
    assert described.startswith("For example, sertraline or Zoloft.")
    assert "or type your own words" in described
    box.press_sequentially("zol")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Name of the medicine")).to_be_visible()
    # Its hint stays with the box while something stands in it.
    described = page.locator(f"#{box.get_attribute('aria-describedby')}").text_content()
    assert described.startswith("For example, sertraline or Zoloft.")
    assert (box.get_attribute("autocorrect"), box.get_attribute("spellcheck")) == ("off", "false")
    status = page.locator("[role=status]")
    expect(status.filter(has_text="names to choose from.")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_list_has_no_axe_violation_and_fits_a_small_phone(open_page, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    name_box(page).press_sequentially("pro")
    expect(page.get_by_role("option")).to_have_count(5)
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE)
    found = page.evaluate(
        "async () => (await axe.run()).violations.flatMap(each => each.nodes.map(at => [each.id, at.html]))"
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert all(option.bounding_box()["height"] >= 44 for option in page.get_by_role("option").all())


def test_an_empty_name_is_refused_and_the_summary_leads_to_the_box(page: Page) -> None:
    box = name_box(page)
    press(page, "Continue")
    expect(page.locator("#error-summary")).to_be_focused()
    page.wait_for_load_state("networkidle")
    page.locator("#error-summary a").first.click()
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    said = page.locator(f"#{box.get_attribute('aria-describedby')}").text_content()
    assert "Medicine: write its name" in said


def test_a_saved_name_stands_in_the_box_again_and_offers_nothing(page: Page) -> None:
    box = name_box(page)
    box.fill("Zoloft")
    page.get_by_label("Only before this depression").check()
    press(page, "Continue")
    follow(page, "Change Zoloft (sertraline)")
    page.get_by_text("Change the name").click()
    page.wait_for_load_state("networkidle")
    expect(box).to_have_value("Zoloft")
    box.focus()
    page.wait_for_timeout(200)
    expect(page.get_by_role("option")).to_have_count(0)


def test_an_iphone_breaks_no_rule_of_the_security_policy_either(open_page) -> None:
    page = open_page(user_agent=IPHONE)
    box = name_box(page)
    box.press_sequentially("zol")
    expect(page.get_by_role("option").first).to_contain_text("sertraline (Zoloft)")
    assert page.locator("[role=option] span").first.bounding_box()["width"] <= 1


def test_without_javascript_it_is_an_ordinary_box(open_page) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    press(page, "Start, for myself")
    page.goto(f"{address('medicines-tried')}{KEY}/")
    page.get_by_label("Name of the medicine").fill("zoloft 50")
    press(page, "Continue")
    assert saved() == "zoloft 50"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_near_name_is_asked_about_on_a_phone_with_and_without_javascript(
    open_page, javascript: bool
) -> None:
    page = open_page(java_script_enabled=javascript)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    press(page, "Start, for myself")
    page.goto(f"{address('medicines-tried')}{KEY}/")
    page.locator("input[name=drug]").fill("simbalta")
    page.get_by_label("Only before this depression").check()
    press(page, "Continue")
    yes = page.get_by_label("Yes, Cymbalta (duloxetine)")
    expect(page.get_by_label("No, keep “simbalta”")).to_be_visible()
    expect(yes).not_to_be_checked()
    assert saved() == "simbalta"
    if javascript:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    yes.check()
    press(page, "Save and continue")
    expect(page.get_by_role("heading", name="Cymbalta (duloxetine)")).to_be_visible()
    assert saved() == "Cymbalta (duloxetine)"
