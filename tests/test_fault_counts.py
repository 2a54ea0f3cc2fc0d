"""How many requests broke is counted where a database can't: by any number of workers, and never in the way."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.test import Client

from clinic.fault_counts import BROKEN, DATABASE, KEPT, DayOfFaults, count, counts
from clinic.urls import handler500  # noqa: F401 (the addresses of this file)
from tests.test_faults import urlpatterns  # noqa: F401
from tests.trust import harm

TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FAULT_COUNTS = tmp_path / "faults"
    return settings.FAULT_COUNTS


def test_nothing_has_broken_yet():
    assert counts(TODAY, days=2) == [DayOfFaults(TODAY, 0, 0), DayOfFaults(TODAY - timedelta(days=1), 0, 0)]


def test_each_fault_is_counted_on_its_day_as_broken_or_the_databases():
    for kind in (BROKEN, BROKEN, DATABASE):
        count(kind, TODAY)
    count(DATABASE, TODAY - timedelta(days=1))
    assert counts(TODAY, days=2) == [DayOfFaults(TODAY, 2, 1), DayOfFaults(TODAY - timedelta(days=1), 0, 1)]


def test_several_workers_at_once_lose_none(folder):
    code = (
        "import sys; from datetime import date; from pathlib import Path; from django.conf import settings\n"
        f"settings.configure(FAULT_COUNTS=Path({str(folder)!r}))\n"
        "from clinic.fault_counts import count\n"
        "for _each in range(500): count('broken', date(2026, 11, 29))\n"
    )
    workers = [subprocess.Popen([sys.executable, "-c", code]) for _each in range(4)]
    assert [worker.wait() for worker in workers] == [0, 0, 0, 0]
    assert counts(TODAY, days=1) == [DayOfFaults(TODAY, 2000, 0)]


def test_what_is_old_is_forgotten(folder):
    old, kept = TODAY - KEPT - timedelta(days=1), TODAY - KEPT
    count(BROKEN, old)
    count(BROKEN, kept)
    count(BROKEN, TODAY)
    assert sorted(file.name for file in folder.iterdir()) == [f"{kept}.broken", f"{TODAY}.broken"]


def test_where_it_cannot_be_written_nothing_fails_and_the_count_is_unknown_not_none(folder):
    folder.write_text("a file in the way of the folder")
    count(BROKEN, TODAY)
    assert folder.read_text() == "a file in the way of the folder"
    assert counts(TODAY) is None


@pytest.mark.urls("tests.test_fault_counts")
def test_a_broken_page_counts_as_broken_and_a_database_that_is_away_as_its_own(real_database, folder):
    client = Client(raise_request_exception=False)
    assert client.get("/breaks-elsewhere/").status_code == 500
    with harm.refused():
        assert client.post("/").status_code == 503
    assert sorted((file.suffix, file.stat().st_size) for file in folder.iterdir()) == [
        (".broken", 1),
        (".database", 1),
    ]
