"""The chain of migrations: linear, named in one file, in step with the models; a row more in a table adds none."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import makemigrations as django_makemigrations
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from treatments.management.commands import fresh_migrations, makemigrations

SIDES = ("intake", "treatments")
# Choices that no table holds and no clinic extends: another one is work of its own, a migration too.
CLOSED = {
    "intake.Submission.state",
    "intake.Alarm.urgency",
    "intake.Message.kind",
    "intake.Question.end",
    "intake.ResumeKey.kind",
    "treatments.OnCallNotice.channel",
}


@pytest.mark.parametrize("side", SIDES)
def test_the_chain_of_a_side_is_a_line_that_ends_where_its_file_says(side):
    known = {key[1]: found for key, found in MigrationLoader(None).disk_migrations.items() if key[0] == side}
    before = {
        name: [parent for app, parent in migration.dependencies if app == side]
        for name, migration in known.items()
    }
    assert sorted(map(len, before.values())) == [0] + [1] * (len(known) - 1)
    newest = set(known) - {parent for parents in before.values() for parent in parents}
    assert newest == {makemigrations.newest_of(side).read_text(encoding="utf-8").strip()}


def test_every_migration_has_a_name_of_its_own():
    names = [name for app, name in MigrationLoader(None).disk_migrations if app in SIDES]
    assert [name for name in names if re.search(r"_(auto|initial|alter|add)_|_initial$", name)] == []


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_table_can_be_taken_back_by_the_first_migrations_alone():
    """A later migration that can't be reversed would hold the first one in place."""
    plan = MigrationLoader(connection).graph.backwards_plan(("intake", "0001_first"))
    known = MigrationLoader(connection).disk_migrations
    assert all(step.reversible for key in plan if key[0] in SIDES for step in known[key].operations)


@pytest.mark.django_db
def test_a_database_that_took_every_step_of_before_has_nothing_to_migrate():
    known = MigrationLoader(connection).disk_migrations
    for key, migration in known.items():
        if migration.replaces and not key[1].startswith("0001"):
            MigrationRecorder(connection).record_unapplied(*key)
    loader = MigrationLoader(connection)
    assert set(loader.graph.leaf_nodes()) <= set(loader.applied_migrations)


@pytest.mark.parametrize(
    "field",
    [
        field
        for side in SIDES
        for model in apps.get_app_config(side).get_models()
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if field.choices and str(field) not in CLOSED
    ],
    ids=str,
)
def test_a_row_more_in_a_table_makes_no_migration(field):
    assert callable(field.deconstruct()[3]["choices"])


def test_making_a_migration_notes_it_as_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr(makemigrations, "newest_of", lambda app: tmp_path / app)
    monkeypatch.setattr(django_makemigrations.Command, "write_migration_files", lambda *args: None)
    command = makemigrations.Command()
    command.dry_run = True
    command.write_migration_files({"intake": [Migration("0002_more", "intake")]})
    assert list(tmp_path.iterdir()) == []
    command.dry_run = False
    command.write_migration_files({"intake": [Migration("0002_more", "intake")]})
    assert (tmp_path / "intake").read_text() == "0002_more\n"


@pytest.mark.django_db
def test_fresh_migrations_write_the_first_ones_and_put_back_those_written_by_hand(tmp_path, monkeypatch):
    """With Django's command stood in for: it writes into the folders of the apps themselves."""
    for side in SIDES:
        (tmp_path / side).mkdir()
        (tmp_path / side / "0001_first.py").write_text("old")
    (tmp_path / "treatments" / "0002_by_hand.py").write_text("by hand")
    monkeypatch.setattr(fresh_migrations, "newest_of", lambda app: tmp_path / app / "max_migration.txt")
    monkeypatch.setattr(makemigrations, "newest_of", lambda app: tmp_path / app / "max_migration.txt")

    def stand_in(_command: str, *sides: str, **_options: object) -> None:
        assert not list(tmp_path.rglob("0*.py"))
        for side in sides:
            Path(tmp_path, side, "0001_first.py").write_text("new\n")

    monkeypatch.setattr(fresh_migrations, "call_command", stand_in)
    call_command("fresh_migrations")
    assert (tmp_path / "intake" / "0001_first.py").read_text().endswith('side."""\n\nnew\n')
    assert (tmp_path / "treatments" / "0002_by_hand.py").read_text() == "by hand"
    assert (tmp_path / "treatments" / "max_migration.txt").read_text() == "0002_by_hand\n"
    assert (tmp_path / "intake" / "max_migration.txt").read_text() == "0001_first\n"


@pytest.mark.django_db
def test_fresh_migrations_that_fail_leave_all_as_it_was(tmp_path, monkeypatch):
    for side in SIDES:
        (tmp_path / side).mkdir()
        (tmp_path / side / "0001_first.py").write_text("old")
    monkeypatch.setattr(fresh_migrations, "newest_of", lambda app: tmp_path / app / "max_migration.txt")

    def fail(*_args: str, **_options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(fresh_migrations, "call_command", fail)
    with pytest.raises(RuntimeError):
        call_command("fresh_migrations")
    assert {file.read_text() for file in tmp_path.rglob("0*.py")} == {"old"}
