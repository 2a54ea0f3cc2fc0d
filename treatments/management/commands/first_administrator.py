"""Makes the first account of a clinic: its administrator, with no more than an administrator's rights."""

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from treatments.permissions import ADMINISTRATORS
from treatments.triage.accounts import give_link, make_account


class Command(BaseCommand):
    help = "Make the account of the first administrator and print the link that sets its password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "username", help="what they sign in with; an administrator's own gives a new link"
        )
        parser.add_argument("--email", default="", help="where mail about the account goes")

    @transaction.atomic
    def handle(self, *args, username: str, email: str, **options) -> None:
        group = Group.objects.filter(name=ADMINISTRATORS).first()
        if group is None:
            raise CommandError("The staff groups are missing. Run seed_groups first.")
        administrators = User.objects.filter(is_active=True, groups=group)
        account = administrators.filter(username=username).first()
        if account is None:
            others = ", ".join(sorted(administrators.values_list("username", flat=True)))
            if others:
                raise CommandError(
                    f"There is an administrator already, who makes the other accounts: {others}."
                )
            if User.objects.filter(username__iexact=username).exists():
                raise CommandError(f"There is an account {username} already, and it is no administrator's.")
            account = make_account(actor=None, username=username, email=email, groups=[group])
        link = give_link(account=account, actor=None)
        self.stdout.write(f"Open this link to set the password of {username}. It works once:\n{link}")
