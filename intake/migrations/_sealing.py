"""What a migration runs to seal the columns of a table that were plain, and to open them again.

Written against the pure cipher and not against today's columns, so that it still does what it did. Each batch is a
transaction of its own: stopped in between, the migration goes on where it stood.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, migrations, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from intake.encryption.keys import master_keys
from intake.encryption.sealing import ready, seal, unseal
from intake.migrations._append_only import rows_may_change

BATCH = 500
OWNERS = "intake_submission"  # whose key everything is sealed with


def owner_of(key: object, table: str = OWNERS) -> bytes:
    return f"{table}|{key}".encode()


def sealed(app: str, model: str, *holders: str, **columns: str) -> migrations.RunPython:
    """Seal ``columns`` (name -> "text" or "json") into ``<name>_sealed``; ``holders`` lead to the submission.

    The first that is there counts, "" is the row itself. Where none is, the row gets a ``shared_key``, of its month.

    Of a migration with ``atomic = False``.
    """

    def forth(apps: Any, _editor: Any) -> None:
        _walk(apps.get_model(app, model), holders, columns, _seal_row)

    def back(apps: Any, _editor: Any) -> None:
        _walk(apps.get_model(app, model), holders, columns, _open_row)

    return migrations.RunPython(forth, back)


def keyed(apps: Any, _editor: Any) -> None:
    """Give each submission that has none a data key."""
    Submission = apps.get_model("intake", "Submission")
    for rows in _batches(Submission.objects.filter(key=None)):
        for row in rows:
            row.key = master_keys().new_data_key(owner_of(row.pk))
        Submission.objects.bulk_update(rows, ["key"])


def _walk(model: Any, holders: tuple[str, ...], columns: dict[str, str], change: Callable) -> None:
    ids = [F(f"{holder}__pk" if holder else "pk") for holder in holders]
    keys = [F(f"{holder}__key" if holder else "key") for holder in holders]
    several = len(holders) > 1
    queryset = model.objects.annotate(
        holder_id=Coalesce(*ids) if several else ids[0], holder_key=Coalesce(*keys) if several else keys[0]
    )
    names = [name for column in columns for name in (column, f"{column}_sealed")]
    shares = ["shared_key"] if several else []
    for rows in _batches(queryset):
        with transaction.atomic(), rows_may_change(connection, model._meta.db_table):
            for row in rows:
                owner, key = _key_of(row)
                for column, kind in columns.items():
                    change(row, column, kind, key, _place(row, column, owner))
            model.objects.bulk_update(rows, names + shares)


def _key_of(row: Any) -> tuple[bytes, AESGCM]:
    """Whose row it is, and the data key of that one."""
    if row.holder_id is not None:
        owner, wrapped = owner_of(row.holder_id), row.holder_key
    else:
        Shared = row._meta.get_field("shared_key").related_model
        name = f"month {row.at:%Y-%m}"
        owner = owner_of(name, "intake_sharedkey")
        key = {"key": master_keys().new_data_key(owner)}
        row.shared_key = Shared.objects.get_or_create(name=name, defaults=key)[0]
        wrapped = row.shared_key.key
    return owner, ready(master_keys(), bytes(wrapped), owner)


def _batches(queryset: Any) -> Iterator[list[Any]]:
    last = None
    while rows := list((queryset.filter(pk__gt=last) if last else queryset).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield rows


def _seal_row(row: Any, column: str, kind: str, key: AESGCM, place: bytes) -> None:
    value = getattr(row, column)
    # "" and {} stand for nothing where NULL does so from now on.
    empty = value is None or (kind == "text" and value == "") or (kind == "json or nothing" and value == {})
    if not empty and getattr(row, f"{column}_sealed") is None:
        plain = value if kind == "text" else json.dumps(value)
        setattr(row, f"{column}_sealed", seal(key, plain.encode(), place))


def _open_row(row: Any, column: str, kind: str, key: AESGCM, place: bytes) -> None:
    value = getattr(row, f"{column}_sealed")
    if value is not None:
        plain = unseal(key, bytes(value), place).decode()
        setattr(row, column, plain if kind == "text" else json.loads(plain))


def _place(row: Any, column: str, owner: bytes) -> bytes:
    return f"{row._meta.db_table}.{column}|".encode() + owner


def swept(*tables: str) -> migrations.RunPython:
    """Leave no plain text in the space that the old columns took; of a migration with ``atomic = False``."""

    def sweep(_apps: Any, editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            if editor.connection.vendor == "postgresql":
                for table in tables:
                    cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
            else:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return migrations.RunPython(sweep, migrations.RunPython.noop)
