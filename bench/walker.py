"""An invented person who goes through the intake in Chromium, and all that it takes of them: counted, page by page.

A page is a load of the main frame, a tap a click on a control, a key a key pressed, a screen 844 pixels of a page's
height. Words count once: those of the lines of ``main`` not read before, closed folds left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

SCREEN = 844
# The buttons that lead on.
ON = ("Save and continue", "Continue", "That is all: continue", "Save and go on", "Send my form")
GROUPS = """[...document.querySelectorAll('main form input, main form textarea, main form select')]
    .filter(each => !['hidden', 'submit', 'button'].includes(each.type))
    .filter(each => each.getClientRects().length || each.closest('.govuk-radios__item, .govuk-checkboxes__item')
        ?.getClientRects().length)
    .map(each => [each.name, each.type, each.value])"""
AT = """() => { const at = document.activeElement;
    return at ? [at.name || '', at.type || '', at.value || '', (at.innerText || '').trim(), at.id || ''] : ['', '', '', '', '']}"""
Told = dict[str, Any]


@dataclass
class Counts:
    """What a walk takes. ``errors`` are pages whose title begins with "Error:", ``helps`` full pages of help."""

    pages: int = 0
    questions: int = 0
    taps: int = 0
    keys: int = 0
    words: int = 0
    height: int = 0
    errors: int = 0
    helps: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def screens(self) -> float:
        return self.height / SCREEN

    def minutes(self, *, words_a_minute: int, share: float, tap: float, key: float, page: float, more: float):
        """Reading, touching, waiting, and ``more`` minutes of looking things up and thinking."""
        reading = self.words * share / words_a_minute
        return reading + (tap * self.taps + key * self.keys + page * self.pages) / 60 + more


class Lost(Exception):
    """The person stands before a page that their story does not answer."""


def _known_as(name: str, told: Told) -> str:
    """What the story calls the control ``name``: a key drawn by lot at its end is a star there; "" for nothing."""
    kind = f"{name.rpartition('-')[0]}-*"
    return name if name in told else kind if kind in told else ""


class Walker:
    """``told`` is what they answer by the names of the controls; ``entries`` by what the page is headed with.

    ``leaves`` names pages after which the person saves, goes, and comes back by code.
    """

    def __init__(self, page: Page, story: Told, *, keyboard: bool = False):
        self.page, self.story, self.keyboard = page, story, keyboard
        self.counts = Counts()
        self.trail: list[str] = []
        self.words: list[tuple[str, int]] = []
        self.asked: set[str] = set()
        self.left = list(story.get("leaves", []))
        page.on("domcontentloaded", lambda _page: self._loaded())

    def _loaded(self) -> None:
        self.counts.pages += 1

    # What is read.
    def arrive(self) -> None:
        """Read the page that just came."""
        self.page.wait_for_load_state("load")
        self.trail.append(self.slug)
        before = self.counts.words
        if self.page.title().startswith("Error:"):
            self.counts.errors += 1
        if "/help/" in self.page.url:
            self.counts.helps += 1
        self.counts.height += self.page.evaluate("document.documentElement.scrollHeight")
        self.read()
        self.words.append((self.slug, self.counts.words - before))

    def read(self) -> None:
        for line in self.page.locator("main").inner_text().split("\n"):
            if (words := line.strip()) and words not in self.counts.seen:
                self.counts.seen.add(words)
                self.counts.words += len(words.split())

    @property
    def slug(self) -> str:
        """The address without its first and last slash and without keys of entries."""
        path = re.sub(r"[?#].*$", "", self.page.url)
        path = re.sub(r"^https?://[^/]+/(intake/)?|/$", "", path)
        return re.sub(r"/[0-9a-f]{6,}(?=/|$)", "/KEY", path)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text().strip()

    # What is done.
    def tap(self, what: Locator) -> None:
        self.counts.taps += 1
        what.click()

    def press(self, key: str) -> None:
        self.counts.keys += 1
        self.page.keyboard.press(key)

    def go_to(self, found: Callable[[list[str]], bool]) -> None:
        """By Tab to where the focus is ``found``."""
        for _ in range(120):
            if found(self.page.evaluate(AT)):
                return
            self.press("Tab")
        raise Lost(f"No key reaches it on {self.slug}")

    def write(self, name: str, words: str) -> None:
        if self.keyboard:
            self.go_to(lambda at: at[0] == name)
        else:
            self.tap(self.page.locator(f'main form [name="{name}"]'))
        box = self.page.locator(f'main form [name="{name}"]')
        if box.input_value() == words:
            return
        if box.input_value():
            self.press("Control+a")
        for letter in words:
            self.press("Enter" if letter == "\n" else letter if letter != " " else "Space")
        self.page.keyboard.press("Escape")  # closes suggestions, which nobody has to

    def choose(self, name: str, value: str) -> None:
        """A radio or a tick."""
        control = self.page.locator(
            f'main form [name="{name}"][value="{value}"], main form [name="{name}"]:not([value])'
        )
        if control.is_checked():
            return
        if not self.keyboard:
            self.tap(self.page.locator(f'label[for="{control.get_attribute("id")}"]'))
        elif control.get_attribute("type") == "checkbox":
            self.go_to(lambda at: at[0] == name and at[2] == value)
            self.press("Space")
        else:
            self.go_to(lambda at: at[0] == name)
            if self.page.evaluate(AT)[2] == value:
                self.press("Space")
            for _ in range(12):
                if control.is_checked():
                    return
                self.press("ArrowDown")
        if not control.is_checked():
            raise Lost(f"{name} takes no {value}")

    def button(self, words: str) -> None:
        found = self.page.get_by_role("button", name=words, exact=True)
        found = found if found.count() else self.page.get_by_role("link", name=words, exact=True)
        if self.keyboard:
            self.go_to(lambda at: at[3] == words or (at[1] == "submit" and at[2] == words))
            with self.page.expect_event("domcontentloaded"):
                self.press("Enter")
        else:
            with self.page.expect_event("domcontentloaded"):
                self.tap(found.first)
        self.arrive()

    def skip(self) -> None:
        """The link that leads past what stands around a page; from then on pages open behind it."""
        if self.keyboard:
            self.press("Tab")
            if self.page.evaluate(AT)[3] == "Skip to main content":
                self.press("Enter")

    # What is answered.
    def shown(self) -> Iterator[tuple[str, str, str]]:
        yield from self.page.evaluate(GROUPS)

    def answers_here(self) -> Told:
        """What the story says on this page: what stands under its heading or address first."""
        pages = self.story.get("pages", {})
        return {
            **self.story["answers"],
            **pages.get(self.slug, {}),
            **pages.get(self.heading, {}),
            **pages.get(f"{self.slug} {self.trail.count(self.slug)}", {}),
        }

    def fill_in(self) -> None:
        """Answer all that is asked here and stands in the story; follow-ups that open are answered too."""
        told, done = self.answers_here(), set[str]()
        while waiting := [
            (name, kind) for name, kind, _value in self.shown() if _known_as(name, told) and name not in done
        ]:
            name = waiting[0][0]
            done.add(name)
            kinds = {kind for each, kind in waiting if each == name}
            self.asked.add(f"{self.slug} {name}")
            if kinds <= {"radio", "checkbox"}:
                said = told[_known_as(name, told)]
                for value in said if isinstance(said, list) else [said]:
                    self.choose(name, value)
            else:
                self.write(name, told[_known_as(name, told)])
        self.read()

    def on(self) -> None:
        """The button that leads on from here."""
        wished = self.answers_here().get("button")
        for words in [wished] if wished else ON:
            if self.page.get_by_role("button", name=words, exact=True).count():
                self.button(words)
                return
        raise Lost(f"No button leads on from {self.slug}")

    def walk(self, start: str) -> Counts:
        """From the front page to the page after sending."""
        self.page.goto("/")
        self.arrive()
        self.button(start)
        for _ in range(200):
            if self.slug == "done":
                self.counts.questions = len(self.asked)
                return self.counts
            before = self.slug, self.heading, len(list(self.shown()))
            self.skip()
            if not self.page.title().startswith("Error:"):  # what was read stands there: it is right
                self.fill_in()
            if self.left and self.slug == self.left[0]:
                self.leave_and_return(self.left.pop(0))
                continue
            self.on()
            now = self.slug, self.heading, len(list(self.shown()))
            if now == before and not self.page.title().startswith("Error:"):
                raise Lost(f"{self.slug} leads nowhere")
        raise Lost("The form has no end")

    def leave_and_return(self, slug: str) -> None:
        """Save and leave, take a code, close the browser, and come back by it another day."""
        self.button(self.story["words"]["leave"])
        if self.slug.endswith("/help"):
            self.on()
        self.button(self.story["words"]["code"])
        code = re.search(self.story["words"]["code_is"], self.page.locator("main").inner_text())
        if code is None:
            raise Lost(f"No code after {slug}")
        self.page.context.clear_cookies()
        self.page.goto("/come-back/")
        self.arrive()
        self.write("code", code[0])
        for name, value in self.story["birth"].items():
            self.write(name, value)
        self.button("Open my form")
        going_on = self.page.locator(".clinic-stopped").get_by_role("link")
        with self.page.expect_event("domcontentloaded"):
            self.tap(going_on.first)
        self.arrive()
