"""Writes the lists of actions and treatments at the end of ``docs/glossary.md``."""

from pathlib import Path

from django.core.management.base import BaseCommand

from treatments.management.glossary_lists import BEGIN, lists

PAGE = Path(__file__).parents[3] / "docs" / "glossary.md"


class Command(BaseCommand):
    help = "Write the lists of actions and treatments at the end of docs/glossary.md."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        words = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
        PAGE.write_text(words + lists(), encoding="utf-8")
        self.stdout.write(f"{PAGE.name} written.")
