"""Prints the interchange format field by field: ``manage.py interchange > docs/interchange.md``."""

from django.core.management.base import BaseCommand

from treatments.management.interchange_page import page


class Command(BaseCommand):
    help = "Print the fields of clinic-intake/1 and the shape of an assessment as a Markdown page."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        self.stdout.write(page(), ending="")
