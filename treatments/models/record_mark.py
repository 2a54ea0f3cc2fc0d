"""Where the record of events begins since the last purge, and up to where it was last found whole."""

from datetime import UTC, datetime

from django.db import models

from intake.models import SharedKey
from treatments.models.record_chain import KEY, linked


class RecordMark(models.Model):
    """One row a kind. ``digest`` is keyed: who has the file and not the settings can't write one that fits."""

    class Kind(models.TextChoices):
        BEGINS = (
            "begins"  # with the event that has this number; ``link`` is that of the one before, which is gone
        )
        CHECKED = "checked"  # up to the event with this number; ``link`` is its own

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"kind", "number", "link", "at", "digest"})

    kind = models.CharField(max_length=7, primary_key=True)
    number = models.PositiveBigIntegerField()
    link = models.BinaryField()
    at = models.DateTimeField()
    digest = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @classmethod
    def made(cls, kind: Kind, *, number: int, link: bytes, at: datetime) -> "RecordMark":
        mark = cls(kind=kind.value, number=number, link=link, at=at)
        mark.digest = mark._digest()
        return mark

    @property
    def is_ours(self) -> bool:
        return bytes(self.digest) == self._digest()

    def _digest(self) -> bytes:
        said = f"{self.kind}|{self.number}|{self.at.astimezone(UTC).isoformat()}"
        key = SharedKey.objects.get(name=KEY).key
        return linked(bytes(self.link), key or b"", said.encode())
