"""Lets a test that really commits clear its tables: events are append-only in the database, to tests too."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

EVENTS = "treatments_event"


@contextmanager
def events_may_go() -> Iterator[None]:
    """Take the triggers off the events and put the very same ones back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {EVENTS} DISABLE TRIGGER USER")
            again = [f"ALTER TABLE {EVENTS} ENABLE TRIGGER USER"]
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [EVENTS]
            )
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            again = [sql for _name, sql in triggers]
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for each in again:
                cursor.execute(each)


def let_tests_flush() -> None:
    """Wrap the clearing of tables at the end of a committing test, and nothing else."""
    clear = TransactionTestCase._fixture_teardown

    def clear_with_events(self) -> None:
        with events_may_go():
            clear(self)

    TransactionTestCase._fixture_teardown = clear_with_events
