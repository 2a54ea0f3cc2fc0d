"""The keys of what hangs on nobody: for the events of each month, for all second factors, for the chain of events."""

from base64 import b64decode, b64encode
from datetime import datetime
from time import monotonic
from typing import Self

from django.db import connection, models

from intake.encryption.columns import KeyHolder, place
from intake.encryption.sealing import seal, unseal

KEPT_FOR = 10  # seconds until a key is read anew: one that was destroyed is noticed by then, in every process
_kept: dict[str, tuple[float, "SharedKey"]] = {}


def forget_kept() -> None:
    """Read each key anew: its row was destroyed, or taken away, by this process."""
    _kept.clear()


class SharedKey(KeyHolder):
    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"name", "key"})

    name = models.CharField(primary_key=True, max_length=40)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.name}"

    @classmethod
    def of_month(cls, at: datetime) -> "SharedKey":
        """Made with the first thing that is sealed in this month. Kept for a moment: every page asks for it."""
        name = f"month {at:%Y-%m}"
        read_at, key = _kept.get(name, (0.0, None))
        if key is None or monotonic() - read_at >= KEPT_FOR:
            key = cls.objects.get_or_create(name=name)[0]
            if not connection.in_atomic_block:  # one that is rolled back again may be gone
                _kept[name] = (monotonic(), key)
        return key

    @classmethod
    def destroy_months_before(cls, at: datetime) -> int:
        """Destroy the keys of the months that ended before ``at``: what they sealed opens no more; how many."""
        gone, _rows = cls.objects.filter(name__startswith="month ", name__lt=f"month {at:%Y-%m}").delete()
        forget_kept()
        return gone

    @classmethod
    def of_record(cls) -> Self:
        """By which events are chained; it seals nothing."""
        return cls.objects.get_or_create(name="record")[0]

    @classmethod
    def of_second_factors(cls) -> Self:
        return cls.objects.get_or_create(name="second factors")[0]

    def sealed_text(self, text: str, *, table: str, column: str) -> str:
        """For a table of a package, whose column is text: as base64."""
        return b64encode(seal(self.data_key, text.encode(), place(table, column, self.owner))).decode()

    def opened_text(self, sealed: str, *, table: str, column: str) -> str:
        return unseal(self.data_key, b64decode(sealed), place(table, column, self.owner)).decode()
