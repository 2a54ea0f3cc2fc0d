"""A fault of the database loses nothing that was typed: one page of ours, one line, and sending again stores it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from clinic.urls import urlpatterns  # noqa: F401 (the same addresses without our handler: the control)
from intake.models import Message, Submission
from tests import proving
from tests.conftest import Clinic
from tests.intake import pat
from tests.intake.test_status import enter
from tests.trust import harm
from treatments.models import Event

MARK = "Canaryfaultfinch"
# Long, and words that don't compress, so that a full disk has no room for it.
CANARY = f"{MARK} sang {' '.join(sha256(bytes([n])).hexdigest()[:15] for n in range(120))}"


class _Form(HTMLParser):
    """The last form of a page, as a browser sends it by its first button."""

    def __init__(self):
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.pressed = False
        self.area = ""

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.sent, self.pressed = {}, False
        if tag == "textarea":
            self.area = given["name"]
            self.sent[self.area] = [""]
        box = given.get("type") in ("radio", "checkbox")
        if tag == "input" and given.get("name") and (not box or "checked" in given):
            self.sent.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag):
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data):
        if self.area:
            self.sent[self.area][0] += data


def form_in(response) -> dict[str, list[str]]:
    reader = _Form()
    reader.feed(response.content.decode())
    return reader.sent


@dataclass
class Case:
    """Something typed: where it is sent, and whether it is stored."""

    client: Client
    address: str
    told: dict
    stored: Callable[[], bool]

    def send(self):
        return self.client.post(self.address, self.told)


def on_a_page(clinic: Clinic) -> Case:
    client = Client(raise_request_exception=False)
    draft = pat.begin(client)
    told = pat.answered("reason", reason__goals=CANARY)
    return Case(
        client, pat.address("reason"), told, lambda: MARK in str(Submission.objects.get(pk=draft.pk).answers)
    )


def on_an_entry(clinic: Clinic) -> Case:
    client = Client(raise_request_exception=False)
    draft = pat.begin(client)
    told = {"substance": CANARY[:490], "reaction": CANARY[490:980]}
    address = reverse("intake:entry", args=["allergies", pat.KEY])
    return Case(client, address, told, lambda: MARK in str(Submission.objects.get(pk=draft.pk).answers))


def in_a_message(clinic: Clinic) -> Case:
    client = Client(raise_request_exception=False)
    assert enter(client, clinic.new().submission).status_code == 302
    page = form_in(client.get(reverse("intake:message")))
    return Case(
        client,
        reverse("intake:message"),
        {**page, "text": CANARY},
        lambda: [MARK in message.text for message in Message.objects.all()] == [True],
    )


def in_an_action(clinic: Clinic) -> Case:
    client = Client(raise_request_exception=False)
    referral = clinic.in_review()
    client.force_login(clinic.cast.cora)
    address = reverse("admin:treatments_referral_action", args=[referral.pk, "note"])
    told = {**form_in(client.get(address)), "note": CANARY}
    notes = Event.objects.filter(kind="note")
    return Case(client, address, told, lambda: [MARK in event.note for event in notes.all()] == [True])


CASES = [on_a_page, on_an_entry, in_a_message, in_an_action]


def wrong_with(response, lines) -> list[str]:
    """What of the promise is not kept; one canary is enough to see that what was typed is there."""
    page = unescape(response.content.decode())
    ours = [record for record in lines.records if record.name == "clinic.faults"]
    kept = {
        "503": response.status_code == 503,
        "when to try again": response.headers.get("Retry-After", "").isdecimal(),
        "what was typed": MARK in page,
        "a button": "<button" in page,
        "whom to call": 'href="tel:988"' in page and 'href="tel:911"' in page,
        "one line": len(ours) == 1,
        "no canary in the log": MARK not in lines.text,
    }
    return [what for what, holds in kept.items() if not holds]


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.DEBUG, logger="clinic.faults")
    return caplog


@pytest.mark.parametrize("what", harm.EVERY)
@pytest.mark.parametrize("case", CASES)
def test_what_was_typed_is_given_back_and_stored_once_the_database_is_there_again(
    case, what, real_database, clinic, lines
):
    typed = case(clinic)
    lines.clear()
    with harm.EVERY[what]():
        response = typed.send()
    assert wrong_with(response, lines) == []
    assert not typed.stored()
    again = typed.client.post(typed.address, form_in(response))
    assert again.status_code == 302
    assert typed.stored()
    proving.figure("{n} faults met by what was typed: a 503 that gives it back, one line, stored later", 1)


@pytest.mark.urls("tests.trust.test_database_faults")
def test_the_control_without_our_page_the_promise_is_broken(real_database, clinic, lines):
    typed = on_a_page(clinic)
    with harm.refused():
        response = typed.send()
    assert wrong_with(response, lines) == ["503", "when to try again", "what was typed", "a button"]
    proving.control("without our page four of seven things are wrong")
