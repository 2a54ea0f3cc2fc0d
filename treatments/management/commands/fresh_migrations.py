"""Writes the first migration of both sides anew from the models: `make fresh-migrations`.

What is no table stands in migrations of its own, written by hand: they stay, and follow the new first one.
From the first release on no migration is rewritten, and this command goes.
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from treatments.management.commands.makemigrations import newest_of, note_newest

FIRST = "0001_first"
DOCSTRINGS = {
    "intake": "The tables of the patient's side.",
    "treatments": "The tables of the clinic's side, and its queues.",
}


class Command(BaseCommand):
    help = "Write 0001_first of both sides anew from the models. Databases made before are of no use then."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        folders = {app: newest_of(app).parent for app in DOCSTRINGS}
        before = {
            file: file.read_text(encoding="utf-8")
            for folder in folders.values()
            for file in sorted(folder.glob("0*.py"))
        }
        for file in before:
            file.unlink()
        try:
            _, _, name = FIRST.partition("_")
            call_command("makemigrations", *folders, name=name, include_header=False, verbosity=0)
        finally:
            for file, text in before.items():
                if not file.exists():
                    file.write_text(text, encoding="utf-8")
        for app, folder in folders.items():
            first = folder / f"{FIRST}.py"
            first.write_text(
                f'"""{DOCSTRINGS[app]}"""\n\n{first.read_text(encoding="utf-8")}', encoding="utf-8"
            )
            note_newest(app, max(file.stem for file in folder.glob("0*.py")))
