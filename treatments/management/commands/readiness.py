"""`manage.py readiness FILE...`: what a payer still needs, as a line of JSON per clinic-readiness/1 file.

It needs no database, no keys and no settings file.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from intake.document.json_text import text_in
from intake.locations import cutoff_without_a_clinic
from treatments.payers.readiness import readiness
from treatments.payers.request import parse_request


class Command(BaseCommand):
    help = "Tell what a payer still needs, of clinic-readiness/1 files: one line of JSON per file, in order."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a clinic-readiness/1 input")
        parser.add_argument("--indent", type=int, metavar="N", help="spread the JSON over lines, to read it")

    def handle(self, *args: Any, files: list[str], indent: int | None, **options: Any) -> None:
        refused = 0
        for name in files:
            result, errors = _judged(name)
            refused += bool(errors)
            shown = {"file": _writable(name), "errors": errors} if errors else result
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=indent))
        if refused:
            raise SystemExit(1)


def _judged(name: str) -> tuple[dict[str, Any] | None, list[str]]:
    try:
        text, errors = text_in(Path(name))
        request, errors = (None, errors) if errors else parse_request(text)
        if request is None:
            return None, errors
        return readiness(**request, pc_ptsd5_cutoff_women=cutoff_without_a_clinic()), []
    except Exception as fault:  # whatever is wrong with one file, the others are judged
        return None, [f"document: a need fails on it ({type(fault).__name__})"]


def _writable(name: str) -> str:
    """A file's name as it can be printed."""
    return name.encode("utf-8", "replace").decode("utf-8")
