"""Lifts the guards of what is append-only, for one transaction: made for the purge, which alone imports this.

On PostgreSQL only a role that owns the tables can; the role that runs the app is refused like anybody else.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connection, models, transaction

from intake.migrations._append_only import rows_may_change


@contextmanager
def guards_lifted(*guarded: type[models.Model]) -> Iterator[None]:
    """Within this the rows of these models may be changed and removed; at its end the guards stand again.

    Where it ends in an exception nothing has happened.
    """
    tables = [model._meta.db_table for model in guarded]
    with transaction.atomic(), ExitStack() as lifted:
        if connection.vendor == "postgresql":
            # Asked by the triggers; altering the tables would keep everybody else from writing to them.
            _say_purging(",".join(tables))
        else:
            for table in tables:
                lifted.enter_context(rows_may_change(connection, table))
        yield
        if connection.vendor == "postgresql":
            _say_purging("")


def _say_purging(tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('clinic.purging', %s, true)", [tables])
