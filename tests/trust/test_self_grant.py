"""An administrator who tries everything on accounts never gets at a patient without a line that the privacy officer gets.

Drawn at random: groups, links, new accounts, ended and resumed ones, their own among them, by the real pages.
Whoever's link an administrator sees, that account counts as theirs.
"""

import random
import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests import proving
from tests.conftest import Cast
from tests.treatments.test_accounts import LIST, NEW, form, page_of
from treatments import permissions
from treatments.models import Event
from treatments.triage import accounts

pytestmark = pytest.mark.django_db


class Administrator:
    """Adam, in his own browser; ``theirs`` are the accounts that he can sign in with."""

    def __init__(self, cast: Cast, drawn: random.Random):
        self.cast, self.drawn = cast, drawn
        self.client = Client(raise_request_exception=False)
        self.client.force_login(cast.adam)
        self.theirs = {cast.adam.pk}
        self.groups = list(Group.objects.values_list("name", flat=True))

    def some_groups(self) -> list[str]:
        return self.drawn.sample(self.groups, self.drawn.randint(0, 3))

    def act(self) -> None:
        """One thing that an administrator's pages offer, or a forged one that they don't."""
        account = self.drawn.choice(User.objects.order_by("pk"))
        forged = self.drawn.choice(
            ({}, {"is_superuser": "on"}, {"user_permissions": [1, 2, 3]}, {"new_password1": NEW})
        )
        match self.drawn.randrange(5):
            case 0:
                self.client.post(page_of(account), form(account, *self.some_groups(), **forged))
            case 1:
                self.follow(self.client.post(page_of(account), {"do": "link"}), account)
            case 2:
                self.client.post(page_of(account), {"do": self.drawn.choice(("end", "resume", "factors"))})
            case 3:
                name = f"new{User.objects.count()}"
                keys = list(Group.objects.filter(name__in=self.some_groups()).values_list("pk", flat=True))
                told = {
                    "username": name,
                    "first_name": "N",
                    "last_name": "N",
                    "email": "",
                    "groups": keys,
                    **forged,
                }
                response = self.client.post(f"{LIST}add/", told)
                if made := User.objects.filter(username=name).first():
                    self.follow(response, made)
            case 4:
                group = self.drawn.choice(Group.objects.order_by("pk"))
                address = f"/admin/auth/group/{group.pk}/change/"
                self.client.post(address, {"name": group.name, "permissions": [1, 2, 3, 4, 5]})

    def follow(self, response, account: User) -> None:
        """Where the page shows a link to set a password, use it: the account is his now."""
        for path in re.findall(
            r"http://localhost:8000(/admin/set-password/[-\w/]+)", response.content.decode()
        ):
            Client().post(path, {"new_password1": NEW, "new_password2": NEW})
            self.theirs.add(account.pk)

    def unseen(self) -> list[str]:
        """Accounts of his that open patients' data, of which no line stands before the privacy officer."""
        told = set(Event.objects.filter(kind="access_opened").values_list("account_id", flat=True))
        own = User.objects.filter(pk__in=self.theirs, is_active=True)
        return [each.username for each in own if permissions.opens_patients(each) and each.pk not in told]


def tried(cast: Cast, number: int, seed: int) -> tuple[list[str], int]:
    """What was gained unseen in so many actions, or at once when there is any; and how many were tried."""
    administrator = Administrator(cast, random.Random(seed))  # noqa: S311 (to be repeated)
    progress = proving.Progress("actions on accounts", number)
    for action in range(number):
        administrator.act()
        if gained := administrator.unseen():
            return gained, action + 1
        progress.step()
    return [], number


def test_nothing_an_administrator_does_opens_a_patient_unseen(cast):
    gained, number = tried(cast, proving.times(40, 10_000), proving.SEED)
    lines = Event.objects.filter(kind="access_opened").count()
    proving.figure(
        f"{number:,} actions of an administrator (seed {proving.SEED}): 0 ways in unseen, {lines:,} lines told"
    )
    assert gained == []
    assert lines


def test_the_control_the_self_grant_of_old_is_found(cast, monkeypatch):
    """Without the look at whose account it is, and without telling, he ticks a group on himself."""

    def anybody(account: User, actor: User | None) -> User:
        return User.objects.select_for_update().get(pk=account.pk)

    monkeypatch.setattr(accounts, "_locked", anybody)
    monkeypatch.setattr(accounts, "_watch", lambda *_of, **_more: None)
    gained, number = tried(cast, 300, 1)
    proving.control(f"without either guard: {gained} gained at action {number}")
    assert gained
