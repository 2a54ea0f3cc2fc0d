"""Writes the list of drug names that the medicine pages offer, from the drug table."""

from django.core.management.base import BaseCommand

from intake.drugs.suggest import FILE, names


class Command(BaseCommand):
    help = (
        "Write the drug names that the medicine pages offer; run it after a change of intake/drugs/drugs.csv."
    )
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        FILE.write_text(names(), encoding="utf-8")
        self.stdout.write(f"{FILE.name} written.")
