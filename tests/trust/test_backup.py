"""Backups that come back: a real dump, encrypted, restored into another database and compared with what it was."""

import json
import os
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from intake.models import Submission
from tests import proving
from tests.conftest import URGENT
from treatments.management.backups import dumping
from treatments.management.backups.contents import contents_of, differences
from treatments.management.backups.dumping import another
from treatments.models import Event, Upkeep

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Zebulon"
REFERRALS = proving.times(2, 1000)


@pytest.fixture
def key(tmp_path, settings, capsys) -> Path:
    """A secret key, whose public one the settings name."""
    path = tmp_path / "key.txt"
    call_command("backup", new_key=path)
    settings.BACKUP_KEYS = capsys.readouterr().out.strip().removeprefix("BACKUP_KEYS=")
    return path


@pytest.fixture
def saved(tmp_path, key, clinic) -> Path:
    """A backup of a clinic with so many people."""
    clinic.in_review(**{"about.first_name": NAME})
    for _referral in range(REFERRALS - 1):
        clinic.new(**URGENT)
    call_command("backup", tmp_path / "backups")
    return next((tmp_path / "backups").glob("*.age"))


def restored(file: Path, key: Path, *words: str) -> str:
    out = []
    call_command("restore", file, *words, key=key, stdout=type("Out", (), {"write": out.append})())
    return "".join(out)


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """An empty database in the place of the app's own, for the command alone."""
    with dumping.scratch(tmp_path) as opened:
        monkeypatch.setattr("treatments.management.commands.restore.connection", opened)
        yield opened


def test_what_is_restored_is_what_was_saved_table_by_table(saved, key, empty):
    said = restored(saved, key)
    assert "Every table is as it was" in said
    found = contents_of(empty)
    assert found["treatments_referral"][0] == REFERRALS
    assert found["treatments_event"][0] == Event.objects.count() > 2
    assert Submission.objects.using(empty.alias).filter(answers__isnull=False).count() == REFERRALS


def test_the_guards_of_what_is_append_only_come_back(saved, key, empty):
    restored(saved, key)
    with pytest.raises(Exception, match=r"append-only"), empty.cursor() as cursor:
        cursor.execute("UPDATE treatments_event SET note = 'x'")


def test_a_drill_restores_compares_opens_a_record_and_leaves_nothing(saved, key):
    said = restored(saved, key, "--drill")
    assert re.search(r"[A-Z0-9-]+ opens: \d+ parts", said)
    assert re.search(r"\d+\.\d s", said)
    assert NAME not in said
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", ["%\\_drill"])
            assert cursor.fetchone() == (0,)
    assert set(Upkeep.objects.values_list("kind", flat=True)) == {"backup", "drill"}
    proving.figure(f"a drill of {REFERRALS:,} referrals: {said.strip().splitlines()[-1]}")


def test_nothing_of_a_person_stands_in_either_file(saved):
    beside = saved.with_name(f"{saved.name}.json")
    assert saved.read_bytes().startswith(b"age-encryption.org/v1")
    for file in (saved, beside):
        assert NAME.encode() not in file.read_bytes()
        assert os.stat(file).st_mode & 0o077 == 0
    assert set(json.loads(beside.read_text())) == {"made_at", "sha256", "record", "tables"}
    assert sorted(each.name for each in saved.parent.iterdir()) == [saved.name, beside.name]


def test_another_key_opens_nothing(saved, tmp_path, capsys):
    call_command("backup", new_key=tmp_path / "other.txt")
    with pytest.raises(CommandError, match="does not open"):
        restored(saved, tmp_path / "other.txt")


def test_a_file_that_was_changed_is_refused_before_anything_is_read_in(saved, key, empty):
    whole = bytearray(saved.read_bytes())
    whole[len(whole) // 2] ^= 1
    saved.write_bytes(whole)
    with pytest.raises(CommandError, match="digest"):
        restored(saved, key)
    assert contents_of(empty) == {}


def test_a_row_that_did_not_come_back_is_found(saved, key, empty, monkeypatch):
    read_in = dumping.read_in

    def losing(path, opened):
        read_in(path, opened)
        with opened.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")

    monkeypatch.setattr("treatments.management.commands.restore.read_in", losing)
    with pytest.raises(CommandError, match="django_migrations: "):
        restored(saved, key)
    proving.control("a row that did not come back is found")


def test_a_row_that_came_back_otherwise_is_found():
    assert differences({"a": [1, "00"], "b": [0, "00"]}, {"a": [1, "01"], "c": [0, "00"]}) == [
        "a: 1 rows in the backup, 1 restored, or other content",
        "b: not restored",
        "c: not in the backup",
    ]


def test_a_database_that_holds_something_is_never_written_over(saved, key, empty):
    restored(saved, key)
    with pytest.raises(CommandError, match=r"empty|already"):
        restored(saved, key)


def test_without_a_key_in_the_settings_there_is_no_backup(tmp_path, settings):
    settings.BACKUP_KEYS = ""
    with pytest.raises(CommandError, match="BACKUP_KEYS is empty"):
        call_command("backup", tmp_path / "backups")
    settings.BACKUP_KEYS = "age1nonsense"
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", tmp_path / "backups")
    assert not (tmp_path / "backups").exists()


def test_a_key_is_never_written_over(key, capsys):
    before = key.read_text()
    with pytest.raises(CommandError, match="can't be written"):
        call_command("backup", new_key=key)
    assert key.read_text() == before


@pytest.mark.postgres
def test_what_pg_dump_complains_of_is_said_without_a_row(key, tmp_path, clinic, monkeypatch):
    clinic.new(**{"about.first_name": NAME})
    with another("nowhere") as nowhere:
        monkeypatch.setitem(connection.settings_dict, "NAME", nowhere.settings_dict["NAME"])
        with pytest.raises(CommandError, match="pg_dump failed") as refused:
            call_command("backup", tmp_path / "backups")
    assert NAME not in str(refused.value)
    assert list((tmp_path / "backups").iterdir()) == []
