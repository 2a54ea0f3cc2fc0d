"""Rows on their way straight into the database, thousands in one statement, past every action and signal."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from django.db import connection, models

from intake.encryption.columns import SealedColumn
from intake.encryption.sealing import seal
from intake.models import Submission
from treatments.models.record_chain import LINK, as_written


class Table:
    """Rows of one model on their way into the database; what is not given has the model's own default."""

    def __init__(self, model: type[models.Model]):
        self.fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.name = connection.ops.quote_name(model._meta.db_table)
        self.defaults = {
            field.attname: json.dumps(field.get_default())
            if isinstance(field, models.JSONField) and not field.null
            else None
            if isinstance(field, SealedColumn)
            else field.get_default()
            for field in self.fields
        }
        self.rows: list[tuple] = []

    def add(self, **values) -> None:
        row = {**self.defaults, **values}
        if "link" in row and connection.vendor == "sqlite":
            row["link"] = as_written(row)
        self.rows.append(tuple(row[field.attname] for field in self.fields))

    def write(self) -> None:
        names = ", ".join(
            connection.ops.quote_name(field.db_column or field.attname) for field in self.fields
        )
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({names}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                # Each event is chained as it is written.
                places = ", ".join(LINK if name.attname == "link" else "%s" for name in self.fields)
                cursor.executemany(
                    f"INSERT INTO {self.name} ({names}) VALUES ({places})",  # nosec B608 # noqa: S608 our own names
                    [[plain(value) for value in row] for row in self.rows],
                )
        self.rows.clear()


def sealed_answers(submission: uuid.UUID, answers: str) -> dict[str, bytes | None]:
    """The columns of a submission that hold these answers, which are JSON already, and the key to them."""
    row, column = Submission(id=submission), Submission._meta.get_field("answers")
    place = cast(SealedColumn, column).place(row)
    return {"answers": seal(row.data_key, answers.encode(), place), "key": row.key}


def plain(value):
    """As SQLite keeps it."""
    if isinstance(value, uuid.UUID):
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


@contextmanager
def indexes_made_at_the_end(*models_written: type[models.Model]) -> Iterator[None]:
    """On PostgreSQL, drop what no constraint needs and make it again in one go: an order of magnitude faster."""
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in models_written]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef LIKE 'CREATE INDEX%%'",
            [tables],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, definition in found:
                cursor.execute(definition)
            # Vacuumed, rows that an index covers are not looked up in the table.
            swept = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
            for table in tables:
                cursor.execute(f"{swept} {connection.ops.quote_name(table)}")
