"""After somebody was erased nothing of them stands in the database's files, and their key least of all."""

import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from tests.conftest import Clinic, fresh
from tests.treatments import kept
from tests.treatments.test_purge import CLOSED_ON, SEVEN_YEARS
from tests.trust.test_canaries_at_rest import files
from treatments.management import sweeping
from treatments.models import Referral

WORDS = ("kanarifirst", "kanarilast", "kanari@example.org", "2125550199", kept.BORN)


def lived_long_ago(clinic: Clinic) -> Referral:
    with time_machine.travel(CLOSED_ON, tick=False):
        return kept.lived(clinic)


def purge() -> None:
    call_command("purge", stdout=io.StringIO(), stderr=io.StringIO())


def marks_of(referral: Referral) -> list[bytes]:
    """What would tell of the person: plain words, the reference, and the wrapped key as bytes and as a dump has it."""
    key = bytes(fresh(referral).submission.key or b"")
    assert len(key) > 60
    words = [word.encode() for word in (*WORDS, referral.reference.lower())]
    return [*words, key.lower(), key.hex().encode()]


def found(marks: list[bytes]) -> list[bytes]:
    held = files().lower()
    return [mark for mark in marks if mark in held]


@pytest.fixture
def before(real_database, clinic, settings) -> tuple[Referral, list[bytes]]:
    settings.CLOSED_YEARS = 7
    referral = lived_long_ago(clinic)
    marks = marks_of(referral)
    assert len(found(marks)) == len(marks) - 1  # the key in one of its two forms
    return referral, marks


def test_after_a_purge_no_word_of_the_person_and_no_key_is_in_the_files(before):
    referral, marks = before
    with time_machine.travel(SEVEN_YEARS):
        purge()
    assert fresh(referral).is_erased
    assert found(marks) == []


def test_after_erasing_on_request_the_next_purge_sweeps_the_files(before, clinic):
    referral, marks = before
    with time_machine.travel(CLOSED_ON):
        kept.erased(clinic, referral)
    purge()
    assert found(marks) == []


def test_without_the_sweep_the_file_of_sqlite_would_still_hold_them(before, monkeypatch):
    """A dump of PostgreSQL shows no row that is gone: there the sweep only frees the space."""
    _referral, marks = before
    monkeypatch.setattr("treatments.management.commands.purge.sweep", lambda: None)
    with time_machine.travel(SEVEN_YEARS):
        purge()
    assert bool(found(marks)) == (connection.vendor == "sqlite")
    sweeping.sweep()
    assert found(marks) == []


def test_the_word_and_the_key_are_found_as_long_as_nobody_was_erased(before):
    _referral, marks = before
    purge()
    assert found(marks)
