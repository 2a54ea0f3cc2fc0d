"""Fills a demonstration with invented people and what staff did with them, and gives staff a password."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake.models import Submission
from treatments.demo.accounts import lend_a_group, new_password, ready_staff
from treatments.demo.clinic_hours import close_on_holidays
from treatments.demo.looks import look_around
from treatments.demo.notices import begin_the_day
from treatments.demo.rota import keep_rota, tell_meanwhile
from treatments.demo.set_by_clinic import set_without_code
from treatments.demo.staff import STAFF
from treatments.demo.walking import walk
from treatments.management.progress import progress
from treatments.triage.figure_count import count_figures

DEMO = Submission.Source.DEMO


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
            now = timezone.localtime()
            close_on_holidays(staff, now)
            set_without_code(staff, now)
            keep_rota(staff, now)
            added = walk(staff, now, progress(self.stdout, "forms", every=10))
            tell_meanwhile(now)
            lend_a_group(staff, timezone.localtime())
            look_around(staff, now)
            begin_the_day(staff, now)
            count_figures(timezone.now())
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

    def _print_accounts(self, password: str) -> None:
        self.stdout.write(f"\n{'user':<8}{'password':<{len(password) + 2}}what they do")
        for account in STAFF:
            self.stdout.write(f"{account.username:<8}{password}  {account.does}")
