"""``manage.py rotate_keys``: after a new master key was put first, wraps every data key by it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake.models.key_rotation import left_behind, rewrap_all


class Command(BaseCommand):
    help = "Wrap every data key by the first of SEALING_KEYS. May be stopped, begun again, and run while people work."

    def handle(self, *args: Any, **options: Any) -> None:
        anew = failed = 0
        for more, not_opened in rewrap_all():
            anew, failed = anew + more, failed + not_opened
        self.stdout.write(f"{anew} keys were wrapped anew.")
        if failed:
            raise CommandError(f"{failed} keys open by no key in SEALING_KEYS. Keep every key you have.")
        if left := left_behind():
            raise CommandError(
                f"{left} keys are left, made meanwhile by a server with the old settings: run it again."
            )
        self.stdout.write(
            "The database needs the first of SEALING_KEYS alone. Older backups need the older ones."
        )
