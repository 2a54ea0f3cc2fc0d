"""A submission's row, read and stored by sentences that are composed once.

Every page reads its draft and saving it writes it; composing either query costs the ORM several times what
running it does.
"""

import uuid
from datetime import datetime
from functools import cache

from django.db import connections, models, router


@cache
def _reading(model: type[models.Model], database: str) -> tuple[list[str], str, list[tuple]]:
    """The attributes, the sentence that reads one row by its id, and what converts the columns."""
    rows = model._default_manager.using(database).filter(pk=uuid.UUID(int=0))
    compiler = rows.query.get_compiler(database)
    sentence, _id = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    columns = [field.attname for field in model._meta.concrete_fields]
    return columns, sentence, [(place, *found) for place, found in converters.items()]


def read(model: type[models.Model], database: str, pk: uuid.UUID | str, *, lock: bool) -> models.Model | None:
    """The row with this id, locked if asked for; raises ``ValidationError`` for what is no UUID."""
    connection = connections[database]
    columns, sentence, converters = _reading(model, database)
    if lock and connection.features.has_select_for_update:
        sentence = f"{sentence} {connection.ops.for_update_sql()}"
    with connection.cursor() as cursor:
        cursor.execute(sentence, [model._meta.pk.get_db_prep_value(pk, connection)])
        row = cursor.fetchone()
    if row is None:
        return None
    row = list(row)
    for place, convert, column in converters:
        for each in convert:
            row[place] = each(row[place], column, connection)
    return model.from_db(database, columns, row)


STORED = ("answers", "progress", "language", "saved_at")


@cache
def _storing(model: type[models.Model], *, unless_saved: bool) -> str:
    columns = ", ".join(f"{name} = %s" for name in STORED)
    return (
        f'UPDATE "{model._meta.db_table}" SET {columns}'  # noqa: S608 names of ours
        f" WHERE id = %s AND state = '{model.State.DRAFT}' AND expired_at IS NULL"
        f"{' AND saved_at = %s' if unless_saved else ''}"
    )


def store(draft: models.Model, read_saved_at: datetime | None = None) -> bool:
    """Store what ``STORED`` names of a submission; False, and nothing is stored, if it is no draft any more.

    With ``read_saved_at``, its ``saved_at`` as it was read, so too if it was saved since.
    """
    model = type(draft)
    connection, field = connections[router.db_for_write(model)], model._meta.get_field
    values = [field(name).get_db_prep_save(getattr(draft, name), connection) for name in (*STORED, "id")]
    if read_saved_at is not None:
        values.append(field("saved_at").get_db_prep_save(read_saved_at, connection))
    with connection.cursor() as cursor:
        cursor.execute(_storing(model, unless_saved=read_saved_at is not None), values)
        return cursor.rowcount == 1
