"""On SQLite each event carries a digest of itself and of the one before it, so that what is changed by hand shows.

The digest is keyed by a ``SharedKey``: whoever has the file and not the settings can't make one that fits. SQLite
calls for it within the INSERT, so it costs no statement more and no two events follow the same one. It reads what is
sealed as it is stored, so a key that is destroyed breaks nothing. On PostgreSQL the column is NULL: there many write
at once, and the role that runs the app can't change an event.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from intake.encryption.keys import master_keys
from intake.encryption.sealing import MasterKeys
from intake.models import SharedKey

KEY = "record"  # the name of the shared key
START = bytes(32)  # what the first event of all follows
LEFT_OUT = ("id", "link")  # the number is not known before the row is written; the chain holds the order

# For an INSERT; the parameter is what ``as_written`` says of the row.
LINK = f"""clinic_linked(
    (SELECT link FROM treatments_event ORDER BY id DESC LIMIT 1),
    (SELECT key FROM intake_sharedkey WHERE name = '{KEY}'), %s)"""  # noqa: S608  # nosec B608 names of ours


def chain(event: models.Model, connection: BaseDatabaseWrapper) -> None:
    """Let ``event``, about to be written, follow the newest one."""
    if connection.vendor != "sqlite":
        return
    row = {}
    for field in event._meta.concrete_fields:
        value = row[field.attname] = field.to_python(field.pre_save(event, True))
        if isinstance(value, bytes):
            event.__dict__[field.attname] = value  # sealed once: sealed again it would be other bytes
    event.__dict__["link"] = RawSQL(LINK, [as_written(row)])  # noqa: S611  # nosec B611 the row is a parameter


def as_written(row: Mapping[str, Any]) -> bytes:
    """The columns of a row, by name. What says nothing is left out, so that a column more changes no digest."""
    said = {
        name: _plain(value)
        for name, value in row.items()
        if name not in LEFT_OUT and value not in (None, "", {})
    }
    return json.dumps(said, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return value.hex()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case UUID():
            return str(value)
        case dict() | list() | tuple():
            return json.loads(json.dumps(value))
    return value


def linked(before: bytes | None, wrapped: bytes, row: bytes) -> bytes:
    """The digest of a ``row`` that follows the one with the digest ``before``; None for the first of all."""
    return hmac.digest(_secret(master_keys(), bytes(wrapped)), (before or START) + row, "sha256")


def owner() -> bytes:
    return f"intake_sharedkey|{KEY}".encode()


@lru_cache(maxsize=8)
def _secret(keys: MasterKeys, wrapped: bytes) -> bytes:
    return keys.secret(wrapped, owner())


def make_key(using: str, apps: Any = None, **_signal: Any) -> None:
    """After ``migrate``, and after a test cleared its tables: the key by which SQLite chains events."""
    if connections[using].vendor != "sqlite" or not settings.SEALING_KEYS:
        return
    if apps is not None:  # on the way back the column is gone, and in time the table of the keys
        try:
            apps.get_model("treatments", "Event")._meta.get_field("link")
        except (LookupError, FieldDoesNotExist):
            return
    SharedKey.of_record()


def give_function(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """For each new connection."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("clinic_linked", 3, linked, deterministic=True)
