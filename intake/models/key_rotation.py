"""Wraps every data key by the newest master key, so that an older one is needed no more; nothing is sealed anew."""

from collections.abc import Iterator

from django.apps import apps

from intake.encryption.columns import KeyHolder
from intake.encryption.keys import master_keys
from intake.encryption.sealing import NotOpened

BATCH = 500


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


def _batches(model: type[KeyHolder]) -> Iterator[list[KeyHolder]]:
    rows = model._base_manager.filter(key__isnull=False).only("key").order_by("pk")
    last = None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        last = batch[-1].pk
        yield batch
