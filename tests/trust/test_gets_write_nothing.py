"""A GET writes nothing but the record of access: whoever follows a link, or lets a machine follow it, changes nothing.

Of the staff's pages ``test_every_page_on_record.py`` looks at the same.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.models import ResumeKey
from tests.intake import pat
from tests.treatments.test_access import patterns

RECORD_OF_ACCESS = {"treatments_event", "intake_sharedkey"}  # the first event of a month makes its key
WRITES = re.compile(
    r'(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b(?: OR \w+)?(?: INTO| FROM)? *"?(\w+)', re.IGNORECASE
)
# Not for reading: they answer a POST, or are Django's redirect to an address of old.
PATIENTS = [pattern.name for route, pattern in patterns() if not route.startswith("admin/") and pattern.name]


@contextmanager
def nothing_written(where: str) -> Iterator[None]:
    with CaptureQueriesContext(connection) as asked:
        yield
    written = {match[2] for each in asked if (match := WRITES.match(each["sql"].strip()))}
    assert written <= RECORD_OF_ACCESS, f"GET {where} writes {written - RECORD_OF_ACCESS}"


def get_all(client: Client, *more: str) -> set[str]:
    """Every page of the patients, read once; those that were shown."""
    shown = set()
    slugs = [*pat.PAGES, *pat.MORE_PAGES]
    for name in PATIENTS:
        kinds: list[dict] = [{}]
        if name in {"page", "help"}:
            kinds = [{"slug": slug} for slug in slugs]
        elif name in {"memory", "names"}:
            kinds = [{"slug": "medicines-tried"}]
        elif name in {"entry", "more", "remove"}:
            kinds = [{"slug": "medicines-tried", "key": "0123456789abcdef"}]
        elif name in {"later-page", "status-later"}:
            kinds = [{"name": name} for name in pat.LATER_PAGES]
        for kwargs in kinds:
            address = reverse(f"intake:{name}", kwargs=kwargs)
            with nothing_written(address):
                if client.get(address).status_code == 200:
                    shown.add(name)
    for address in more:
        with nothing_written(address):
            client.get(address)
    return shown


@pytest.mark.django_db
def test_no_page_of_the_patients_writes_when_it_is_read(client, settings):
    settings.SENDS_MAIL = True
    assert {"start", "come-back", "status"} <= get_all(Client())
    draft = pat.begin(client)
    for slug in chain(("consent", "name", "contact", "mood", "thoughts", "past")):
        pat.save(client, slug)
    link = ResumeKey.new_link(draft.pk, at=timezone.now()).removeprefix(settings.SITE_URL)
    client.post("/intake/later/make-code/")
    assert {"tasks", "page", "check", "later", "code"} <= get_all(client, link)
    assert "link" in get_all(client)
    client.post("/intake/send/")
    draft.refresh_from_db()
    assert {"done", "record", "later-page"} <= get_all(client)
    typed = {"reference": draft.reference, "born_month": "5", "born_day": "14", "born_year": "1984"}
    assert client.post("/status/", typed).status_code == 302
    assert {"status", "message", "withdraw", "status-later"} <= get_all(client)


@pytest.mark.django_db
def test_the_test_would_see_a_write(client):
    with pytest.raises(AssertionError, match="writes"), nothing_written("/"):
        client.post("/")
