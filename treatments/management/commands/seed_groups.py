"""Makes the staff groups, with exactly the rights of the table in ``treatments.permissions``."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from treatments.permissions import GROUPS


class Command(BaseCommand):
    help = "Create or correct the staff groups; safe to run again after every upgrade."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        known = {
            f"{permission.content_type.app_label}.{permission.codename}": permission
            for permission in Permission.objects.select_related("content_type")
        }
        for name, names in GROUPS.items():
            missing = [each for each in names if each not in known]
            if missing:
                raise CommandError(
                    f"Unknown permissions for {name}: {', '.join(missing)}. Run migrate first."
                )
            group, _created = Group.objects.get_or_create(name=name)
            group.permissions.set([known[each] for each in names])
            self.stdout.write(f"{name}: {len(names)} permissions")
