"""Makes the staff accounts of the demonstration and gives them all one fresh password."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction

from treatments.demo.staff import STAFF, WORDS
from treatments.triage.accounts import change_account


def new_password() -> str:
    """Four words and four digits, such as ``maple-otter-lantern-brook-4821``."""
    words = (secrets.choice(WORDS) for _ in range(4))
    return f"{'-'.join(words)}-{secrets.randbelow(9000) + 1000}"


@transaction.atomic
def ready_staff(password: str) -> dict[str, User]:
    """Every account of ``STAFF`` by its user name, made or corrected, each in its one group."""
    # Hashing is slow on purpose: once is enough.
    hashed = make_password(password)
    staff = {}
    for account in STAFF:
        user, _created = User.objects.update_or_create(
            username=account.username,
            defaults={
                "first_name": account.first_name,
                "last_name": account.last_name,
                "email": f"{account.username}@example.org",
                "password": hashed,
                "is_active": True,
                "is_staff": True,
                "is_superuser": False,
            },
        )
        user.groups.set([Group.objects.get(name=account.group)])
        staff[account.username] = user
    return staff


def lend_a_group(staff: Mapping[str, User], now: datetime) -> None:
    """While Clara was away Carl stood in for her: the privacy officer has yet to look at it."""
    carl, own = staff["carl"], [Group.objects.get(name="Coordinators")]
    began, ended = now - timedelta(days=3, minutes=7), now - timedelta(days=1, minutes=52)
    lent = [*own, Group.objects.get(name="Clinicians")]
    change_account(account=carl, actor=staff["adam"], groups=lent, at=began)
    change_account(account=carl, actor=staff["adam"], groups=own, at=ended)
