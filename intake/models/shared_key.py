"""The keys of what hangs on nobody: one for the events of each month, one for the second factors of all staff."""

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Self

from django.db import models

from intake.encryption.columns import KeyHolder, place
from intake.encryption.sealing import seal, unseal


class SharedKey(KeyHolder):
    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"name", "key"})

    name = models.CharField(primary_key=True, max_length=40)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.name}"

    @classmethod
    def of_month(cls, at: datetime) -> Self:
        """Made with the first thing that is sealed in this month."""
        return cls.objects.get_or_create(name=f"month {at:%Y-%m}")[0]

    @classmethod
    def of_second_factors(cls) -> Self:
        return cls.objects.get_or_create(name="second factors")[0]

    def sealed_text(self, text: str, *, table: str, column: str) -> str:
        """For a table of a package, whose column is text: as base64."""
        return b64encode(seal(self.data_key, text.encode(), place(table, column, self.owner))).decode()

    def opened_text(self, sealed: str, *, table: str, column: str) -> str:
        return unseal(self.data_key, b64decode(sealed), place(table, column, self.owner)).decode()
