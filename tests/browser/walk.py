"""How people go through the pages in a browser: by the labels, links and buttons that they see."""

import re

from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.intake import pat
from tests.intake.pat import Posted
from tests.intake.screen import controls

PASSWORD = "correct horse battery"
STORY: dict[str, Posted] = {**pat.PAGES, **pat.MORE_PAGES}
"""What Pat answers where as much as possible is asked: page -> answers."""
for _earlier, _changes in pat.BRINGS_UP.values():
    if _earlier != "name" or "for" not in _changes:  # that is a button, on the start page too
        STORY[_earlier] = {**STORY[_earlier], **_changes}
for _slug, (_opening, _under) in pat.FOLLOW_UPS.items():
    STORY[_slug] = {**STORY[_slug], **_opening, **_under}
# Whoever helps is asked for their number again beside the person's own.
STORY["contact"] = {**STORY["contact"], "about-filled_by_phone": STORY["helper"]["about-filled_by_phone"]}
FOR_MYSELF, FOR_SOMEONE_ELSE = "Start, for myself", "Start, for someone else"


def here(page: Page) -> str:
    """The part of the address that names the page: ``mood`` for ``/intake/mood/``."""
    return re.split("[?#]", page.url)[0].rstrip("/").rpartition("/")[2]


CHOSEN = "[...document.querySelectorAll('[type=radio], [type=checkbox]')].map(each => each.name)"


def fill_in(page: Page, told: Posted) -> None:
    """Fill in the open page: choose, tick and type what ``told`` says."""
    page.wait_for_load_state("domcontentloaded")
    chosen = page.evaluate(CHOSEN)
    page.evaluate("document.querySelectorAll('form details').forEach(each => { each.open = true })")
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            if name in chosen:
                page.locator(f'[name="{name}"][value="{each}"], [name="{name}"]:not([value])').check()
            else:
                page.locator(f'[name="{name}"]').fill(each)


def unfolded(page: Page, told: Posted) -> Posted:
    """What of ``told`` can be filled in, with every fold of the form open: no side effects but as the reason."""
    for fold in page.locator("form details:not([open]) > summary").all():
        fold.click()
    return {name: value for name, value in told.items() if value and name != "side_effects"}


def press(page: Page, words: str) -> None:
    click(page.get_by_role("button", name=words, exact=True))


def follow(page: Page, words: str) -> None:
    link = page.locator("a", has_text=re.compile(f"^\\s*{re.escape(words)}\\s*$")).first
    for fold in link.locator("xpath=ancestor::details[not(@open)]").all():
        fold.locator("> summary").click()
    click(link)


def click(what: Locator) -> None:
    """Click, and be on the page that this opens: a click alone ends while the new page is still empty."""
    what.click()
    what.page.wait_for_load_state("domcontentloaded")


def save(page: Page, told: Posted) -> None:
    """Fill in the page and go on."""
    fill_in(page, told)
    press(page, "Save and continue")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def begin(page: Page, words: str = FOR_MYSELF) -> None:
    """Pat opens the form's first page. ``STORY`` begins with somebody else."""
    page.goto("/")
    press(page, words)
    page.wait_for_load_state()


def go_on(page: Page) -> None:
    """From the list of all parts to the page where Pat stopped; after the last one to the check."""
    heading(page, "Welcome back")
    page.wait_for_load_state()
    stopped = page.locator(".clinic-stopped").get_by_role("link")
    if stopped.count():
        click(stopped)
    else:
        press(page, "Check and send")
    page.wait_for_load_state()


def place(page: Page) -> tuple[str, str]:
    """The name of a page of questions, and what of it is open: "help", "more", the key of an entry, or ""."""
    slug, more, second = re.search(r"/intake/([-\w]+)/(?:(\w+)/)?(more)?", page.url).groups()
    return slug, second or more or ""


def holds(page: Page) -> dict[str, list[str]]:
    """What the open page's form holds: name -> what is typed, chosen and ticked; nothing for blank."""
    return {name: values for name, values in controls(page.content()).items() if any(values)}


def as_held(told: Posted) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in told.items() if value}


def told_on(page: Page) -> tuple[Posted, str]:
    """What Pat says on the open page, and the button pressed then. Each list gets one entry."""
    slug, more = place(page)
    if more == "help":
        return {}, "Save and go on"
    if more:
        told = pat.MEDICINE_MORE if more == "more" else pat.ENTRIES[slug]
        return unfolded(page, told), "Continue"
    listed = page.get_by_role("link", name="Change").count()
    if slug in pat.ENTRIES and not listed:
        return pat.FIRST_ENTRIES[slug], "Save and continue"
    if listed:
        return {}, "That is all: continue" if slug == "medicines-tried" else "Continue"
    return STORY[slug], "Save and continue"


def answer(page: Page) -> None:
    """Answer the open page, whichever it is, and go on."""
    told, button = told_on(page)
    fill_in(page, told)
    press(page, button)
    page.wait_for_load_state()


def reference_on(page: Page) -> str:
    """The reference number, from the page after sending."""
    heading(page, "Your form is sent")
    return re.search(r"\b\w{4}-\w{4}\b", page.locator(".govuk-panel").inner_text()).group()


def sign_in(page: Page, person: User) -> None:
    """One of the cast signs in to the clinic's side."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
