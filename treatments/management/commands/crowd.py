"""Fills a database with as many invented people as a list must bear, to measure what it costs."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from intake.models import Submission
from treatments.demo.accounts import new_password, ready_staff
from treatments.demo.crowd import Crowd
from treatments.management.progress import progress

DEMO = Submission.Source.DEMO


class Command(BaseCommand):
    help = "Write invented people straight into the tables, a million in some minutes on PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="how many people")

    def handle(self, *args, number: int, **options) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("This is not a demonstration. Set DEMO=1 to load invented people.")
        if Submission.objects.exclude(source=DEMO).exists():
            raise CommandError("This database holds forms of real people. Use an empty one.")
        if number < 1:
            raise CommandError("The number of people must be 1 or more.")
        call_command("seed_groups", stdout=StringIO())
        staff = ready_staff(new_password())
        Crowd(staff, timezone.now()).come(number, progress(self.stdout, "people", every=100_000))
        self.stdout.write(f"{number:,} invented people were added.")
