"""People who save pages and send forms over HTTP all the time, and what a server said it had stored of them."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import psycopg
from psycopg.conninfo import make_conninfo

from intake.views.away import HERE
from tests.machine import Machine, Served
from tests.trust.sockets import TOKEN

# Drafts that could be sent, each with a session and a mark; filled in once by the real pages, then copied.
DRAFTS = """
from importlib import import_module
from django.conf import settings
from django.test import Client
from intake.models import Submission
from intake.views.guard import SESSION_KEY
from tests.intake import pat
from tests.intake.marks import mark_of
settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
settings.SECURE_SSL_REDIRECT = False
client = Client()
pat.begin(client)
for slug in ("consent", "name", "contact", "mood", "thoughts", "past"):
    assert pat.save(client, slug).status_code == 302, slug
filled = pat.draft_of(client)
for _draft in range({number}):
    draft = Submission.begin(answers=filled.answers, progress=filled.progress, language="en")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(draft.pk)
    session.save()
    print(session.session_key, draft.pk, mark_of(draft))
"""


@dataclass
class Draft:
    """Somebody's form: the session of their browser, its mark that they are here, and what the server said of it."""

    session: str
    pk: str
    mark: str
    saved: int = 0  # the highest number that was acknowledged on the page of goals
    sent: bool = False


@dataclass
class Acknowledged:
    """All that the server said it had stored, and how often it said so."""

    drafts: list[Draft] = field(default_factory=list)
    said: Counter = field(default_factory=Counter)


def ready_drafts(machine: Machine, number: int) -> list[Draft]:
    lines = machine.python(DRAFTS.format(number=number)).split("\n")
    return [Draft(*line.split()) for line in lines if line]


def post(port: int, draft: Draft, path: str, told: dict[str, str]) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        head = {
            "Cookie": f"csrftoken={TOKEN}; sessionid={draft.session}; {HERE}={draft.mark}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **told}), head)
        answer = connection.getresponse()
        answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            if renewed := SimpleCookie(cookie).get(HERE):
                draft.mark = renewed.value
        return answer.status
    finally:
        connection.close()


@contextmanager
def writing(served: Served, savers: list[Draft], to_send: list[Draft], told: Acknowledged) -> Iterator[None]:
    """Meanwhile each of ``savers`` saves one page over and over, and one person more sends form after form."""
    stop = threading.Event()

    def save(draft: Draft) -> None:
        while not stop.is_set():
            number = draft.saved + 1
            if _acknowledged(served, draft, "/intake/reason/", {"reason-goals": f"goal {number}"}):
                draft.saved = number
                told.said["pages"] += 1

    def send() -> None:
        while not stop.is_set() and to_send:
            draft = to_send.pop()
            if _acknowledged(served, draft, "/intake/send/", {}):
                draft.sent = True
                told.drafts.append(draft)
                told.said["forms"] += 1

    threads = [threading.Thread(target=save, args=[draft]) for draft in savers]
    threads.append(threading.Thread(target=send))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _acknowledged(served: Served, draft: Draft, path: str, told: dict[str, str]) -> bool:
    """Whether the whole answer came, and said that it is stored: nothing less counts."""
    try:
        return post(served.port, draft, path, told) == 302
    except (OSError, HTTPException):
        return False


def rows(machine: Machine, query: str) -> list[tuple]:
    """Rows as they stand in the machine's database, of either kind."""
    address = machine.environment["DATABASE_URL"]
    if address.startswith("sqlite"):
        return machine.read(query)
    with psycopg.connect(make_conninfo(address)) as database:
        return database.execute(query).fetchall()
