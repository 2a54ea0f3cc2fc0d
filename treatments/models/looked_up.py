"""What every server process knows of the clinic's own settings, and looks up anew every few seconds."""

import time as clock
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from django.db import DatabaseError

# Every server process looks for a newer version so often; a page asks several times.
LOOK_AGAIN = 5.0  # seconds
Known = TypeVar("Known")
_all: list["LookedUp"] = []


class LookedUp(Generic[Known]):
    """``read`` asks the database; until it has answered ``known`` counts. Each is made once, when its module loads."""

    def __init__(self, read: Callable[[], Known], known: Known) -> None:
        self.read, self.known, self.first = read, known, known
        self.until = 0.0
        _all.append(self)

    def get(self) -> Known:
        now = clock.monotonic()
        if now >= self.until:
            self.until = now + LOOK_AGAIN  # first, so that while the table is locked only one waits for it
            with suppress(DatabaseError):  # pages that say so need it too: what was known goes on
                self.known = self.read()
        return self.known


def look_again(after: float = 0.0) -> None:
    """What this process knows is old: who asks next, or ``after`` so many seconds, reads the newest versions."""
    for each in _all:
        each.known, each.until = each.first, clock.monotonic() + after
