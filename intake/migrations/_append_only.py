"""Tables to which the database itself only adds rows: what a migration runs for one, and its way back.

SQLite drops a table's triggers when it rebuilds the table: a later migration that does so must guard it again.
A test fails where a trigger was lost.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations


def guarded(table: str, words: str, *unique: str) -> migrations.RunPython:
    """The operation after which no row of ``table`` is changed or removed; ``words`` say so to whoever tries.

    ``unique`` are conditions by which a row NEW has the place of one that stands, such as ``key = NEW.key``.
    """
    return migrations.RunPython(_forbid(table, words, unique), _allow(table))


def unguarded(table: str, words: str, *unique: str) -> migrations.RunPython:
    """The operation before those that change the table itself; ``guarded`` follows them."""
    return migrations.RunPython(_allow(table), _forbid(table, words, unique))


def _forbid(table: str, words: str, unique: tuple[str, ...]) -> Callable:
    def forbid(apps, schema_editor) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in _postgresql(table, words) if postgresql else _sqlite(table, words, unique):
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
    "never_replaced": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",
}


def _sqlite(table: str, words: str, unique: tuple[str, ...]) -> list[str]:
    same = " OR ".join(("id = NEW.id", *unique))
    return [
        stopping(f"{table}_{name}", when.format(table=table, same=same), words)
        for name, when in SQLITE.items()
    ]


def stopping(name: str, when: str, words: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _undone_sqlite(table: str) -> list[str]:
    return [f"DROP TRIGGER {table}_{name}" for name in SQLITE]


def _postgresql(table: str, words: str) -> list[str]:
    return [
        refusing(table, words),
        f"""CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
        f"""CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
    ]


def refusing(table: str, words: str) -> str:
    """The function of the triggers. The purge says that it is one, and only to the table's owner that is believed."""
    return f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND TG_TABLE_NAME = ANY (string_to_array(current_setting('clinic.purging', true), ','))
        AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
    THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';
END $$"""  # noqa: S608  # nosec B608 names of ours


def _undone_postgresql(table: str) -> list[str]:
    return [
        f"DROP TRIGGER {table}_never_truncated ON {table}",
        f"DROP TRIGGER {table}_never_changed ON {table}",
        f"DROP FUNCTION {table}_append_only()",
    ]
