"""A morning at the desk without a mouse: ten people of the demonstration, by Tab, Enter, Space, arrows and typing."""

import io
import re
from itertools import cycle

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.test_keyboard import choose, enter, focused
from tests.conftest import fresh
from treatments.demo import walking
from treatments.models import Referral
from treatments.workflow.risk import PARTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Tab stops to what is wanted on a page, down a form (asking has a box for each question), and for a whole referral.
MOST_STOPS, MOST_IN_A_FORM, MOST_A_REFERRAL = 30, 70, 90

IN_A_ROW = "document.activeElement.matches('#result_list tbody tr:not(.group-head) a')"
ANOTHER = "another"  # the box of one more question, where a patient is asked


class Keyboard:
    """A desk whose page is only ever touched by keys; it counts the Tabs and watches that the focus is seen."""

    def __init__(self, page: Page):
        self.page, self.stops = page, 0
        page.set_viewport_size({"width": 1280, "height": 900})

    def tab(self, key: str = "Tab") -> dict:
        self.page.keyboard.press(key)
        self.stops += 1
        at = focused(self.page)
        assert at["tag"] != "BODY", "the focus is lost"
        assert at["seen"] and at["marked"], f"the focus on {at} can't be seen"
        return at

    def reach(self, words: str, key: str = "Tab") -> None:
        """Tab to the link or button with these words (a pattern)."""
        for _stop in range(MOST_STOPS):
            at = self.tab(key)
            if re.fullmatch(words, at["text"] or at["value"]):
                return
        raise AssertionError(f"{words!r} is not reached within {MOST_STOPS} stops")

    def go(self, words: str) -> None:
        """Tab to it and press Enter: another page."""
        self.reach(words)
        enter(self.page)

    def into_the_page(self) -> None:
        """Past the header, by the first link of every page; after an action the browser keeps to that place."""
        if self.page.url.endswith("#content-start"):
            return
        assert self.tab()["text"] == "Skip to main content"
        self.page.keyboard.press("Enter")

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto("/admin/")
        expect(
            self.page.get_by_label("Username")
        ).to_be_focused()  # the page puts it there once it has loaded
        self.page.keyboard.type(name)
        self.tab()
        self.page.keyboard.type(password)
        enter(self.page)
        self.go(r"(?s)Worklist.*")

    def open_the_first_row(self) -> None:
        self.into_the_page()
        self.reach("Skip to the list")
        self.page.keyboard.press("Enter")
        for _stop in range(MOST_STOPS):
            self.tab()
            if self.page.evaluate(IN_A_ROW):
                break
        enter(self.page)

    def here(self) -> Referral:
        return Referral.objects.get(pk=re.search(r"/referral/(\d+)/", self.page.url)[1])

    def next(self) -> Referral:
        self.into_the_page()
        if self.page.locator("a[rel=next]").count():
            self.reach("Next ›", "Shift+Tab")  # it stands above what the page is about
            enter(self.page)
        else:
            self.go("Next in the worklist")
        return self.here()

    def action(self, label: str, **told) -> None:
        """Open the action's page, answer on the way down, press its button, and read that it was done."""
        self.into_the_page()
        self.reach(f"{re.escape(label)}|More …")
        if focused(self.page)["text"] == "More …":
            self.page.keyboard.press("Enter")
            self.reach(re.escape(label))
        enter(self.page)
        self.into_the_page()
        left = dict(told)
        if ANOTHER in left:
            self.add(left.pop(ANOTHER))
        for _stop in range(MOST_IN_A_FORM):
            at = self.tab()
            if at["type"] == "submit" and at["value"] == BUTTONS.get(label, label):
                break
            if at["name"] in left:
                self.answer(at, left)
        assert left == {}, f"never asked for {list(left)}"
        enter(self.page)
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def add(self, question: str) -> None:
        """Put one more question on the list of those to ask, which the page then shows."""
        while self.tab()["name"] != ANOTHER:
            assert self.stops < 1000
        self.page.keyboard.type(question)
        self.go("Add to the list")
        self.into_the_page()

    def answer(self, at: dict, left: dict) -> None:
        wanted = left[at["name"]]
        if at["type"] == "checkbox":
            if wanted == at["value"]:
                self.page.keyboard.press("Space")
                del left[at["name"]]
            return
        del left[at["name"]]
        if at["type"] == "radio":
            choose(self.page, at, wanted)
        else:
            self.page.keyboard.type(wanted)


@pytest.fixture
def demonstration(transactional_db, settings, monkeypatch) -> str:
    """The first invented people of ``manage.py demo``, those of the desk; gives the password of its staff."""
    settings.DEMO = True
    monkeypatch.setattr(walking, "PEOPLE", walking.PEOPLE[:20])
    monkeypatch.setattr(walking, "DRAFTS", ())
    call_command("demo", stdout=(said := io.StringIO()))
    return re.search(r"^cora\s+(\S+)", said.getvalue(), re.MULTILINE)[1]


# The words on a form's button, where they are not the action's own.
BUTTONS = {"Route to consult queues": "Route", "Assess the risk": "Save the assessment"}
DEEDS = {
    "routed": (
        "Route to consult queues",
        {"treatments": "psychotherapy", "reason": "Would like to talk first."},
    ),
    "awaiting_patient": (
        "Ask the patient",
        {"another": "What do you hope", "message": "Please tell us a little more."},
    ),
    "pointed on": ("Refer to another service", {"where": "primary_care"}),
    "closed": ("Close", {"reason": "patient_declined"}),
    "called": ("Log a contact attempt", {"channel": "call", "outcome": "voicemail", "note": "As agreed."}),
}


def take_on(desk: Keyboard, row: Referral) -> None:
    """Cora handles it from now."""
    if row.owner is None:
        desk.action("Claim")
    elif row.owner.username != "cora":
        desk.action("Assign", to="Cora")
    assert fresh(row).owner.username == "cora"


def check(row: Referral, outcome: str) -> None:
    row = fresh(row)
    match outcome:
        case "pointed on":
            assert (row.state, row.events.exclude(kind="opened").latest("pk").kind) == (
                "in_review",
                "refer_elsewhere",
            )
        case "called":
            assert row.contact_attempts.latest("pk").outcome == "voicemail"
        case "released":
            assert (
                row.hold == "none" and row.events.filter(kind="assess_risk", actor__username="clara").exists()
            )
        case _:
            assert row.state == outcome


def test_ten_people_are_triaged_by_keyboard_alone(open_page, demonstration):
    done: dict[Referral, str] = {}

    clara = Keyboard(open_page())
    clara.sign_in("clara", demonstration)
    clara.open_the_first_row()
    row = clara.here()
    for number in range(2):
        assert row.hold == "urgent"
        before = clara.stops
        clara.action(
            "Assess the risk",
            **{
                **dict.fromkeys(PARTS, "Asked and answered."),
                "level": "low",
                "how": "phone",
                "hold": "release",
            },
        )
        done[row] = "released"
        if number == 0:
            row = clara.next()
        assert clara.stops - before < MOST_A_REFERRAL

    cora = Keyboard(open_page())
    cora.sign_in("cora", demonstration)
    cora.open_the_first_row()
    row = cora.here()
    for number in range(3):  # holds that still stand: she takes them on and calls
        assert row.hold != "none" and row not in done
        before = cora.stops
        take_on(cora, row)
        cora.action(DEEDS["called"][0], **DEEDS["called"][1])
        done[row] = "called"
        if number < 2:
            row = cora.next()
        assert cora.stops - before < MOST_A_REFERRAL

    cora.reach(r"(?s)‹ Worklist|Worklist.*", "Shift+Tab")
    enter(cora.page)
    cora.into_the_page()
    cora.reach(r"(?s).*Filter.*")
    cora.page.keyboard.press("Enter")
    cora.go("No hold")
    cora.open_the_first_row()
    row, outcomes = cora.here(), cycle(DEEDS)
    while len(done) < 10:
        assert row.hold == "none" and "hold__exact%3Dnone" in cora.page.url
        before = cora.stops
        if row in done or row.state not in ("new", "in_review"):
            row = cora.next()
            continue
        outcome = "closed" if row.is_withdrawn else next(outcomes)
        take_on(cora, row)
        label, told = DEEDS[outcome]
        cora.action(label, **told)
        done[row] = outcome
        row = cora.next()
        assert cora.stops - before < MOST_A_REFERRAL

    for row, outcome in done.items():
        check(row, outcome)
    assert {*done.values()} == {"released", *DEEDS}
