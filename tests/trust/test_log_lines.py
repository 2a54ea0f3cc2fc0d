"""The log holds nothing of a person, as text and as JSON: through every flow, and when things break."""

import json
import logging
from copy import copy
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from clinic.log_lines import JsonLine, TextLine, request_number
from tests.intake import pat
from tests.machine import ROOT, Served, free_port
from tests.trust import harm
from tests.trust.sockets import TOKEN, answer_to, head_of
from tests.trust.test_canaries_at_rest import walk
from treatments.management.commands import tick
from treatments.triage import assessment

CANARY = "kanari"  # each word of theirs begins so
FIELDS = {"time", "level", "logger", "event", "place"}


@pytest.fixture
def written():
    """Everything that any logger says meanwhile, in both forms."""
    told = {JsonLine: StringIO(), TextLine: StringIO()}
    handlers = []
    for form, stream in told.items():
        handler = logging.StreamHandler(stream)
        handler.setFormatter(form())
        handlers.append(handler)
    loggers = [logging.getLogger(name) for name in ("", "clinic", "intake", "treatments")]
    before = [(each, each.level, each.disabled) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        each.disabled = False
    for handler in handlers:
        logging.getLogger().addHandler(handler)
    yield lambda form: told[form].getvalue()
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
    for each, level, disabled in before:
        each.setLevel(level)
        each.disabled = disabled


def lines_of(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


# --- A record ---------------------------------------------------------------------------------------------


def record(name: str, message: str, *arguments: object, fault: BaseException | None = None, **extra: str):
    caught = (type(fault), fault, fault.__traceback__) if fault else None
    made = logging.LogRecord(
        name, logging.ERROR, str(ROOT / "intake" / "mail" / "x.py"), 7, message, arguments, caught
    )
    made.__dict__.update(extra)
    return made


def test_a_line_says_when_how_bad_by_whom_in_which_request_what_and_where():
    token = request_number.set("ab12-cd34")
    try:
        line = json.loads(
            JsonLine().format(record("clinic.faults", "Broke: %s.", "Error", place="intake/a.py:3"))
        )
    finally:
        request_number.reset(token)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "ERROR", "logger": "clinic.faults", "request": "ab12-cd34", "event": "Broke: Error.", "place": "intake/a.py:3",
    }  # fmt: skip
    assert json.loads(JsonLine().format(record("intake.mail", "Late.")))["place"] == "intake/mail/x.py:7"


@pytest.mark.parametrize("form", [JsonLine, TextLine])
def test_neither_a_faults_words_nor_a_librarys_message_is_written(form):
    ours = form().format(record("intake.mail", "Late.", fault=ValueError(CANARY)))
    assert "Late." in ours and "ValueError" in ours and CANARY not in ours and "Traceback" not in ours
    theirs = form().format(record("psycopg.pool", f"failed with {CANARY}: %s", CANARY))
    assert "psycopg.pool" in theirs and CANARY not in theirs
    servers = form().format(record("_granian", f"Worker ended\n{CANARY}"))
    assert "Worker ended" in servers and CANARY not in servers
    assert "\n" not in ours + theirs + servers


# --- Every flow -------------------------------------------------------------------------------------------


def test_every_action_leaves_no_word_of_anybody_in_the_log(real_database, clinic, written):
    walk(clinic)
    for form in (JsonLine, TextLine):
        assert CANARY not in written(form).lower()


def test_nor_do_the_pages_when_the_database_breaks_under_them(real_database, cast, written):
    browser = Client(raise_request_exception=False)
    pat.begin(browser)
    pat.save(browser, "name", about__first_name=f"{CANARY}first", about__last_name=f"{CANARY}last")
    with harm.refused():
        told = {"reason-goals": f"{CANARY}goals"}
        assert browser.post(reverse("intake:page", args=["reason"]), told).status_code == 503
        assert browser.get(f"/admin/?q={CANARY}").status_code in (302, 503)
    browser.post("/admin/login/", {"username": f"{CANARY}name", "password": f"{CANARY}password"})
    browser.post("/status/", {"reference": f"{CANARY}", "date": f"{CANARY}"})
    for form in (JsonLine, TextLine):
        assert CANARY not in written(form).lower()
    lines = lines_of(written(JsonLine))
    (broke,) = [
        line for line in lines if line["event"].startswith("Server error") and "page" in line["event"]
    ]
    assert set(broke) == FIELDS | {"request"} and broke["request"] in broke["event"]
    assert [line for line in lines if line["event"].startswith("Sign-in failed")]


def test_nor_does_the_tick_when_a_rule_or_a_mail_server_fails(clinic, written, monkeypatch):
    def fails(*_given):
        raise ValueError(f"{CANARY} stands in these words")

    left = clinic.new()
    type(left).objects.filter(pk=left.pk).update(assessed_at=None, hold="same_day", hold_rules=[])
    monkeypatch.setattr(assessment, "assessment_to_keep", fails)
    jobs = tick.jobs()
    jobs[0].sweep = fails
    tick.run_pass(jobs)
    lines = lines_of(written(JsonLine))
    assert [line["logger"] for line in lines] == [
        "treatments.management.commands.tick",
        "treatments.triage.assessment",
    ]
    assert all(set(line) == FIELDS for line in lines)
    assert CANARY not in written(JsonLine) + written(TextLine)


# --- The server -------------------------------------------------------------------------------------------


def test_the_server_writes_nothing_but_json_where_json_is_set(machine, tmp_path):
    """Also when a worker is killed, and for a sign-in that fails."""
    own = copy(machine)
    own.environment = {**machine.environment, "LOG_FORMAT": "json"}
    file = tmp_path / "log"
    with file.open("w") as log:
        served = Served(own, free_port(), "--workers 1", log)
        body = f"csrfmiddlewaretoken={TOKEN}&username={CANARY}&password={CANARY}".encode()
        answer_to(served.port, head_of(len(body), path=f"/admin/login/?q={CANARY}") + body)
        served.kill_worker()
        served.stop()
    lines = lines_of(file.read_text())
    assert [line["event"] for line in lines if line["logger"] == "clinic.faults"]
    assert CANARY not in file.read_text()
