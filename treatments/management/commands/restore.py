"""`manage.py restore FILE`: a backup read into an empty database, or with `--drill` into one that is gone again."""

import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from intake.models import Submission
from treatments.management.backups.contents import Contents, contents_of, differences
from treatments.management.backups.dumping import NotDone, read_in, scratch
from treatments.management.backups.files import identity_in, opened
from treatments.models import Upkeep
from treatments.triage.upkeep import note_upkeep


class Command(BaseCommand):
    help = "Restore a backup into the empty database that DATABASE_URL names, or try it with --drill."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the secret key of age")
        parser.add_argument("--drill", action="store_true", help="into a database that is dropped at the end")

    def handle(self, *args: Any, file: Path, key: Path, drill: bool, **options: Any) -> None:
        begun = time.monotonic()
        try:
            with opened(file, identity_in(key)) as (plain, wanted):
                if drill:
                    self._drill(plain, wanted)
                else:
                    self._restore(plain, wanted, connection)
        except (NotDone, OSError) as fault:
            raise CommandError(str(fault)) from None
        seconds = time.monotonic() - begun
        if drill:
            note_upkeep(Upkeep.Kind.DRILL, at=timezone.now(), seconds=seconds)
        self.stdout.write(f"Every table is as it was when the backup was made. {seconds:.1f} s")

    def _drill(self, plain: Path, wanted: Contents) -> None:
        with tempfile.TemporaryDirectory(prefix="drill-") as folder, scratch(Path(folder)) as other:
            self._restore(plain, wanted, other)
            newest = Submission.objects.using(other.alias).filter(
                state=Submission.State.SUBMITTED, erased_at=None
            )
            if (sent := newest.order_by("submitted_at").last()) is None:
                self.stdout.write("No intake was sent yet: none was opened.")
            else:
                self.stdout.write(f"{sent.reference} opens: {len(sent.to_document())} parts.")

    def _restore(self, plain: Path, wanted: Contents, into: BaseDatabaseWrapper) -> None:
        self.stdout.write("Reading the database in ...")
        read_in(plain, into)
        self.stdout.write("Comparing it with what was backed up ...")
        found = contents_of(into)
        if wrong := differences(wanted, found):
            raise NotDone("\n".join(["The restored database is not the one that was backed up:", *wrong]))
        rows = sum(count for count, _digest in found.values())
        self.stdout.write(f"{len(found)} tables, {rows:,} rows.")
