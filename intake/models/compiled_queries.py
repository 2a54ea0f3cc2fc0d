"""Reading a row and saving a draft by queries that are compiled once: every page does both.

Composing them anew costs the ORM several times what running them does, and ``objects.raw()`` half of that;
without this an intake is not seven times cheaper than the wizard (``make bench-pages``).
"""

import uuid
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connections, router


@cache
def _reading(model: Any, database: str) -> tuple[list[str], str, list[tuple[Any, ...]]]:
    """The attributes, the query that reads one row by its id, and what converts the columns."""
    compiler = (
        model._base_manager.using(database)
        .filter(pk=model._meta.pk.to_python(0))
        .query.get_compiler(database)
    )
    query, _id = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    columns = [field.attname for field in model._meta.concrete_fields]
    return columns, query, [(place, *found) for place, found in converters.items()]


def read(model: Any, pk: uuid.UUID | str | int, *, lock: bool) -> Any:
    """The row with this id, locked if asked for, or None; raises ``ValidationError`` for what is no id."""
    database = router.db_for_read(model)
    connection = connections[database]
    columns, query, converters = _reading(model, database)
    if lock and connection.features.has_select_for_update:
        query = f"{query} {connection.ops.for_update_sql()}"
    with connection.cursor() as cursor:
        cursor.execute(query, [model._meta.pk.get_db_prep_value(pk, connection)])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, functions, column in converters:
        for convert in functions:
            values[place] = convert(values[place], column, connection)
    return model.from_db(database, columns, values)


@cache
def _storing(model: Any, *, unless_saved: bool) -> str:
    columns = ", ".join(f"{name} = %s" for name in model.STORED)
    still_open = " AND ".join(
        f"{name} IS NULL" if value is None else f"{name} = '{value}'" for name, value in model.OPEN.items()
    )
    return (
        f'UPDATE "{model._meta.db_table}" SET {columns}'  # nosec B608 # noqa: S608 names of ours
        f" WHERE {model._meta.pk.column} = %s AND {still_open}"
        f"{' AND saved_at = %s' if unless_saved else ''}"
    )


@cache
def _stored(model: Any) -> list[Any]:
    return [model._meta.get_field(name) for name in (*model.STORED, model._meta.pk.name)]


def store(draft: Any, read_saved_at: datetime | None = None) -> bool:
    """Store the ``STORED`` columns of a draft; False, and nothing is stored, if it is not ``OPEN`` any more.

    With ``read_saved_at``, its ``saved_at`` as it was read, so too if it was saved since.
    """
    model: Any = type(draft)
    connection, fields = connections[router.db_for_write(model)], _stored(model)
    values = [field.get_db_prep_save(field.pre_save(draft, False), connection) for field in fields]
    if read_saved_at is not None:
        values.append(connection.ops.adapt_datetimefield_value(read_saved_at))
    with connection.cursor() as cursor:
        cursor.execute(_storing(model, unless_saved=read_saved_at is not None), values)
        return cursor.rowcount == 1
