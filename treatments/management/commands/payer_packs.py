"""`manage.py payer_packs`: what payers ask, as pages that a biller and a psychiatrist sign; `docs/payers.md`.

It needs no database, no keys and no settings file. `--csv` prints the same as one table; after raising the
version of a pack, `--record` records the digest of all that it says.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from treatments.management.pack_digests import record
from treatments.management.payer_pages import page
from treatments.management.payer_tables import table
from treatments.payers.loading import PACKS


class Command(BaseCommand):
    help = "Print the payers' criteria as Markdown, for sign-off."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument("--csv", action="store_true", help="print one table of all needs instead")
        instead.add_argument(
            "--record", action="store_true", help="record the digests of new versions of packs instead"
        )

    def handle(self, *args: Any, csv: bool, record: bool, **options: Any) -> None:
        self.stdout.write(_recorded() if record else table(PACKS.values()) if csv else page(), ending="")


def _recorded() -> str:
    return f"Recorded: {', '.join(record()) or 'nothing new'}.\n"
