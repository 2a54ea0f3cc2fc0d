"""Somebody at the desk in a browser, and all that it takes of them: clicks, pages opened, words to be seen, typing.

A click is one on a link, a button, a fold, a tick or a choice; choosing in a list is one, its letters are typed. Words
are what stands on the screen of a page as it opens, marks and figures included; closed folds and what only a screen
reader says are left out. Typing is counted apart, in letters.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from playwright.sync_api import Locator, Page, expect

DESK = {"width": 1280, "height": 900}
# Words of elements as they are seen: ``innerText`` knows of closed folds and of what is not shown at all. It also has
# what only a screen reader says, and of a list every choice, where one is seen.
WORDS = """where => {
    const words = text => (text || '').split(/\\s+/).filter(Boolean).length;
    const within = (element, kind) => [...element.querySelectorAll(kind)].filter(each => each.checkVisibility());
    const sum = numbers => numbers.reduce((all, each) => all + each, 0);
    const seen = element => words(element.innerText)
        - sum(within(element, '.visually-hidden').map(each => words(each.innerText)))
        - sum(within(element, 'select').map(each => words(each.innerText) - words(each.selectedOptions[0]?.text)));
    return where.map(one => sum([...document.querySelectorAll(one)].filter(each => each.checkVisibility()).map(seen)));
}"""
PAGE = "main"
# What is read of a plain case before it is routed.
PARTS = {
    "header": ".person-head",
    "summary": ".summary",
    "Now": ".now",
    "safety": ".place-main > section:nth-of-type(1)",
    "findings": ".place-main > section:nth-of-type(2)",
}


@dataclass
class Takes:
    """What some work takes; ``letters`` are typed."""

    clicks: int = 0
    pages: int = 0
    words: int = 0
    letters: int = 0

    def __sub__(self, before: "Takes") -> "Takes":
        return Takes(*(getattr(self, each.name) - getattr(before, each.name) for each in fields(self)))

    def copy(self) -> "Takes":
        return self - Takes()


class CountedDesk:
    """One of the staff at a desk: every page is reached by a click on what they see."""

    def __init__(self, page: Page, who: str):
        self.page, self.who, self.takes = page, who, Takes()
        page.set_viewport_size(DESK)

    def sign_in(self, password: str) -> None:
        """To the home page; this is not counted."""
        self.page.goto("/admin/")
        self.page.get_by_label("Username").fill(self.who)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("button", name="Log out")).to_be_visible()

    @contextmanager
    def counted(self) -> Iterator[Takes]:
        """What is done within, once it is done."""
        before, found = self.takes.copy(), Takes()
        yield found
        vars(found).update(vars(self.takes - before))

    # --- What the hand does ----------------------------------------------------------------------------------------

    def click(self, what: Locator) -> None:
        """On something of this page, in whichever fold it stands."""
        for fold in what.locator("xpath=ancestor::details[not(@open)]/summary").all():
            self._press(fold)
        self._press(what)

    def go(self, what: Locator) -> None:
        """On what opens another page, which is then read."""
        self.click(what)
        self.page.wait_for_load_state("domcontentloaded")
        self.takes.pages += 1
        (words,) = self.words(PAGE)
        self.takes.words += words

    def _press(self, what: Locator) -> None:
        what.click()
        self.takes.clicks += 1

    def link(self, words: str) -> None:
        self.go(self.page.locator("#content-start ~ * a, main a").filter(has_text=_whole(words)).first)

    def button(self, words: str) -> None:
        self.go(self.page.get_by_role("button", name=words, exact=True))

    def choose(self, name: str, *values: str) -> None:
        """Radios or ticks."""
        for value in values:
            self.click(self.page.locator(f'[name="{name}"][value="{value}"]'))

    def tick(self, name: str) -> None:
        self.click(self.page.locator(f'[type=checkbox][name="{name}"]'))

    def pick(self, name: str, words: str) -> None:
        """In a list that opens: by a click on it and the first letters."""
        box = self.page.locator(f'select[name="{name}"]')
        self._press(box)
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        self.takes.letters += len(words)
        expect(box.locator("option:checked")).to_contain_text(words)

    def type(self, **told: str) -> None:
        for name, words in told.items():
            self.page.locator(f'main [name="{name}"]').fill(words)
            self.takes.letters += len(words)

    # --- What the eye meets ----------------------------------------------------------------------------------------

    def words(self, *where: str) -> list[int]:
        return self.page.evaluate(WORDS, list(where))

    def read_plain(self) -> dict[str, int]:
        """The words of what a plain case is routed by, part by part."""
        return dict(zip(PARTS, self.words(*PARTS.values()), strict=True))


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}\s*$")
