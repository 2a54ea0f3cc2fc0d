"""Applies the rules again to stored intakes: after an upgrade, after a fault, or to preview a change."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django
from django.core.management.base import BaseCommand, CommandParser

from intake.locations import settings_of
from treatments.catalog import TREATMENTS
from treatments.management.progress import progress
from treatments.models import Referral
from treatments.rules.engine import assess
from treatments.rules.version import RULESET
from treatments.triage.assessment import assess_referral, differences
from treatments.triage.payer_state import is_of_other_packs

CHUNK = 1_000  # referrals a process takes at a time


def judge(keys: list[int]) -> list[tuple[int, str, str, list[str] | None]]:
    """``(id, reference, stored ruleset, differences)`` for each referral; None where a rule failed.

    Where a payer's pack is another one than when it was stored, that stands as the stored ruleset.
    """
    found = []
    cutoff = settings_of(None).pc_ptsd5_cutoff_women
    rows = Referral.objects.filter(pk__in=keys).select_related("submission")
    for row in rows.prefetch_related("submission__amendments"):
        try:
            changes = differences(row, assess(row.submission.to_document(), pc_ptsd5_cutoff_women=cutoff))
        except Exception:  # one referral's fault must not hide the others
            changes = None
        old_packs = row.ruleset == RULESET and is_of_other_packs(row)
        version = f"{row.ruleset} with other packs" if old_packs else row.ruleset
        found.append((row.pk, row.reference, version, changes))
    return found


class Command(BaseCommand):
    help = (
        "Assess stored intakes again; with --dry-run only print what would change of rules, states and holds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--show", type=int, default=50, help="how many differing referrals to list")

    def handle(self, *args, dry_run: bool, processes: int, show: int, **options) -> None:
        keys = list(Referral.objects.filter(erased_at=None).order_by("pk").values_list("pk", flat=True))
        chunks = [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
        versions: Counter[str] = Counter()
        failed, differing, done = [], [], 0
        show_progress = progress(self.stderr, "referrals", every=10 * CHUNK)
        for chunk in self.judged(chunks, processes):
            for pk, reference, version, changes in chunk:
                versions[version or "not assessed"] += 1
                if changes is None:
                    failed.append(reference)
                elif changes or version != RULESET:
                    differing.append((pk, reference, version, changes))
            done += len(chunk)
            show_progress(done, len(keys))
        changed = [row for row in differing if row[3]]
        self.stdout.write(f"{len(keys)} referrals; ruleset now {RULESET}; stored: {numbers(versions)}")
        self.stdout.write(f"{len(changed)} results differ")
        for line in totals([row[3] for row in changed]):
            self.stdout.write(line)
        for _pk, reference, version, changes in changed[:show]:
            self.stdout.write(f"{reference} ({version or 'not assessed'} -> {RULESET}): {'; '.join(changes)}")
        if len(changed) > show:
            self.stdout.write(f"... and {len(changed) - show} more (--show {len(changed)} lists all)")
        for reference in failed:
            self.stderr.write(f"{reference}: a rule failed; it stays as it was")
        if not dry_run:
            self.store([row[0] for row in differing])
        if failed:
            sys.exit(1)

    def judged(self, chunks: list[list[int]], processes: int) -> Iterator[list]:
        if processes == 1 or len(chunks) < 2:
            yield from map(judge, chunks)
            return
        # "spawn": a forked process would share this one's database connection.
        with ProcessPoolExecutor(processes, get_context("spawn"), django.setup) as pool:
            yield from pool.map(judge, chunks)

    def store(self, keys: list[int]) -> None:
        stored = sum(
            assess_referral(referral) for referral in Referral.objects.filter(pk__in=keys).iterator()
        )
        self.stdout.write(f"{stored} of {len(keys)} stored")


def totals(changed: list[list[str]]) -> Iterator[str]:
    """How often each rule is gained or lost, and each hold and state changes, a line for each of the four."""
    changes = Counter(change for row in changed for change in row)
    for title, openings in (
        ("Rules gained", ("+",)),
        ("Rules lost", ("-",)),
        ("Holds", ("hold: ",)),
        ("States", tuple(TREATMENTS)),
    ):
        of_kind = {change: count for change, count in changes.items() if change.startswith(openings)}
        if of_kind:
            yield f"{title}: {numbers(of_kind)}"


def numbers(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{key} x {count}" for key, count in sorted(counts.items()))
