"""Forced colors, reduced motion and dark mode (zoom: see axe.py); errors that lead to their fields; text of every kind."""

import pytest
from playwright.sync_api import Page, expect

from intake.fields.characters import seen
from intake.models import Submission
from tests.browser.axe import take_over
from tests.browser.walk import fill_in, here, press, save
from tests.intake import pat
from tests.intake.pat import KEY, PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = {
    "dark": {"color_scheme": "dark"},
    "forced colors": {"forced_colors": "active"},
    "reduced motion": {"reduced_motion": "reduce"},
}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNSEEN = """() => {
    const at = document.activeElement;
    const plain = document.createElement(at.tagName);
    const label = at.labels && at.labels[0];
    const marked = each => {
        const style = getComputedStyle(each);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
    };
    return marked(at) || (label && marked(label)) ? "" : at.outerHTML.slice(0, 120);
}"""


def sized(page: Page, width: int, height: int = 512) -> Page:
    page.set_viewport_size({"width": width, "height": height})
    return page


def begin(page: Page) -> None:
    page.goto("/")
    press(page, "Start, for myself")


FEW = ("/", "/intake/", address("mood"), address("name"))
# A page of each kind, of a form with a name that is unclear and a medicine that is still taken.
MANY = (
    *FEW,
    *(f"/intake/medicines-tried/{part}" for part in ("memory/", "names/", f"{KEY}/", f"{KEY}/more/", "")),
    *map(address, ("contact", "brain", "medicines-now", "allergies", "conditions")),
    "/intake/check/",
    "/intake/later/",
)
SENT = ("/intake/done/", "/intake/later/emergency/", "/intake/later/insurance/", "/intake/later/times/")


def fits_and_shows_the_focus(page: Page, path: str) -> None:
    page.goto(path)
    assert page.url.endswith(path)
    assert page.evaluate(TOO_WIDE) <= 0, path
    for _stop in range(14):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # past the last one
            break
        assert page.evaluate(UNSEEN) == "", path


@pytest.mark.parametrize("mode", MODES)
def test_in_every_mode_nothing_scrolls_sideways_and_the_focus_is_seen(open_page, client, mode: str) -> None:
    page = sized(open_page(**MODES[mode]), 320)
    pat.fill(client, medicines_tried={"instead": "", "drug-1": "simbalta"})
    pat.add(client, "medicines-tried", when_taken="still")
    take_over(page, client, "/")
    for path in MANY if mode == "forced colors" else FEW:
        fits_and_shows_the_focus(page, path)
    if mode == "forced colors":
        pat.send(client)
        for path in SENT:
            fits_and_shows_the_focus(page, path)


def test_nothing_moves_where_motion_is_unwanted(open_page) -> None:
    page = open_page(reduced_motion="reduce")
    begin(page)
    page.goto(address("mood"))
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(each => {
            const style = getComputedStyle(each);
            return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none"
                || style.scrollBehavior === "smooth";
        }).length"""
    )
    assert moving == 0


def test_a_chosen_answer_can_be_told_apart_in_forced_colors(open_page) -> None:
    page = open_page(forced_colors="active")
    begin(page)
    page.goto(address("mood"))
    chosen, other = page.locator("[name=mood-phq9-0]").nth(1), page.locator("[name=mood-phq9-0]").nth(2)
    chosen.check()
    width = "each => getComputedStyle(each.labels[0]).borderTopWidth"
    assert chosen.evaluate(width) != other.evaluate(width)


# --- Errors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_an_error_is_said_in_the_title_takes_the_focus_and_leads_to_its_field(open_page, javascript) -> None:
    page = open_page(java_script_enabled=javascript)
    begin(page)
    page.goto(address("name"))
    told = {**PAGES["name"], "about-last_name": "", "about-date_of_birth_year": "24"}
    save(page, told)
    expect(page).to_have_title("Error: About you - Northside Depression Clinic")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    for link, name in zip(
        summary.get_by_role("link").all(), ("about-last_name", "about-date_of_birth_year"), strict=True
    ):
        link.click()
        field = page.locator(f"[name={name}]")
        expect(field).to_be_focused()
        expect(field).to_be_in_viewport()
    expect(page.locator("[name=about-first_name]")).to_have_value("Pat")
    expect(page.locator("[name=about-date_of_birth_year]")).to_have_value("24")


def test_an_error_in_a_group_of_answers_leads_to_its_first_one(page: Page) -> None:
    begin(page)
    page.goto(address("mood"))
    press(page, "Save and continue")
    page.locator("#error-summary").get_by_role("link").nth(3).click()
    expect(page.locator("[name=mood-phq9-3]").first).to_be_focused()


# --- Text ----------------------------------------------------------------------------------------

TEXTS = {
    "very long": "a very long story with no end. " * 300,
    "one long word": "Donaudampfschifffahrtsgesellschaft" * 12,
    "emoji": "I feel 😞 today 👩‍👩‍👧, tomorrow 🙂?",
    "right to left": "אני רוצה לישון טוב יותר. أريد أن أنام.",
    "markup": "<b>bold</b> & <script>alert(1)</script> \"quoted\" 'too'",
    "lines": "First line.\n\n\tSecond line.",
}


def test_text_of_any_kind_is_kept_as_typed_and_fits_the_page(open_page) -> None:
    page = sized(open_page(), 320)
    begin(page)
    for kind, typed in TEXTS.items():
        page.goto(address("reason"))
        save(page, {**PAGES["reason"], "reason-goals": typed})
        assert here(page) == "mood", kind
        page.goto(address("reason"))
        expect(page.locator("[name=reason-goals]"), kind).to_have_value(typed)
        page.goto("/intake/check/")
        assert page.evaluate(TOO_WIDE) <= 0, kind
        kept = Submission.objects.get().answers["reason"]["goals"]
        assert kept.replace("\r\n", "\n") == typed, kind


def test_a_long_name_of_a_medicine_fits_the_page_at_400_percent(open_page) -> None:
    page = sized(open_page(), 320)
    begin(page)
    page.goto(f"{address('medicines-tried')}{KEY}/")
    page.wait_for_load_state("networkidle")
    fill_in(page, {"drug": TEXTS["one long word"], "dose_mg": "150", "when_taken": "before"})
    press(page, "Continue")
    assert page.evaluate(TOO_WIDE) <= 0


PASTED = (
    "(212) 555-0142",
    "+1 212.555.0142",
    "\u202d212‑555‑0142\u202c",
    " 212 555 0142 ext. 7 ",
    "٢١٢٥٥٥٠١٤٢",
)


def test_a_pasted_phone_number_is_fine_however_it_is_written(page: Page) -> None:
    begin(page)
    for number in PASTED:
        page.goto(address("contact"))
        save(page, {**PAGES["contact"], "about-phone": number})
        assert here(page) == "reason", number
        page.goto(address("contact"))
        expect(page.locator("[name=about-phone]"), number).to_have_value(seen(number))


def test_letters_instead_of_a_phone_number_are_asked_about_and_kept(page: Page) -> None:
    begin(page)
    page.goto(address("contact"))
    save(page, {**PAGES["contact"], "about-phone": "ask Jo"})
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("[name=about-phone]")).to_have_value("ask Jo")
