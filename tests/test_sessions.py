"""Sessions are read by one statement of ours, and a text that was checked before is not checked again."""

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from clinic.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> SessionStore:
    session = SessionStore()
    session["intake"] = {"pages": ["mood", "ñ"], "until": 1.5, "none": None}
    session.create()
    assert read(session) == read(session) == {"intake": {"pages": ["mood", "ñ"], "until": 1.5, "none": None}}
    return session


def read(session: SessionStore, by: type[db.SessionStore] = SessionStore) -> dict:
    return dict(by(session.session_key).items())


def test_a_session_is_read_as_django_reads_it(stored) -> None:
    assert read(stored) == read(stored, db.SessionStore)


def test_what_another_worker_changed_or_ended_is_seen_at_once(stored) -> None:
    other = db.SessionStore(stored.session_key)
    other["intake"] = "another"
    other.save()
    assert read(stored) == {"intake": "another"}
    other.delete()
    assert read(stored) == {}


def test_a_row_that_was_changed_by_hand_is_read_as_nothing(stored) -> None:
    row = Session.objects.get(pk=stored.session_key)
    row.session_data = row.session_data[:-1] + ("a" if row.session_data[-1] != "a" else "b")
    row.save()
    assert read(stored) == {}


def test_what_one_request_puts_into_its_session_no_other_reads_before_it_is_saved(stored) -> None:
    one = SessionStore(stored.session_key)
    one["intake"]["pages"].append("not saved")
    assert "not saved" not in read(stored)["intake"]["pages"]


def test_a_key_that_is_taken_is_not_taken_twice(monkeypatch, db) -> None:
    first = SessionStore()
    first.create()
    keys = iter([first.session_key, "a" * 32])
    monkeypatch.setattr("clinic.sessions.get_random_string", lambda *_args: next(keys))
    second = SessionStore()
    second.create()
    assert second.session_key == "a" * 32


def test_a_pages_secret_against_forgery_spells_no_word_here(client):
    """Else a test that says "TMS" is not on a page fails once in some thousands of runs."""
    for _ in range(3):
        token = client.get("/intake/start/").context["csrf_token"]
        assert len(token) == 64 and set(str(token)) <= {"a", "F"}
