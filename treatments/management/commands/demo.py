"""Fills a demonstration with invented people and what staff did with them, and gives staff a password."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.models import Submission
from treatments.demo.accounts import new_password, ready_staff
from treatments.demo.staff import STAFF
from treatments.demo.walking import walk

DEMO = Submission.Source.DEMO
EVERY = 10  # forms between two lines of progress where there is no terminal
BAR = 30  # characters


class Command(BaseCommand):
    help = "Load invented people into a demonstration and print the staff accounts with a fresh password."

    def handle(self, *args, **options) -> None:
        there = self._people_there()
        call_command("seed_groups", stdout=StringIO())
        password = new_password()
        staff = ready_staff(password)
        if there:
            self.stdout.write(
                f"{there} invented forms are here already; none was added or changed. "
                "For fresh ones, start with an empty database."
            )
        else:
            added = walk(staff, timezone.localtime(), self._progress)
            self.stdout.write(f"{added} invented forms were added.")
        self._print_accounts(password)

    def _people_there(self) -> int:
        """How many invented forms there are; refuses where inventing people could do harm."""
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "This is not a demonstration. Set DEMO=1 (or DEBUG=1) to load invented people."
            )
        there = Submission.objects.filter(source=DEMO).count()
        if not there and Submission.objects.exists():
            raise CommandError(
                "This database holds forms of real people. Load the demonstration into an empty one."
            )
        return there

    def _progress(self, done: int, every: int) -> None:
        if self.stdout.isatty():
            bar = "#" * (BAR * done // every)
            self.stdout.write(f"\r[{bar:<{BAR}}] {done}/{every} forms", ending="\n" if done == every else "")
            self.stdout.flush()
        elif done % EVERY == 0 or done == every:
            self.stdout.write(f"{done}/{every} forms")

    def _print_accounts(self, password: str) -> None:
        self.stdout.write(f"\n{'user':<8}{'password':<{len(password) + 2}}what they do")
        for account in STAFF:
            self.stdout.write(f"{account.username:<8}{password}  {account.does}")
