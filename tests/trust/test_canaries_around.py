"""What people told stands nowhere beside the sealed columns: logs, mail, sessions, cache, the admin's log, addresses, titles.

By the real pages, with a fault in the middle; what stands in the database's own files is tried in
``test_canaries_at_rest.py``, PostgreSQL's log in ``test_postgresql_log.py``.
"""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from intake.models import Submission
from tests import proving, servers
from tests.conftest import Clinic
from tests.intake import pat
from tests.intake.test_status import enter
from tests.treatments.test_alerts import abandoned_draft
from tests.trust.test_canaries_at_rest import sealed_columns, walk
from treatments.models import Referral

SIGN = "Kanari"
# Each text that a person types, by its page: all of one begin, so that one search finds any of them.
TYPED = {
    "name": {
        "about-first_name": f"{SIGN}ada",
        "about-last_name": f"{SIGN}bert",
        "about-preferred_name": f"{SIGN}cleo",
    },
    "reason": {"reason-goals": f"{SIGN}dora"},
    "conditions": {"health-other_conditions": f"{SIGN}fritz"},
    "visits": {"practical-insurer": f"{SIGN}hans"},
}
LATER = {
    "insurance": {"practical-plan": f"{SIGN}gerd"},
    "emergency": {"about-emergency_name": f"{SIGN}ida", "about-emergency_relation": f"{SIGN}jo"},
    "times": {"reason-referred_by": f"{SIGN}emil"},
}
TABLES = ("django_session", "clinic_cache", "django_admin_log")
# What a session or a column may hold of it, sealed or not; nothing else is looked at in another way.
FORMS = (SIGN.lower(), SIGN.lower().encode().hex())


class Listener(logging.Handler):
    """Every line of every logger, as a file would have it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(
            f"{record.getMessage()} {logging.Formatter().formatException(record.exc_info) if record.exc_info else ''}"
        )


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """What the app's own handlers would write: the handlers are the configured ones' lines, at their levels."""
    listener = Listener()
    own = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    listening = [logger for logger in own if logger is logging.getLogger() or not logger.propagate]
    for logger in listening:
        logger.addHandler(listener)
    yield listener.lines
    for logger in listening:
        logger.removeHandler(listener)


class Watch:
    """A browser that keeps every address it was led to and every page's title."""

    def __init__(self):
        self.client = Client(raise_request_exception=False)
        self.seen: list[str] = []

    def keep(self, response):
        self.seen += [
            response.get("Location", ""),
            response.request["PATH_INFO"],
            response.request["QUERY_STRING"],
        ]
        if not response.streaming:
            self.seen += re.findall(r"<title>.*?</title>", response.content.decode(), re.DOTALL)
        return response


def patient_walks() -> Watch:
    """Somebody fills in all of it, asks to come back, sends it, writes and looks at the status."""
    watch = Watch()
    pat.begin(watch.client)
    for slug, told in pat.PAGES.items():
        watch.keep(watch.client.post(pat.address(slug), {**told, **TYPED.get(slug, {})}))
        watch.keep(watch.client.get(pat.address(slug)))
    watch.keep(pat.add(watch.client, "allergies", substance=f"{SIGN}kurt", reaction=f"{SIGN}lena"))
    for name in ("make-code", "mail-link"):
        watch.keep(watch.client.post(reverse(f"intake:{name}")))
    watch.keep(pat.send(watch.client))
    for name, told in LATER.items():
        watch.keep(watch.client.post(reverse("intake:later-page", args=[name]), told))
    for name in ("done", "record"):
        watch.keep(watch.client.get(reverse(f"intake:{name}")))
    sent = Submission.objects.get(state="submitted", surname__startswith=SIGN)
    watch.keep(enter(watch.client, sent, born_year="1984"))
    page = watch.client.get(reverse("intake:message"))
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    watch.keep(watch.client.post(reverse("intake:message"), {"text": f"{SIGN}mia", "key": key}))
    return watch


def staff_walk(clinic: Clinic) -> Watch:
    """The desk reads it, writes a note, and meets a page that breaks."""
    watch = Watch()
    watch.client.force_login(clinic.cast.cora)
    referral = Referral.objects.get(last_name__startswith=SIGN)
    address = reverse("admin:treatments_referral_change", args=[referral.pk])
    for end in ("", "brief/", "print/", "document/", "note/", "route/"):
        watch.keep(watch.client.get(address + end))
    sent = {"seen_version": referral.version, "note": f"{SIGN}nora"}
    watch.keep(watch.client.post(f"{address}note/", sent))
    return watch


def breaks(clinic: Clinic, monkeypatch) -> int:
    """A fault in the middle of a page of staff and of a patient, whose words hold what was typed."""

    def fail(*_of, **_more):
        raise ValueError(f"{SIGN}otto stands in these words")

    client = Client(raise_request_exception=False)
    pat.begin(client)
    with monkeypatch.context() as broken:
        broken.setattr(Submission, "save_page", fail)
        first = client.post(pat.address("reason"), {"reason-goals": f"{SIGN}otto"}).status_code
    staff = Client(raise_request_exception=False)
    staff.force_login(clinic.cast.cora)
    with monkeypatch.context() as broken:
        broken.setattr("treatments.admin.referrals.opened", fail)
        address = reverse("admin:treatments_referral_change", args=[Referral.objects.latest("pk").pk])
        second = staff.get(address).status_code
    return [first, second].count(500)


def rows_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (the table is one of ours)
        return json.dumps(
            cursor.fetchall(),
            default=lambda value: (
                bytes(value).decode("utf-8", "replace")
                if isinstance(value, bytes | memoryview)
                else str(value)
            ),
        )


def places(logged: list[str], *watched: Watch) -> dict[str, str]:
    """Everything beside the sealed columns and the pages themselves that somebody could read."""
    sent = [f"{each.subject} {each.body} {each.to} {each.extra_headers}" for each in mail.outbox]
    kept = {table: rows_of(table) for table in TABLES if table in connection.introspection.table_names()}
    # Sessions are signed and compressed: read as the server reads them.
    return {
        "log": "\n".join(logged),
        "mail": "\n".join(sent),
        "addresses and titles": "\n".join(part for watch in watched for part in watch.seen),
        "sessions, read": json.dumps(opened_sessions()),
        **kept,
    }


def opened_sessions() -> list[dict]:
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    return [SessionStore().decode(row.session_data) for row in Session.objects.all()]


def found_in(places: dict[str, str]) -> list[str]:
    return [place for place, text in places.items() if any(form in text.lower() for form in FORMS)]


@pytest.fixture
def walked(real_database, clinic, settings, logged, monkeypatch) -> dict[str, str]:
    settings.SENDS_MAIL, settings.ON_CALL_EMAIL = True, "on-call@clinic.example"
    patient = patient_walks()
    staff = staff_walk(clinic)
    walk(clinic)
    abandoned_draft(f"{SIGN}rosa")  # its alert is open
    assert breaks(clinic, monkeypatch) == 2
    with servers.receiver() as receiver:
        settings.ON_CALL_WEBHOOK = receiver.url
        call_command("tick", "--once")
        posted = json.dumps(receiver.got)
    return {**places(logged, patient, staff), "on-call posts": posted}


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_typed_stands_in_any_place_beside_the_sealed_columns(walked):
    assert walked["log"].count("Server error") == 2 and walked["mail"] and len(walked["on-call posts"]) > 2
    assert found_in(walked) == []
    proving.figure(
        f"a canary in {len(sealed_columns())} sealed columns and {sum(map(len, (*TYPED.values(), *LATER.values()))) + 5} typed answers:"
        f" 0 in {', '.join(sorted(walked))}"
    )


@pytest.mark.django_db(transaction=True)
def test_the_control_a_log_that_repeats_the_words_of_a_fault_is_found(
    real_database, clinic, settings, logged, monkeypatch
):
    logging.getLogger("clinic.faults").error("%s", f"{SIGN}paul stands in these words")
    assert found_in(places(logged)) == ["log"]
    proving.control("a line with the words of a fault: found in the log")
