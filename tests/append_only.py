"""Lets a test that really commits clear its tables: some are append-only in the database, to tests too."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

from intake.models.shared_key import forget_kept

OF_SQLITE = "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%never_%%'"
OF_POSTGRESQL = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE '%%never_%%'"


def guarded_tables() -> set[str]:
    """The tables that have a trigger."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(OF_POSTGRESQL if postgresql else OF_SQLITE, [])
        return {row[-1] for row in cursor.fetchall()}


@contextmanager
def rows_may_go() -> Iterator[None]:
    """Take the triggers off the tables that are append-only and put the very same ones back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(OF_POSTGRESQL, [])
            tables = [table for (table,) in cursor.fetchall()]
            # A table with checks still to come is not altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            again = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute(OF_SQLITE, [])
            triggers = cursor.fetchall()
            for name, _sql, _table in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            again = [sql for _name, sql, _table in triggers]
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for each in again:
                cursor.execute(each)
        forget_kept()  # their rows are gone


def let_tests_flush() -> None:
    """Wrap the clearing of tables at the end of a committing test, and nothing else."""
    clear = TransactionTestCase._fixture_teardown

    def clear_with_guarded_rows(self) -> None:
        with rows_may_go():
            clear(self)
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    # Else the next test's record would read as cut: SQLite knows which numbers it gave to events.
                    cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'treatments_event'")

    TransactionTestCase._fixture_teardown = clear_with_guarded_rows
