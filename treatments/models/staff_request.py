"""The request to the staff's pages that is being answered, as events know of it: from where, and whether it is on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class StaffRequest:
    """``address`` is None where it can't be told; ``on_record`` once an event says what was read."""

    address: str | None
    on_record: bool = False


_answering: ContextVar[StaffRequest | None] = ContextVar("staff_request", default=None)


def current() -> StaffRequest | None:
    """None at the command line, in the tick, and where a patient's page is answered."""
    return _answering.get()


@contextmanager
def answering(address: str) -> Iterator[StaffRequest]:
    """Events that are written within come from this ``address``; "" for none that can be told."""
    request = StaffRequest(address or None)
    token = _answering.set(request)
    try:
        yield request
    finally:
        _answering.reset(token)
