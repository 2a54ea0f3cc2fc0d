"""`manage.py rules`: the rule table as a page that a psychiatrist reads and signs; `docs/rules.md`.

It needs no database, no keys and no settings file. After raising the ruleset version, `--record` records
the digest of all that decides an assessment.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from treatments.management.rules_page import page
from treatments.management.ruleset_digest import record


class Command(BaseCommand):
    help = "Print the rule table as Markdown, for sign-off."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--record", action="store_true", help="record the digest of a new ruleset version instead"
        )

    def handle(self, *args: Any, record: bool, **options: Any) -> None:
        self.stdout.write(_recorded() if record else page(), ending="")


def _recorded() -> str:
    return f"Recorded {record()}.\n"
