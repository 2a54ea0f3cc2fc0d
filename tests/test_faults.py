"""A server error leaves one line that says where it was, and nothing of what was in it."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from clinic import faults
from clinic.urls import handler500, urlpatterns  # noqa: F401 (the addresses of this file)
from intake import locations

CANARY = "Canaryfaultbird"


@login_not_required
def breaks(request: HttpRequest, what: str):
    """Faults inside our own code, with an answer in its message."""
    return faults.place_of(CANARY)  # type: ignore[arg-type]


@login_not_required
def breaks_elsewhere(request: HttpRequest):
    raise ValueError(CANARY)


urlpatterns = [
    *urlpatterns,
    path("breaks/<slug:what>/", breaks, name="breaks"),
    path("breaks-elsewhere/", breaks_elsewhere, name="elsewhere"),
]


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.DEBUG, logger="clinic.faults")
    return caplog


def sent(address: str, client: Client | None = None):
    client = client or Client(raise_request_exception=False)
    return client.post(f"{address}?q={CANARY}", {"answer": CANARY})


@pytest.mark.urls("tests.test_faults")
@pytest.mark.parametrize("address", [f"/breaks/{CANARY.lower()}/", "/breaks-elsewhere/"])
def test_a_server_error_leaves_one_line_without_what_was_sent(address, lines, db):
    response = sent(address, Client(raise_request_exception=False, headers={"user-agent": CANARY}))
    assert response.status_code == 500
    (record,) = [record for record in lines.records if record.name == "clinic.faults"]
    assert CANARY.lower() not in lines.text.lower()
    assert record.exc_info is None
    number = record.getMessage().rpartition("request ")[2].rstrip(".")
    assert len(number) == 9
    assert number in response.content.decode()


@pytest.mark.urls("tests.test_faults")
def test_what_was_typed_is_given_back_after_a_server_error_too(lines, db):
    response = sent("/breaks-elsewhere/")
    assert response.status_code == 500
    assert f'name="answer" value="{CANARY}"' in response.content.decode()


@pytest.mark.urls("tests.test_faults")
def test_where_that_page_fails_too_the_plain_one_stands_and_a_second_line_says_so(lines, db):
    def nothing_is_set(location: object):
        raise LookupError(CANARY)

    before = locations.set_settings_source(nothing_is_set)
    try:
        response = sent("/breaks-elsewhere/")
    finally:
        locations.set_settings_source(before)
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
    first, second = lines.messages
    assert second.startswith("Its page: LookupError at ")
    assert second.rpartition(" request ")[2] == first.rpartition(" request ")[2]
    assert CANARY not in lines.text


@pytest.mark.urls("tests.test_faults")
def test_the_line_says_the_kind_the_place_in_our_code_and_the_route(lines, db):
    sent("/breaks/one/")
    sent("/breaks-elsewhere/")
    first, second = (record.getMessage() for record in lines.records if record.name == "clinic.faults")
    assert first.startswith("Server error: AttributeError at clinic/faults.py:")
    assert ", route breaks, request " in first
    assert second.startswith("Server error: ValueError at outside our code, ")
    assert ", route elsewhere, request " in second


def test_a_request_that_was_never_numbered_is_reported_too(lines):
    faults.report(None)
    assert lines.messages == ["Server error: unknown at outside our code, route none, request none."]


@pytest.mark.django_db
def test_a_failed_sign_in_is_a_line_without_the_name_that_was_typed(lines):
    Client().post("/admin/login/", {"username": CANARY, "password": CANARY})
    (message,) = lines.messages
    assert message.startswith("Sign-in failed, request ")
    assert CANARY not in lines.text


@pytest.mark.parametrize(
    "begin", ["import django; django.setup()", "import clinic.faults, django; django.setup()"]
)
def test_the_line_reaches_the_log_as_the_project_is_set_up(begin: str):
    """In a process of its own: pytest listens to loggers that settings could have switched off.

    What was imported before Django is set up may not be silenced by that.
    """
    code = (
        f"{begin}\n"
        "from django.test import Client\n"
        "from django.test.utils import override_settings\n"
        "with override_settings(ROOT_URLCONF='tests.test_faults'):\n"
        "    for number in range(20):\n"
        "        Client(raise_request_exception=False).get('/breaks-elsewhere/')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            **{"DEBUG": "0", "HTTPS": "0", "DEMO": "1", "ALLOWED_HOSTS": "testserver"},
            "DATABASE_URL": "sqlite:///:memory:",
        },
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("ERROR clinic.faults Server error: ValueError") == 20
    assert CANARY not in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
