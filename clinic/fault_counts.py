"""How many requests broke, by day: counted in files, because a database that is away can't count that it is.

A file for each day and kind, a byte for each fault. To append one is a single call to the system, which several
workers can make at once, and the size is the count. It is that of this machine. A full disk may count too few.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

KEPT = timedelta(days=35)
BROKEN, DATABASE = "broken", "database"  # whose fault it was


@dataclass(frozen=True, slots=True)
class DayOfFaults:
    day: date
    broken: int
    database: int


def count(kind: str, today: date) -> None:
    """One more of ``kind``; where that can't be written, nothing happens."""
    folder = settings.FAULT_COUNTS
    with suppress(OSError):
        if not _is_there(folder):
            return
        file = _file(folder, today, kind)
        if not file.exists():
            _forget(folder, today - KEPT)
        with open(file, "ab", buffering=0) as counted:
            counted.write(b".")


def counts(today: date, days: int = 7) -> list[DayOfFaults] | None:
    """The last ``days`` with today, newest first; None where nothing can be counted, which is not "none"."""
    folder = settings.FAULT_COUNTS
    if not _is_there(folder):
        return None
    last = [today - timedelta(days=back) for back in range(days)]
    return [
        DayOfFaults(day, *(_size(_file(folder, day, kind)) for kind in (BROKEN, DATABASE))) for day in last
    ]


def _is_there(folder: Path) -> bool:
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        return os.access(folder, os.W_OK)
    return False


def _file(folder: Path, day: date, kind: str) -> Path:
    return folder / f"{day.isoformat()}.{kind}"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _forget(folder: Path, before: date) -> None:
    for file in folder.glob("????-??-??.*"):
        if file.name < before.isoformat():
            file.unlink()
