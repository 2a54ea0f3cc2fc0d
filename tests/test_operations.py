"""The operator's page: what stands on it, when it asks for something, and that nothing of a person does."""

import base64
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic import operations
from clinic.fault_counts import BROKEN, DayOfFaults, count
from intake.models import OutgoingMail, SharedKey
from intake.models.key_rotation import rewrap_all, under_older_keys
from tests.conftest import SEALING_KEY, URGENT, sent_intake
from treatments.figures import running
from treatments.figures.running import DUTIES, State
from treatments.models import Referral
from treatments.models.upkeep import Upkeep
from treatments.triage.tick_log import note_pass
from treatments.triage.upkeep import note_upkeep

NOW = timezone.now()
BACKUP, DRILL = (next(duty for duty in DUTIES if duty.kind == kind) for kind in ("backup", "drill"))
CANARY = "Kanariop"
PAGE = "/admin/running/"


# --- When it asks for something -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "state"),
    [(1, State.FINE), (26, State.FINE), (27, State.LOOK), (48, State.LOOK), (49, State.ACT), (72, State.ACT)],
)
def test_a_backup_may_be_a_day_old(hours, state):
    line = running.duty_line(BACKUP, NOW - timedelta(hours=hours), 12, NOW)
    assert line.state == state
    assert bool(line.advice) == (state != State.FINE)


def test_it_says_for_how_long_there_was_no_backup_and_what_to_do():
    line = running.duty_line(BACKUP, NOW - timedelta(days=3), 12, NOW)
    assert line.stands == "none for 3 days" and line.advice.startswith(
        "See why with “systemctl status clinic-backup”"
    )
    assert line.percent == 100
    never = running.duty_line(DRILL, None, 0, NOW)
    assert (never.stands, never.state) == ("never", State.ACT) and "restore FILE" in never.advice


def test_every_kind_of_upkeep_is_a_duty():
    assert set(Upkeep.Kind.values) <= {duty.kind for duty in DUTIES}


def test_a_tick_that_is_silent_must_be_started():
    assert running.tick_line(NOW - timedelta(seconds=30), NOW).state == State.FINE
    for last in (None, NOW - timedelta(minutes=3)):
        line = running.tick_line(last, NOW)
        assert line.state == State.ACT and "systemctl restart clinic-tick" in line.advice


@pytest.mark.parametrize(
    ("failing", "minutes", "state"),
    [(0, 1, State.FINE), (1, 1, State.LOOK), (0, 16, State.LOOK), (1, 16, State.ACT)],
)
def test_mail_that_fails_and_is_late_is_seen_to(failing, minutes, state):
    assert running.mail_line(2, failing, NOW - timedelta(minutes=minutes), NOW).state == state


def test_an_on_call_notice_that_does_not_arrive_is_never_fine():
    assert running.notices_line(3, 0).state == State.FINE
    assert running.notices_line(3, 1).state == State.ACT


def test_a_referral_may_be_unassessed_for_two_minutes():
    assert running.unassessed_line(0, None, NOW).state == State.FINE
    assert running.unassessed_line(1, NOW - timedelta(minutes=2), NOW).state == State.FINE
    line = running.unassessed_line(1000, NOW - timedelta(minutes=3), NOW)
    assert line.state == State.ACT and line.stands.startswith("1,000 or more")


def test_what_the_keys_need():
    assert running.keys_line("aa", {}, 1).state == State.FINE
    assert "Take the old key out" in running.keys_line("aa", {}, 2).advice
    assert "bb: 12" in running.keys_line("aa", {"bb": 12}, 2).stands
    assert "too many" in running.keys_line("aa", None, 2).stands


@pytest.mark.parametrize(("free", "state"), [(20, State.FINE), (19, State.LOOK), (9, State.ACT)])
def test_a_disk_that_fills_up_is_said_before_it_is_full(free, state):
    assert operations.disk_line(free, 100).state == state


def test_faults_of_today_are_looked_at_and_none_counted_is_not_none():
    today = date(2026, 11, 29)
    days = [DayOfFaults(today, 0, 0), DayOfFaults(today - timedelta(days=1), 2, 3)]
    assert operations.faults_line(days, today) == operations.Line(
        "Requests that broke", "0 today, 5 in 2 days"
    )
    assert operations.faults_line([DayOfFaults(today, 1, 0)], today).state == State.LOOK
    assert operations.faults_line(None, today).stands == "not counted"


def test_migrations_that_are_missing_must_be_applied():
    assert operations.migrations_line(0).state == State.FINE
    assert "manage.py migrate" in operations.migrations_line(2).advice


# --- The page ---------------------------------------------------------------------------------------------


@pytest.fixture
def page(cast, signed_in):
    def read() -> str:
        answer = signed_in(cast.adam).get(PAGE)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_a_clinic_where_all_is_done_has_nothing_to_do(page, settings, tmp_path, monkeypatch):
    settings.FAULT_COUNTS = tmp_path / "faults"
    monkeypatch.setattr(operations, "disk", lambda: (90, 100))  # this machine's is nobody's promise
    note_pass()
    for kind in Upkeep.Kind:
        note_upkeep(kind, at=timezone.now(), seconds=2)
    text = page()
    assert "Nothing is to be done." in text and "Act now" not in text
    count(BROKEN, timezone.localdate())
    text = page()
    assert "1 today, 1 in 7 days" in text and "See to it" in text and "journalctl" in text


def test_it_shows_work_upkeep_machine_and_versions_and_nothing_of_a_person(page, clinic):
    clinic.new(**URGENT, **{"about.first_name": CANARY, "about.last_name": CANARY})
    left = Referral.objects.get(submission=sent_intake())
    Referral.objects.filter(pk=left.pk).update(received_at=timezone.now() - timedelta(hours=1))
    OutgoingMail.objects.create(purpose="come_back", to=f"{CANARY}@example.org", subject=CANARY, body=CANARY, attempts=1, last_error="Refused")  # fmt: skip
    text = page()
    assert CANARY not in text and left.reference not in text
    for words in (
        "1 open, 1 urgent",
        "1 waits, the oldest for 0 minutes, 1 failed at least once",
        "1, the oldest for 1 hour",
        "Restore drill",
        "seals everything",
        "Migrations not applied",
        "GB free",
        operations.commit() or "unknown: it was not cloned by git",
        operations.RULESET,
    ):
        assert words in text, words
    assert '<svg\n    role="img"' in text and 'id="faults-table"' in text


def test_it_asks_the_database_as_often_however_much_there_is(cast, clinic, signed_in):
    browser = signed_in(cast.adam)
    browser.get(PAGE)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(PAGE).status_code == 200
        return len(asked)

    before = queries()
    for _each in range(3):
        clinic.new(**URGENT)
        OutgoingMail.objects.create(purpose="come_back", to="pat@example.org", subject="Hello", body="Text")
    assert queries() == before <= 15


def test_keys_that_an_older_master_key_wraps_are_counted_until_they_are_wrapped_anew(page, clinic, settings):
    newer = base64.b64encode(os.urandom(32)).decode()
    clinic.new()
    assert under_older_keys() == {}
    settings.SEALING_KEYS = (newer, SEALING_KEY)
    # With that of the chain of events on SQLite.
    assert list(under_older_keys().values()) == [1 + SharedKey.objects.count()]
    assert "rows still under others" in page()
    list(rewrap_all())
    assert under_older_keys() == {}
    assert "Take the old key out" in page()


def test_whoever_may_not_see_it_is_refused_and_finds_no_link(cast, signed_in):
    for person in (cast.cora, cast.clara, cast.olive, cast.sid):
        assert signed_in(person).get(PAGE).status_code == 403
        assert PAGE not in signed_in(person).get("/admin/").content.decode()
    assert PAGE in signed_in(cast.adam).get("/admin/").content.decode()


# --- Which commit lies on the disk --------------------------------------------------------------------------


def tree(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / ".git" / name.replace("__", "/").replace("_refs", "-refs")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def test_the_commit_is_read_from_gits_files(tmp_path):
    whole = "0123456789abcdef0123456789abcdef01234567"
    assert operations.commit(tmp_path) == ""
    assert operations.commit(tree(tmp_path / "a", HEAD=f"{whole}\n")) == "0123456789ab"
    loose = tree(tmp_path / "b", HEAD="ref: refs/heads/main\n", refs__heads__main=f"{whole}\n")
    assert operations.commit(loose) == "0123456789ab"
    packed = tree(
        tmp_path / "c", HEAD="ref: refs/heads/main\n", packed_refs=f"# pack\n{whole} refs/heads/main\n"
    )
    assert operations.commit(packed) == "0123456789ab"
    assert (
        operations.commit(tree(tmp_path / "d", HEAD="ref: refs/heads/main\n", packed_refs="# pack\n")) == ""
    )
