"""Keeps when the database was last backed up, and when a restore was last tried."""

from datetime import datetime

from treatments.models import Upkeep


def note_upkeep(kind: Upkeep.Kind, *, at: datetime, seconds: float) -> None:
    Upkeep.objects.update_or_create(kind=kind, defaults={"at": at, "seconds": seconds})
