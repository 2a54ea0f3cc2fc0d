"""The migrations that seal what is there: back to plain text and forth again, on rows of every kind, nothing lost."""

import json
import os
import subprocess
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from tests.machine import ROOT, Machine

# The last migrations before anything was sealed.
BEFORE = {
    side: f"{int(next((ROOT / side / 'migrations').glob('0*_sealed_columns.py')).name[:4]) - 1:04}"
    for side in ("treatments", "intake")
}
FILL = """
from tests.conftest import Clinic, fresh, hire, arrive
from tests.trust.test_canaries_at_rest import walk
walk(Clinic(hire(), arrive))
"""
# What the models say of every sealed column, row by row.
SAYS = """
import json
from tests.trust.test_canaries_at_rest import sealed_columns
print(json.dumps({
    name: [getattr(row, column.attname) for row in column.model._base_manager.order_by("pk")]
    for name, column in sealed_columns().items()
}, sort_keys=True))
"""
GUARDED_SINCE = {"intake_submission", "intake_amendment", "intake_message", "intake_substanceconsent"}
TRIGGERS = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1, 2"


def there(machine: Machine) -> None:
    """To before anything was sealed."""
    for side, name in BEFORE.items():
        machine.run("migrate", side, name, "--verbosity", "0")


def told(values: list) -> list[str]:
    return sorted(json.dumps(value, sort_keys=True) for value in values)


def was_there(machine: Machine) -> Callable[[str], bool]:
    """Whether a column came with the sealing, and not later: the tables of that day have it."""

    def known(column: str) -> bool:
        table, name = column.split(".")
        return name in {row[1] for row in machine.read(f"PRAGMA table_info({table})")}

    return known


@pytest.fixture
def filled(tmp_path) -> Machine:
    machine = Machine(tmp_path)
    machine.run("migrate", "--verbosity", "0")
    machine.run("seed_groups")
    machine.python(FILL)
    return machine


@pytest.mark.sqlite
@pytest.mark.walk
def test_what_is_sealed_goes_back_to_plain_text_and_is_sealed_again(filled):
    said, triggers = filled.python(SAYS), filled.read(TRIGGERS)
    there(filled)
    plain = {}
    for column in filter(was_there(filled), json.loads(said)):
        table, name = column.split(".")
        plain[column] = [value for (value,) in filled.read(f"SELECT {name} FROM {table}")]  # noqa: S608
    for column in plain:
        values = json.loads(said)[column]
        opened = [json.loads(value) if value and value[0] in "[{" else value for value in plain[column]]
        assert told(opened) == told(values), column
    before = [table for table, *_rest in triggers if table not in GUARDED_SINCE]
    assert [table for table, *_rest in filled.read(TRIGGERS)] == before
    filled.run("migrate", "--verbosity", "0")
    again = json.loads(filled.python(SAYS))
    assert {column: again[column] for column in plain} == {
        column: json.loads(said)[column] for column in plain
    }
    assert filled.read(TRIGGERS) == triggers
    filled.run("verify_record")
    assert b"kanarieventnote" not in filled.file.read_bytes()


@pytest.mark.postgres
def test_the_same_on_postgresql(tmp_path):
    """Where a table with checks still to come is not altered."""
    server, name = connection.settings_dict, f"sealing_{os.getpid()}"
    where = ["-h", server["HOST"], "-p", str(server["PORT"] or 5432), "-U", server["USER"], name]
    subprocess.run(["createdb", *where], check=True)
    try:
        machine = Machine(tmp_path)
        address = f"postgres://{server['USER']}@{server['HOST']}:{server['PORT'] or 5432}/{name}"
        machine.environment["DATABASE_URL"] = address
        machine.run("migrate", "--verbosity", "0")
        machine.run("seed_groups")
        machine.python(FILL)
        said = json.loads(machine.python(SAYS))
        there(machine)
        with psycopg.connect(address) as database:
            every = database.execute(
                "SELECT table_name || '.' || column_name FROM information_schema.columns"
            )
            old = {column for (column,) in every} & said.keys()
        machine.run("migrate", "--verbosity", "0")
        again = json.loads(machine.python(SAYS))
        assert old and {column: again[column] for column in old} == {column: said[column] for column in old}
    finally:
        subprocess.run(["dropdb", *where], check=True)
