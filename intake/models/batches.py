"""Deleting many rows in small pieces: each a short transaction, none a statement that holds others up for minutes."""

from django.db.models import QuerySet

BATCH = 500
MOST = 20_000  # in one go; the rest waits for the next hour


def delete_in_batches(rows: QuerySet, *, most: int = MOST) -> int:
    """Delete ``rows``, at most about ``most``; how many were found. What no longer fits when its turn comes stays."""
    found = 0
    while found < most:
        batch = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        rows.filter(pk__in=batch).delete()
        found += len(batch)
        if len(batch) < BATCH:
            break
    return found
