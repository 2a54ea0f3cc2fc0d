"""What a database holds, table by table: how many rows, and a digest of them that no order of rows changes."""

import hashlib
from collections.abc import Iterator, Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

Contents = dict[str, list]  # table -> [rows, digest in hexadecimal]
BITS = 60  # of the digest of a row; those of a table are added up


def contents_of(connection: BaseDatabaseWrapper) -> Contents:
    """What ``connection`` sees now; in a transaction that repeats its reads, of one moment."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        found: Contents = {}
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(_in_postgresql(connection.ops.quote_name(table)))
                rows, total = cursor.fetchone()
            else:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # nosec B608 # noqa: S608  # names of ours
                rows, total = _added_up(cursor)
            found[table] = [rows, f"{int(total) % 2**64:016x}"]
    return found


def _in_postgresql(table: str) -> str:
    """Where the rows are: a million of them stay there."""
    row = f"('x' || substr(md5(held::text), 1, {BITS // 4}))::bit({BITS})::bigint"
    return f"SELECT count(*), coalesce(sum({row}), 0) FROM {table} AS held"  # nosec B608 # noqa: S608  # names of ours


def _added_up(rows: Iterator[tuple]) -> tuple[int, int]:
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8]) >> (64 - BITS)
    return count, total


def differences(wanted: Mapping[str, list], found: Mapping[str, list]) -> list[str]:
    """A line for each table that is not as it was; none for a whole restore."""
    lines = []
    for table in sorted({*wanted, *found}):
        before, now = wanted.get(table), found.get(table)
        if before is None or now is None:
            lines.append(f"{table}: {'not in the backup' if before is None else 'not restored'}")
        elif before != now:
            lines.append(f"{table}: {before[0]} rows in the backup, {now[0]} restored, or other content")
    return lines
