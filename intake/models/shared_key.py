"""The keys of what hangs on nobody: one for the events of each month, one for each account."""

from datetime import datetime
from typing import Self

from django.db import models

from intake.encryption.columns import KeyHolder


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
