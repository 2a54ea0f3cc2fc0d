"""Wraps every data key by the newest master key, so that an older one is needed no more; nothing is sealed anew."""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import OperationalError, connection, models, transaction
from django.db.models.functions import Substr

from intake.encryption.columns import KeyHolder
from intake.encryption.keys import master_keys
from intake.encryption.sealing import ID, NotOpened

BATCH = 500
MOST_COUNTED = 10_000
COUNTING_SECONDS = 2


def holders() -> list[type[KeyHolder]]:
    """The models whose rows hold a data key, those of other apps included."""
    found = [model for model in apps.get_models() if issubclass(model, KeyHolder) and not model._meta.proxy]
    return sorted(found, key=lambda model: model._meta.db_table)


def rewrap_all() -> Iterator[tuple[int, int]]:
    """After each batch: how many keys were wrapped anew in it, and how many could not be.

    May be stopped at any moment, begun again, and run while people work: each row is changed by one statement, and
    only if its key is still the one that was read. Whoever reads meanwhile has the old key or the new one, which
    open alike as long as both master keys are set.
    """
    keys = master_keys()
    for model in holders():
        for rows in _batches(model):
            anew = failed = 0
            for row in rows:
                wrapped = bytes(row.key or b"")
                if keys.is_newest(wrapped):
                    continue
                try:
                    again = keys.rewrapped(wrapped, row.owner)
                except NotOpened:
                    failed += 1
                    continue
                anew += model._base_manager.filter(pk=row.pk, key=wrapped).update(key=again)
            yield anew, failed


def left_behind() -> int:
    """How many data keys are not wrapped by the newest master key."""
    newest = master_keys()
    return sum(
        not newest.is_newest(bytes(row.key or b""))
        for model in holders()
        for rows in _batches(model)
        for row in rows
    )


def under_older_keys() -> dict[str, int] | None:
    """How many data keys each master key but the newest wraps, by its id; None where counting takes too long.

    Of a table ``MOST_COUNTED`` at most. Nothing but a new key is needed for it to be more than nothing, so no index
    is kept for it, which each saved page would pay for: near the end of a rotation a whole table is looked through.
    """
    own = Substr("key", 2, ID, output_field=models.BinaryField())
    found: Counter[str] = Counter()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL statement_timeout = '{COUNTING_SECONDS}s'")
            for model in holders():
                rows = model._base_manager.filter(key__isnull=False).annotate(own=own).order_by()
                others = rows.exclude(own=master_keys().newest).values_list("own", flat=True)
                found.update(bytes(each).hex() for each in others[:MOST_COUNTED])
    except OperationalError:  # the time was up
        return None
    return dict(found)


def _batches(model: type[KeyHolder]) -> Iterator[list[KeyHolder]]:
    rows = model._base_manager.filter(key__isnull=False).only("key").order_by("pk")
    last = None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        last = batch[-1].pk
        yield batch
