"""Writes one sent intake back as a clinic-intake/1 document; the export is an event of its referral."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.typed.reference import plain_reference
from treatments.models import Referral
from treatments.triage.access_log import exported


class Command(BaseCommand):
    help = "Print the intake with this reference as a clinic-intake/1 document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("--indent", type=int, default=None)

    def handle(self, *args, reference: str, indent: int | None, **options) -> None:
        rows = Referral.objects.select_related("submission")
        referral = rows.filter(reference=plain_reference(reference)).first()
        if referral is None:
            raise CommandError("No intake has this reference.")
        if referral.is_erased:
            raise CommandError(f"{referral.reference}: {referral.erased_words}.")
        exported(referral=referral, actor=None)
        self.stdout.write(json.dumps(referral.submission.to_document(), ensure_ascii=False, indent=indent))
