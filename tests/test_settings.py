"""The start with good, odd and missing settings: one clear sentence, never a traceback."""

import base64
import os
import subprocess
import sys

import pytest

from tests.machine import ROOT, free_port
from tests.starting import manage

KEY, OTHER_KEY = (base64.b64encode(bytes(range(first, first + 32))).decode() for first in (0, 100))
SOUND = {
    "SEALING_KEYS": KEY,
    "SECRET_KEY": "a-key-for-this-test-only-long-enough-to-please-everyone-0123456789",
    "DATABASE_URL": "sqlite:///:memory:",
    "ALLOWED_HOSTS": "clinic.example",
}


def start(**environment: str) -> subprocess.CompletedProcess:
    """Start Django with exactly this environment."""
    return manage("check", environment=environment)


def test_sound_settings_start() -> None:
    assert start(**SOUND).returncode == 0


def test_with_debug_on_only_the_key_is_needed() -> None:
    assert start(SECRET_KEY="x", DEBUG="1").returncode == 0


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "True"])
def test_debug_is_on_for_one_and_true_in_any_case(value: str) -> None:
    assert start(SECRET_KEY="x", DEBUG=value).returncode == 0


@pytest.mark.parametrize("value", ["0", "false", "FALSE", ""])
def test_debug_is_off_for_zero_and_false_so_hosts_and_database_are_needed(value: str) -> None:
    assert "DATABASE_URL" in start(SECRET_KEY="x", DEBUG=value, ALLOWED_HOSTS="a.example").stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "   "),
        ("SEALING_KEYS", ""),
        ("SEALING_KEYS", "a phrase of mine"),
        ("SEALING_KEYS", KEY[:-4]),
        ("SEALING_KEYS", base64.b64encode(bytes(32)).decode()),
        ("SEALING_KEYS", f"{KEY} {OTHER_KEY} {KEY}"),
        ("SEALING_KEYS_FILE", "/nowhere/keys"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "mysql://root@localhost/clinic"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://"),
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("HTTPS", "on"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "../etc/passwd"),
        ("SUICIDE_SCREEN", "mine"),
        ("PC_PTSD5_CUTOFF_WOMEN", "5"),
        ("PC_PTSD5_CUTOFF_WOMEN", "four"),
        ("WORKING_DAYS", "fri-mon"),
        ("WORKING_DAYS", "mon-"),
        ("WORKING_DAYS", "monday"),
        ("CLINIC_HOLIDAYS", "2026-11-31"),
        ("CLINIC_HOLIDAYS", "20261126"),
        ("CLINIC_HOLIDAYS", "2026-11-26,2026-11-26"),
        ("HELP_PAGES", "never"),
        ("CALL_PROMISE", "yes"),
        ("WORKING_HOURS", "9-17"),
        ("WORKING_HOURS", "17:00-09:00"),
        ("WORKING_HOURS", "09:00-25:00"),
        ("TARGET_HOURS", "new"),
        ("TARGET_HOURS", "new=0"),
        ("TARGET_HOURS", "new=8,new=9"),
        ("TARGET_HOURS", "nobody=8"),
        ("MESSAGE_HOURS", "0"),
        ("CONTACT_ATTEMPTS", "0"),
    ],
)
def test_an_odd_or_missing_value_stops_the_start_with_one_sentence_that_names_it(
    name: str, value: str
) -> None:
    stopped = start(**{**SOUND, name: value})
    assert stopped.returncode == 1
    assert stopped.stderr.count("\n") == 1
    assert name in stopped.stderr
    assert "Traceback" not in stopped.stderr


def test_a_sqlite_file_that_is_not_there_stops_the_start_and_is_not_made(tmp_path) -> None:
    file = tmp_path / "mistyped.sqlite3"
    stopped = start(**{**SOUND, "DATABASE_URL": f"sqlite:///{file}"})
    assert stopped.returncode == 1
    assert stopped.stderr.count("\n") == 1
    assert f"DATABASE_URL names a file that is not there: {file}" in stopped.stderr
    assert not file.exists()
    file.touch()
    assert start(**{**SOUND, "DATABASE_URL": f"sqlite:///{file}"}).returncode == 0


def test_the_server_ends_with_the_sentence_instead_of_starting_its_workers_over_and_over(tmp_path) -> None:
    served = subprocess.run(
        [sys.executable, "-m", "clinic.serve", "--port", str(free_port())],
        env={
            **SOUND,
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{tmp_path / 'mistyped.sqlite3'}",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert served.returncode == 1
    assert served.stderr.startswith("Settings: DATABASE_URL names a file that is not there")
    assert served.stderr.count("\n") == 1


@pytest.mark.parametrize("may", ["DEMO", "DEBUG"])
def test_a_demonstration_makes_its_file_by_itself(tmp_path, may: str) -> None:
    address = f"sqlite:///{tmp_path / 'first.sqlite3'}"
    assert start(**{**SOUND, "DATABASE_URL": address, may: "1"}).returncode == 0


def test_the_sentence_does_not_repeat_the_database_password() -> None:
    stopped = start(**{**SOUND, "DATABASE_URL": "mysql://clinic:hunter2@db/clinic"})
    assert "hunter2" not in stopped.stderr + stopped.stdout


@pytest.mark.parametrize("command", [["rules"], ["assess", "tests/data/intakes/none.json"]])
def test_the_pure_commands_need_no_settings_at_all(command: list[str]) -> None:
    ran = manage(*command, environment={})
    assert "Settings:" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout


# --- The keys that seal ---------------------------------------------------------------------------------


def test_several_keys_stand_with_spaces_commas_or_lines_between_them() -> None:
    for between in (" ", ",", ", ", "\n"):
        assert start(**{**SOUND, "SEALING_KEYS": f"{KEY}{between}{OTHER_KEY}"}).returncode == 0


def test_the_keys_may_stand_in_a_file(tmp_path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\n{OTHER_KEY}\n")
    of_file = {**SOUND, "SEALING_KEYS": "", "SEALING_KEYS_FILE": str(file)}
    assert start(**of_file).returncode == 0
    assert "both set" in start(**{**of_file, "SEALING_KEYS": KEY}).stderr
    file.write_text(" ")
    assert "empty" in start(**of_file).stderr
    file.write_bytes(b"\xff")
    assert "can't be read" in start(**of_file).stderr


def test_the_secret_key_is_no_key_to_seal_with() -> None:
    assert "SEALING_KEYS" in start(**{**SOUND, "SECRET_KEY": KEY}).stderr


def test_no_sentence_repeats_a_key() -> None:
    for value in (f"{KEY}x", f"{KEY} {KEY}"):
        stopped = start(**{**SOUND, "SEALING_KEYS": value})
        assert stopped.returncode == 1
        assert KEY[:20] not in stopped.stderr + stopped.stdout
