"""How people go through the pages in a browser: by the labels, links and buttons that they see."""

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.intake.pat import Posted

PASSWORD = "correct horse battery"


def here(page: Page) -> str:
    """The part of the address that names the page: ``mood`` for ``/intake/mood/``."""
    return page.url.split("?")[0].rstrip("/").rpartition("/")[2]


def fill_in(page: Page, told: Posted) -> None:
    """Fill in the open page: choose, tick and type what ``told`` says."""
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            field = page.locator(f'[name="{name}"]')
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                page.locator(f'[name="{name}"][value="{each}"], [name="{name}"]:not([value])').check()
            else:
                field.fill(each)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).first.click()


def save(page: Page, told: Posted) -> None:
    """Fill in the page and go on."""
    fill_in(page, told)
    press(page, "Save and continue")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def sign_in(page: Page, person: User) -> None:
    """One of the cast signs in to the clinic's side."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    expect(page.get_by_text("Welcome,")).to_be_visible()
