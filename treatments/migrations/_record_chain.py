"""What a migration runs to chain the events of SQLite that have no link yet.

One that changes what stands in a column of events empties ``link`` first: the chain then holds from there on.
"""

import sys
from typing import Any

from django.db import migrations, transaction

from intake.encryption.keys import master_keys
from intake.migrations._append_only import rows_may_change
from treatments.models import record_chain

BATCH = 2_000
SHOWN = 50_000  # events, after which a line says how far it has got


def chained() -> migrations.RunPython:
    """Of a migration with ``atomic = False``."""
    return migrations.RunPython(_chain, migrations.RunPython.noop)


def _chain(apps: Any, editor: Any) -> None:
    Event = apps.get_model("treatments", "Event")
    if editor.connection.vendor != "sqlite" or not Event.objects.filter(link=None).exists():
        return
    SharedKey = apps.get_model("intake", "SharedKey")
    key = {"key": master_keys().new_data_key(record_chain.owner())}
    wrapped = SharedKey.objects.get_or_create(name=record_chain.KEY, defaults=key)[0].key
    columns = [field.attname for field in Event._meta.concrete_fields]
    last = Event.objects.exclude(link=None).order_by("pk").last()
    number, before = (last.pk, bytes(last.link)) if last else (0, None)
    total, done = Event.objects.filter(pk__gt=number).count(), 0
    while rows := list(Event.objects.filter(pk__gt=number).order_by("pk").values(*columns)[:BATCH]):
        links = []
        for row in rows:
            number, before = row["id"], record_chain.linked(before, wrapped, record_chain.as_written(row))
            links.append((before, number))
        with (
            transaction.atomic(),
            rows_may_change(editor.connection, "treatments_event"),
            editor.connection.cursor() as cursor,
        ):
            cursor.executemany("UPDATE treatments_event SET link = %s WHERE id = %s", links)
        done += len(rows)
        if done % SHOWN < BATCH and total > SHOWN:
            print(f"{done:,}/{total:,} events chained", file=sys.stderr)
