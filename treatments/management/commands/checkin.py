"""`manage.py checkin FILE...`: what the check-ins of a document come to, one line of JSON a file.

It needs no database, no keys and no settings file.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from treatments.progress import judge
from treatments.progress.document import read


class Command(BaseCommand):
    help = "Judge clinic-checkins/1 documents: one line of JSON per file, in order."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a clinic-checkins/1 document")
        parser.add_argument("--indent", type=int, metavar="N", help="spread the JSON over lines, to read it")

    def handle(self, *args: Any, files: list[str], indent: int | None, **options: Any) -> None:
        refused = 0
        for name in files:
            result, errors = self._judged(name)
            refused += result is None
            shown = {"file": name, "errors": errors} if result is None else result
            self.stdout.write(json.dumps(shown, indent=indent))  # in ASCII: a file's name may be no text
        if refused:
            raise SystemExit(1)

    def _judged(self, name: str) -> tuple[dict[str, Any] | None, list[str]]:
        try:
            document, errors = read(Path(name))
            return (None, errors) if document is None else (judge(document), [])
        except Exception as fault:  # whatever is wrong with one file, the others are judged
            return None, [f"document: it can't be judged ({type(fault).__name__})"]
