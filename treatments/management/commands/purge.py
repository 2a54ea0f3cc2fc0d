"""``manage.py purge``: erases what the clinic keeps no longer, by the times it has set; see docs/deploying.md."""

import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from intake.locations import settings_of
from intake.models import OutgoingMail
from intake.models.batches import delete_in_batches
from treatments.management.progress import progress
from treatments.management.sweeping import sweep
from treatments.models import Referral, Upkeep
from treatments.triage.draft_expiry import expire_drafts, to_expire
from treatments.triage.purge import events_over, kept_longer, over, purge_people, purge_record
from treatments.triage.upkeep import note_upkeep
from treatments.workflow.event_words import TIMES

EVERY = 1000  # people, of whom a line says how far it has got
ALL = 10**9


class Command(BaseCommand):
    help = "Erase what the clinic keeps no longer. May be stopped, begun again, and run while people work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go; change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        begun, at = time.monotonic(), timezone.now()
        mail = OutgoingMail.objects.ended_before(at - timedelta(days=settings_of(None).mail_days))
        self.say("sent mail", mail.count() if dry_run else delete_in_batches(mail, most=ALL))
        self.say("drafts", to_expire(at).count() if dry_run else expire_drafts(at=at))
        people = sum(self.people(why, at, dry_run) for why in reversed(TIMES))
        self.stdout.write(
            f"{kept_longer(at)} closed referrals are old enough and stay: somebody must act, or a hold stands"
        )
        self.say("events of the record", events_over(at).count() if dry_run else purge_record(at))
        if not dry_run:
            if people or self.erased_since_the_last():
                self.stdout.write("Sweeping the files of the database ...")
                sweep()
            note_upkeep(Upkeep.Kind.PURGE, at=at, seconds=time.monotonic() - begun)

    def erased_since_the_last(self) -> bool:
        """Whether somebody was erased at their own request meanwhile: the page that did it sweeps nothing."""
        last = Upkeep.objects.filter(kind=Upkeep.Kind.PURGE).values_list("at", flat=True).first()
        erased = Referral.objects.filter(erased_at__isnull=False)
        return (erased.filter(erased_at__gte=last) if last else erased).exists()

    def people(self, why: str, at: datetime, dry_run: bool) -> int:
        """Those for whom the time ``why`` is over; how many are gone."""
        total = over(why, at).count()
        done = total
        if not dry_run:
            show, done = progress(self.stderr, "people", every=EVERY), 0
            for seen, gone in enumerate(purge_people(why, at=at), 1):
                done += gone
                show(seen, max(total, seen))
        self.say(f"people, because {TIMES[why]}", done)
        return done

    def say(self, what: str, number: int) -> None:
        self.stdout.write(f"{number:,} {what}")
