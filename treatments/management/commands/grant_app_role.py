"""``manage.py grant_app_role ROLE``: as the owner of the tables, let ROLE run the app and do no more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from treatments.models.run_role import rights, statements

KNOWN = "SELECT rolsuper OR pg_has_role(rolname, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s"


class Command(BaseCommand):
    help = "Grant ROLE what the running app needs, and take all else from it. Run it after each migrate."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(KNOWN, [role])
            known = cursor.fetchone()
            if known is None:
                raise CommandError(f"There is no role {role}: createuser {role} --pwprompt makes it.")
            if known[0]:
                raise CommandError(
                    f"{role} can act as the owner of the tables: the app needs a role that can't."
                )
            for statement in statements(role, connection):
                cursor.execute(statement)
        self.stdout.write(f"{role} may run the app: rights on {len(rights())} tables.")
