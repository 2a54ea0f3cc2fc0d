"""Deletes drafts that were not saved for longer than DRAFT_DAYS; the tick does the same every hour."""

from django.core.management.base import BaseCommand

from treatments.triage.draft_expiry import expire_drafts


class Command(BaseCommand):
    help = "Delete expired drafts; one with an alarm stays until its alert is closed."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{expire_drafts()} expired drafts deleted")
