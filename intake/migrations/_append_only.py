"""Tables to which the database itself only adds rows: what a migration runs for one, and its way back.

SQLite drops a table's triggers when it rebuilds the table: a later migration that does so must guard it again.
A test fails where a trigger was lost.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations


def guarded(table: str, words: str) -> migrations.RunPython:
    """The operation after which no row of ``table`` is changed or removed; ``words`` say so to whoever tries."""
    return migrations.RunPython(_forbid(table, words), _allow(table))


def unguarded(table: str, words: str) -> migrations.RunPython:
    """The operation before those that change the table itself; ``guarded`` follows them."""
    return migrations.RunPython(_allow(table), _forbid(table, words))


def _forbid(table: str, words: str) -> Callable:
    def forbid(apps, schema_editor) -> None:
        of_vendor = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in of_vendor(table, words):
            schema_editor.execute(statement)

    return forbid


def _allow(table: str) -> Callable:
    def allow(apps, schema_editor) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in _undone_postgresql(table) if postgresql else _undone_sqlite(table):
            schema_editor.execute(statement)

    return allow


@contextmanager
def rows_may_change(connection: Any, table: str) -> Iterator[None]:
    """Within a transaction: the rows of ``table`` may be changed; the same triggers stand again at its end."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            off = [f"ALTER TABLE {table} DISABLE TRIGGER USER"]
            # A table with checks still to come is not altered.
            on = ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {table} ENABLE TRIGGER USER"]
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            found = cursor.fetchall()
            off, on = [f"DROP TRIGGER {name}" for name, _sql in found], [sql for _name, sql in found]
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)


SQLITE = {
    "never_updated": "BEFORE UPDATE ON {table}",
    "never_deleted": "BEFORE DELETE ON {table}",
    # INSERT OR REPLACE removes the old row without asking a DELETE trigger.
    "never_replaced": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
}


def _sqlite(table: str, words: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_{name} {when.format(table=table)} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        for name, when in SQLITE.items()
    ]


def _undone_sqlite(table: str) -> list[str]:
    return [f"DROP TRIGGER {table}_{name}" for name in SQLITE]


def _postgresql(table: str, words: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
        f"""CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
        f"""CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
    ]


def _undone_postgresql(table: str) -> list[str]:
    return [
        f"DROP TRIGGER {table}_never_truncated ON {table}",
        f"DROP TRIGGER {table}_never_changed ON {table}",
        f"DROP FUNCTION {table}_append_only()",
    ]
