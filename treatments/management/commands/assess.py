"""`manage.py assess FILE...`: one assessment per intake document, as a line of JSON or for reading.

It needs no database, no keys and no settings file.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from intake.document import read_document
from intake.locations import cutoff_without_a_clinic
from treatments.management.explaining import explain, explain_refusal
from treatments.rules.engine import assess


class Command(BaseCommand):
    help = "Assess clinic-intake/1 documents: one line of JSON per file, in order."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a clinic-intake/1 document")
        parser.add_argument("--indent", type=int, metavar="N", help="spread the JSON over lines, to read it")
        parser.add_argument("--explain", action="store_true", help="print plain text for a person instead")

    def handle(self, *args: Any, files: list[str], indent: int | None, explain: bool, **options: Any) -> None:
        refused = 0
        for name in files:
            result, errors = self._assessed(name)
            refused += bool(errors)
            self.stdout.write(
                _for_reading(name, result, errors) if explain else _json(name, result, errors, indent)
            )
        if refused:
            raise SystemExit(1)

    def _assessed(self, name: str) -> tuple[dict[str, Any] | None, list[str]]:
        try:
            document, errors = read_document(Path(name))
            if document is None:
                return None, errors
            return assess(document, pc_ptsd5_cutoff_women=cutoff_without_a_clinic()), []
        except Exception as fault:  # whatever is wrong with one file, the others are assessed
            return None, [f"document: a rule fails on it ({type(fault).__name__})"]


def _json(name: str, result: dict | None, errors: list[str], indent: int | None) -> str:
    shown = {"file": name, "errors": errors} if result is None else result
    return json.dumps(shown, ensure_ascii=False, indent=indent)


def _for_reading(name: str, result: dict | None, errors: list[str]) -> str:
    return explain_refusal(name, errors) if result is None else explain(name, result)
