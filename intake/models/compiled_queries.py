"""Saving a draft by a statement that is compiled once: composing it anew costs the ORM several times what running it does."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connections, router


@cache
def _storing(model: Any, *, unless_saved: bool) -> str:
    columns = ", ".join(f"{name} = %s" for name in model.STORED)
    still_open = " AND ".join(
        f"{name} IS NULL" if value is None else f"{name} = '{value}'" for name, value in model.OPEN.items()
    )
    return (
        f'UPDATE "{model._meta.db_table}" SET {columns}'  # noqa: S608 names of ours
        f" WHERE {model._meta.pk.column} = %s AND {still_open}"
        f"{' AND saved_at = %s' if unless_saved else ''}"
    )


def store(draft: Any, read_saved_at: datetime | None = None) -> bool:
    """Store the ``STORED`` columns of a draft; False, and nothing is stored, if it is not ``OPEN`` any more.

    With ``read_saved_at``, its ``saved_at`` as it was read, so too if it was saved since.
    """
    model: Any = type(draft)
    connection, field = connections[router.db_for_write(model)], model._meta.get_field
    names = (*model.STORED, model._meta.pk.name)
    values = [field(name).get_db_prep_save(getattr(draft, name), connection) for name in names]
    if read_saved_at is not None:
        values.append(field("saved_at").get_db_prep_save(read_saved_at, connection))
    with connection.cursor() as cursor:
        cursor.execute(_storing(model, unless_saved=read_saved_at is not None), values)
        return cursor.rowcount == 1
