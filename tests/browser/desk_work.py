"""What staff do on the pages of the desk, each piece of work by the clicks that it takes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, expect

from intake.locations import settings_of
from tests.browser.counted_desk import CountedDesk, Takes
from treatments.workflow.risk import PARTS
from treatments.workflow.visits import outside_hours

FROM, TO = time(10), time(11)


@dataclass
class Case:
    """What one person took; of a plain case also the words it was routed by, and whether a point had to be ticked."""

    takes: Takes = field(default_factory=Takes)
    words: dict[str, int] = field(default_factory=dict)
    has_tick: bool = False


class Desk(CountedDesk):
    """A list, a row of it, and the work on that row's pages."""

    def open_list(self, words: str) -> None:
        self.go(self.page.locator(".bar-links a").filter(has_text=re.compile(rf"^\s*{words}\s*\d*\s*$")))

    def row(self, name: str) -> Locator:
        return self.page.locator("#result_list tbody tr").filter(has_text=name)

    def names(self, among: Iterable[str]) -> list[str]:
        """Of the list, from its top."""
        listed = self.page.locator("#result_list tbody tr").all_inner_texts()
        return [name for words in listed for name in among if name in words]

    def open(self, name: str) -> None:
        """By the name in its row."""
        self.go(self.row(name).get_by_role("link", name=name).first)
        expect(self.page.locator(".person-name")).to_have_text(name)

    @property
    def is_at_list(self) -> bool:
        return self.has("#result_list")

    def is_at(self, name: str) -> bool:
        return self.has(f".person-name:has-text('{name}')")

    def reach(self, name: str) -> None:
        """By the row, by what the last button led to, or by "Next"; where that is somebody else, from the list."""
        if not self.is_at_list and not self.is_at(name) and self.has("a[rel=next]"):
            self.go(self.page.locator("a[rel=next]"))
        if self.is_at(name):
            return
        if not self.is_at_list:
            self.open_list("Worklist")
        self.open(name)

    def done(self) -> None:
        expect(self.page.locator(".messagelist .success").first).to_be_visible()

    def has(self, what: str) -> bool:
        return self.page.locator(what).count() > 0

    # --- A clinician's -------------------------------------------------------------------------------------------------

    def take_alert(self) -> None:
        self.go(self.page.get_by_role("button", name=re.compile("I am on it|Take it over")))

    def assess(self, level: str, hold: str) -> None:
        """Everything that an assessment asks for, and saving it."""
        self.link("Assess the risk")
        self.choose("level", level)
        self.choose("how", "phone")
        self.type(**dict.fromkeys(PARTS, "Asked and answered."))
        if level != "low":
            check = timezone.localtime() + timedelta(hours=20)
            self.type(next_check_at_0=f"{check:%Y-%m-%d}", next_check_at_1=f"{check:%H:%M}")
            self.pick("next_check_by", "Clara")
        self.choose("hold", hold)
        self.button("Save the assessment")
        self.done()

    # --- A coordinator's -----------------------------------------------------------------------------------------------

    def route_here(self, queue: str) -> None:
        """By the form in the page."""
        self.choose("treatments", queue)
        if self.has("form.route-here [name=read]"):
            self.tick("read")
        self.button("Route and open the next")
        self.done()

    def route(self, queue: str) -> None:
        """By the page of routing, claimed on the way there where nobody has."""
        claim = self.page.get_by_role("button", name="Claim and route", exact=True)
        if claim.count():
            self.go(claim)
        else:
            self.link("Route to consult queues")
        self.choose("treatments", queue)
        if self.has("[name=read]"):
            self.tick("read")
        self.type(reason="Spoke with them; please see soon.")
        self.button("Route")
        self.done()

    def deal_with(self) -> None:
        self.link("Say what was done")
        for box in self.page.locator("textarea[name^=why_]").all():
            self.type(**{box.get_attribute("name") or "": "Called and answered."})
        self.button("Say what was done")
        self.done()

    def call(self, outcome: str) -> None:
        self.link("Log a contact attempt")
        self.choose("channel", "call")
        self.choose("outcome", outcome)
        self.button("Log a contact attempt")
        self.done()

    def claim(self) -> None:
        self.link("Claim")
        self.button("Claim")
        self.done()

    def ask(self) -> None:
        """What the rules wait for, or one question that is put on the list."""
        self.link("Ask the patient")
        if not self.has("[name=fields]:checked"):
            self.pick("another", "What do you hope")
            self.button("Add to the list")
        self.type(message="Please tell us a little more.")
        self.button("Ask the patient")
        self.done()

    def close(self, reason: str) -> None:
        self.link("Close")
        self.choose("reason", reason)
        self.button("Close")
        self.done()

    # --- A team's ------------------------------------------------------------------------------------------------------

    def give_back(self, reason: str) -> None:
        self.link("Return to the coordinators")
        self.choose("reason", reason)
        self.type(note="Therapy would fit better.")
        self.button("Return to the coordinators")
        self.done()

    def complete(self, outcome: str) -> None:
        self.choose("outcome", outcome)
        self.button("Complete")
        self.done()

    def book(self, later: int) -> None:
        self.type(day=f"{working_day(later)}", starts=f"{FROM:%H:%M}", ends=f"{TO:%H:%M}")
        self.button("Book a visit")
        self.done()


def working_day(later: int) -> date:
    """The first day so many days from now or later on which the clinic works."""
    day, working = timezone.localdate() + timedelta(days=later), settings_of(None).working_time
    while outside_hours(day, FROM, TO, working):
        day += timedelta(days=1)
    return day
