"""The daily check of the record, a little of it at each pass of the tick, and the note that it was found whole."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection, transaction
from django.utils import timezone

from treatments.models import RecordMark, Upkeep
from treatments.triage.record_check import RecordCheck
from treatments.triage.upkeep import note_upkeep

EVERY = timedelta(days=1)
LONGEST = 2  # seconds of a pass, since alarms wait for it


class RecordBroken(Exception):
    """The record is not as it was written; `manage.py verify_record` says where."""


def note_whole(check: RecordCheck, *, at: datetime, seconds: float) -> None:
    """``check`` found nothing."""
    with transaction.atomic():
        if connection.vendor == "sqlite" and check.events:
            kind = RecordMark.Kind.CHECKED
            RecordMark.made(kind, number=check.number, link=check.link, at=at).save()
        note_upkeep(Upkeep.Kind.RECORD, at=at, seconds=seconds)


class DailyCheck:
    """Called at each pass; begins anew where a tick was started anew."""

    def __init__(self) -> None:
        self._check: RecordCheck | None = None
        self._run: Iterator[int] = iter(())
        self._seconds = 0.0
        self._failed_at: datetime | None = None

    def __call__(self, at: datetime | None = None) -> None:
        at = at or timezone.now()
        if self._check is None:
            if self._is_fresh(at):
                return
            self._check, self._seconds = RecordCheck(), 0.0
            self._run = self._check.run()
        begun = monotonic()
        for _events in self._run:
            if monotonic() - begun > LONGEST:
                self._seconds += monotonic() - begun
                return
        check, self._check = self._check, None
        if check.faults:
            self._failed_at = at
            raise RecordBroken
        note_whole(check, at=at, seconds=self._seconds + monotonic() - begun)

    def _is_fresh(self, at: datetime) -> bool:
        if self._failed_at is not None and self._failed_at > at - EVERY:
            return True
        return Upkeep.objects.filter(kind=Upkeep.Kind.RECORD.value, at__gt=at - EVERY).exists()
