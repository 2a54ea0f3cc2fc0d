"""Stores clinic-intake/1 documents as sent intakes: what staff do with a form that came on paper."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from intake.document import read_document
from intake.models import Submission


class Command(BaseCommand):
    help = "Store clinic-intake/1 documents as sent intakes, each whole or not at all; exit status 1 if any is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args, files: list[Path], **options) -> None:
        refused = 0
        for place, file in enumerate(files, start=1):
            reference, faults = stored(file)
            counted = f"[{place}/{len(files)}]"
            if faults:
                refused += 1
                many = f"{len(faults)} faults" if len(faults) > 1 else "1 fault"
                self.stderr.write(f"{counted} {file.name} refused, {many}", self.style.ERROR)
                for fault in faults:
                    self.stderr.write(fault, self.style.NOTICE)
            else:
                self.stdout.write(f"{counted} {reference} {file.name}")
        if refused:
            sys.exit(1)


def stored(file: Path) -> tuple[str | None, list[str]]:
    """The reference of the intake in ``file``, which is stored now; or None and its faults."""
    try:
        document, faults = read_document(file)
        if document is None:
            return None, faults
        return Submission.from_document(document, Submission.Source.PAPER).reference, []
    except Exception as fault:  # whatever is wrong with one file, the others are stored
        return None, [f"document: could not be stored ({type(fault).__name__})"]
