"""Prints the state diagram: ``manage.py states > docs/states.md``."""

from django.core.management.base import BaseCommand

from treatments.workflow.diagram import page


class Command(BaseCommand):
    help = "Print the states of referrals and consults as a Markdown page with diagrams."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        self.stdout.write(page(), ending="")
