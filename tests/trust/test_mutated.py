"""Forms and queries that are right but for a few odd values, thousands of them: never a server error.

Every form of the patients, every form and action of the staff, and the parameters that the admin's lists
read. What a form holds is read from its page, so that a new field is tried as soon as it exists.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from intake.models import Submission
from tests import proving
from tests.intake import pat
from tests.intake.test_status import enter
from tests.treatments.test_access import LISTS, QUESTIONS, addresses, stored_world, world

__all__ = ["stored_world", "world"]  # fixtures

pytestmark = pytest.mark.walk
ROLES = ("cora", "clara", "tess", "olive", "adam")
BIG = "9" * 30
ODD = (
    "", " ", "\x00", "-1", "0", "1", BIG, "9" * 400, "1e400", "nan", "-0.0", "\u0663", "true", "None", "[]", "{}",
    "2026-02-30", "9999-12-31", "0001-01-01", "24:61", "\ufffe", "\U0001f600\u202e", "e\u0301" * 300, "a\r\nb\tc",
    "'\";--", "%s%n%", "%00", "<script>", "{{ 7 }}", "../../etc/passwd", "__class__", "x" * 20_000, "pat@example.org",
    "+1 212 555 0142", "yes", "no", "tms", "urgent", "2026-11-20", "//evil.example",
)  # fmt: skip
NAMES = (
    "__proto__",
    "csrfmiddlewaretoken",
    "_save",
    "_popup",
    "is_superuser",
    "pk",
    "id",
    "q",
    "p",
    "o",
    "e",
    "all",
)


@dataclass
class Form:
    """Where it is sent, and for each of its names the values that it may have."""

    method: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """All forms of a page, and its links that ask something."""

    def __init__(self):
        super().__init__()
        self.found: list[Form] = []
        self.questions: set[str] = set()
        self.select = ""

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        if tag == "a" and given.get("href", "").startswith("?"):
            self.questions.add(given["href"][1:])
        if not self.found:
            return
        values = self.found[-1].values
        if tag == "select":
            self.select = given.get("name", "")
        if tag == "option" and self.select:
            values.setdefault(self.select, []).append(given.get("value", ""))
        if tag in ("input", "textarea", "button") and given.get("name"):
            values.setdefault(given["name"], []).append(given.get("value", ""))


def mutated(drawn: random.Random, told: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same but for one to four odd things."""
    told = {name: [*values] for name, values in told.items()}
    for _change in range(drawn.randint(1, 4)):
        name = drawn.choice([*told]) if told else drawn.choice(NAMES)
        other = drawn.choice([*told]) if told else name
        match drawn.randrange(8):
            case 0 | 1 | 2:
                told[name] = [drawn.choice(ODD)]
            case 3:
                told.setdefault(name, []).append(drawn.choice(ODD))
            case 4:
                told.pop(name, None)
            case 5:
                told[name] = [*told.get(other, [])]
            case 6:
                told[name] = told.get(name, [""]) * 30
            case 7:
                told[drawn.choice((*NAMES, name + "-0", name + "_month"))] = [drawn.choice(ODD)]
    return told


@dataclass
class Target:
    """A browser and a page of its own; ``told`` is a right answer to it, where the page alone does not tell."""

    client: Client
    address: str
    told: dict[str, list[str]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    forms: list[Form] | None = None

    def look(self) -> None:
        """Read the page once, for what its forms hold."""
        reader = Forms()
        response = self.client.get(self.address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            reader.feed(response.content.decode())
        self.forms = reader.found
        self.questions += sorted(reader.questions)

    def says_anything(self) -> bool:
        """Whether there is anything to send to it."""
        if self.forms is None:
            self.look()
        return bool(self.forms or self.told or self.questions)

    def shoot(self, drawn: random.Random) -> tuple[str, int]:
        """One request that is right but for what was mutated: what it was, and the status of its answer."""
        if self.questions and (not self.told) and drawn.random() < 0.5:
            asked = dict(parse_qsl(drawn.choice(self.questions), keep_blank_values=True))
            query = urlencode(mutated(drawn, {name: [value] for name, value in asked.items()}), doseq=True)
            return f"GET {self.address}?{query}", self.client.get(f"{self.address}?{query}").status_code
        form = drawn.choice(self.forms) if self.forms else Form("post", "")
        right = {name: [drawn.choice(values)] for name, values in form.values.items() if values}
        told = mutated(drawn, {**right, **self.told})
        where = urlsplit(form.action).path if form.action.startswith("/") else self.address
        if form.method == "get":
            address = f"{where}?{urlencode(told, doseq=True)}"
            return f"GET {address}", self.client.get(address).status_code
        return f"POST {where} {told}", self.client.post(where, told).status_code


def of_patients(clinic) -> Iterator[Target]:
    """Every page and entry of somebody's draft, and what may be done after it was sent."""
    client = Client(raise_request_exception=False)
    pat.begin(client)
    for slug, told in (pat.PAGES | pat.MORE_PAGES).items():
        right = {name: [value] if isinstance(value, str) else value for name, value in told.items()}
        yield Target(client, pat.address(slug), right)
    for slug, told in pat.ENTRIES.items():
        yield Target(
            client,
            reverse("intake:entry", args=[slug, pat.KEY]),
            {name: [value] for name, value in told.items()},
        )
    for name in (
        "start",
        "tasks",
        "later",
        "come-back",
        "link",
        "new-link",
        "was-sent",
        "language",
        "status",
    ):
        yield Target(Client(raise_request_exception=False), reverse(f"intake:{name}"))
    sent = Client(raise_request_exception=False)
    enter(sent, Submission.objects.get(pk=clinic.asked.submission_id))
    for name in ("message", "withdraw", "questions", "status"):
        yield Target(sent, reverse(f"intake:{name}"))


def of_staff(world) -> Iterator[Target]:
    """Every page of each role, and its lists with what the address may ask them."""
    for role in ROLES:
        client = world.client(role)
        for name, address in addresses(world, most=2):
            if "?" not in address and name not in ("jsi18n", "login", "account_login"):
                yield Target(client, address)
    for where, role in LISTS.items():
        yield from [Target(world.client(role), f"/admin/{where}/", questions=[*QUESTIONS])] * 5


@pytest.fixture
def targets(world) -> list[Target]:
    return [*of_patients(world), *of_staff(world)]


def shot(targets: list[Target], number: int, each: Callable[[str, int], None]) -> None:
    """So many mutated requests, each undone after it was answered."""
    drawn = random.Random(proving.SEED)  # noqa: S311 (to be repeated)
    progress = proving.Progress("mutated requests", number)
    for _shot in range(number):
        target = drawn.choice(targets)
        while not target.says_anything():
            targets.remove(target)
            target = drawn.choice(targets)
        session = target.client.cookies.get("sessionid")
        with transaction.atomic():
            each(*target.shoot(drawn))
            transaction.set_rollback(True)
        if session is not None:  # a new one was rolled back
            target.client.cookies["sessionid"] = session.value
        progress.step()


def is_broken(status: int) -> bool:
    """501 is the answer where what makes PDF files is not installed."""
    return status >= 500 and status != 501


def test_no_mutated_form_or_query_is_a_server_error(targets):
    number, kinds = proving.times(60, 100_000), Counter()

    def each(what: str, status: int) -> None:
        kinds[f"{what.split(' ', 1)[0]} {status // 100}xx"] += 1
        assert not is_broken(status), f"seed {proving.SEED}: {what[:2000]} -> {status}"

    shot(targets, number, each)
    of_each = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    proving.figure(f"{number:,} mutated requests (seed {proving.SEED}; {of_each}): 0 server errors")
    assert {kind[:4].strip() for kind in kinds} == {"GET", "POST"}


class Found(Exception):
    """The planted fault was met."""


def test_the_control_a_form_that_reads_numbers_unchecked_is_found(targets, monkeypatch):
    monkeypatch.setattr(forms.IntegerField, "to_python", lambda self, value: int(value))
    tried = Counter()

    def each(what: str, status: int) -> None:
        tried["requests"] += 1
        if is_broken(status):
            raise Found

    with pytest.raises(Found):
        shot(targets, 5000, each)
    proving.control(f"whole numbers read unchecked: found at request {tried['requests']:,}")
