"""``manage.py verify_record``: whether every event is as it was written, and where not; see docs/deploying.md."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from treatments.management.progress import progress
from treatments.models import Event
from treatments.triage.daily_check import note_whole
from treatments.triage.record_check import RecordCheck, newest_event


class Command(BaseCommand):
    help = "Check that the guards of the record stand, and on SQLite that no event was changed or removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--noted",
            type=Path,
            metavar="FILE",
            help="the .json beside a backup: what it saw must still be there",
        )

    def handle(self, *args: Any, noted: Path | None, **options: Any) -> None:
        begun, at, total = time.monotonic(), timezone.now(), Event.objects.count()
        check = RecordCheck(noted=_noted_in(noted) if noted else None)
        show = progress(self.stderr, "events", every=100_000)
        for events in check.run():
            show(events, max(total, events))
        if check.faults:
            raise CommandError("\n".join(["The record is not as it was written:", *check.faults]))
        note_whole(check, at=at, seconds=time.monotonic() - begun)
        self.stdout.write(f"{total:,} events, the newest: {json.dumps(newest_event())}. The guards stand.")


def _noted_in(file: Path) -> dict[str, object]:
    try:
        return dict(json.loads(file.read_text())["record"])
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(f"{file} notes no newest event.") from None
