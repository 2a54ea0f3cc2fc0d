"""`manage.py backup FOLDER`: the whole database, at one moment, in one encrypted file. Safe while people work."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from treatments.management.backups.dumping import NotDone
from treatments.management.backups.files import new_key, recipients_of, save
from treatments.models import Upkeep
from treatments.triage.upkeep import note_upkeep


class Command(BaseCommand):
    help = "Back up the database into a folder, encrypted for the keys in BACKUP_KEYS; see docs/backup.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("folder", nargs="?", type=Path)
        what.add_argument("--new-key", type=Path, metavar="FILE", help="write a new secret key, and end")

    def handle(self, *args: Any, folder: Path | None, new_key: Path | None, **options: Any) -> None:
        if new_key:
            self._make_key(new_key)
        elif folder:
            self._back_up(folder)

    def _make_key(self, path: Path) -> None:
        try:
            public = new_key(path)
        except OSError as fault:
            raise CommandError(f"{path} can't be written: {fault.strerror}.") from None
        self.stdout.write(f"BACKUP_KEYS={public}")
        self.stderr.write(
            f"The secret key is in {path}. Keep two copies away from this machine, then delete it here: "
            "without it no backup opens, and whoever has it opens them all."
        )

    def _back_up(self, folder: Path) -> None:
        begun, at = time.monotonic(), timezone.now()
        try:
            recipients = recipients_of(settings.BACKUP_KEYS)
            self.stdout.write("Writing the database out ...")
            file, held = save(folder, recipients, at=at)
        except (NotDone, OSError) as fault:
            raise CommandError(str(fault)) from None
        seconds = time.monotonic() - begun
        note_upkeep(Upkeep.Kind.BACKUP, at=at, seconds=seconds)
        rows = sum(count for count, _digest in held.values())
        self.stdout.write(
            f"{file}: {len(held)} tables, {rows:,} rows, {file.stat().st_size:,} bytes, {seconds:.1f} s"
        )
