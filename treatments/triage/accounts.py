"""Staff accounts: made, changed, ended and resumed by an administrator, never one's own; each change is an event.

Nobody types another's password: who needs one is given a link that works once.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from intake.mail.account_links import password_link
from treatments import permissions
from treatments.models import Event
from treatments.triage.account_mail import mail_link, officers, tell_officers
from treatments.workflow import Refused
from treatments.workflow.events import (
    ACCESS_OPENED,
    ACCOUNT_CHANGED,
    ACCOUNT_ENDED,
    ACCOUNT_MADE,
    ACCOUNT_RESUMED,
    FACTOR_REMOVED,
    PASSWORD_LINK,
    PASSWORD_SET,
    EventKind,
)

# What stands on an account about the person, as the record calls it.
PERSON: dict[str, str] = {"first_name": "first name", "last_name": "last name", "email": "email"}


@transaction.atomic
def make_account(
    *,
    actor: User | None,
    username: str,
    groups: Collection[Group],
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    at: datetime | None = None,
) -> User:
    """An account that works as soon as its link is used. ``actor`` is None at the server's command line."""
    at = at or timezone.now()
    if actor is not None and not actor.has_perm(permissions.MAKE_ACCOUNTS):
        raise PermissionDenied
    account = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=email,
        is_staff=True,
        date_joined=at,
    )
    account.set_unusable_password()
    account.save()
    account.groups.set(groups)
    _record(ACCOUNT_MADE, account, actor, at, given=_names(groups))
    _watch(account, actor, at, opened=True)
    return account


@transaction.atomic
def change_account(
    *,
    account: User,
    actor: User,
    groups: Collection[Group],
    seen: str | None = None,
    at: datetime | None = None,
    **person: str,
) -> None:
    """Set name, address (``person``, by ``PERSON``) and groups. ``seen``: see ``state_of``."""
    at, account = at or timezone.now(), _locked(account, actor)
    if seen is not None and seen != state_of(account):
        raise Refused(
            _("Somebody else has changed this account since you opened the page. Look at it again.")
        )
    watched = officers()
    before = set(account.groups.all())
    given, taken = set(groups) - before, before - set(groups)
    changed = [name for name in PERSON if name in person and getattr(account, name) != person[name]]
    if not (given or taken or changed):
        return
    old_address = account.email
    for name in changed:
        setattr(account, name, person[name])
    account.save(update_fields=changed)
    account.groups.set(groups)
    changes = {
        "given": _names(given),
        "taken": _names(taken),
        "changed": ", ".join(PERSON[name] for name in changed),
    }
    _record(ACCOUNT_CHANGED, account, actor, at, **changes)
    _watch(account, actor, at, opened=bool(given or "email" in changed), watched=watched, also=old_address)


@transaction.atomic
def end_account(*, account: User, actor: User, at: datetime | None = None) -> None:
    """Nobody signs in with it from now on, every session of it ends, and its password is forgotten."""
    at, account, watched = at or timezone.now(), _locked(account, actor), officers()
    if not account.is_active:
        return
    account.is_active = False
    account.set_unusable_password()  # sessions hang on the password, so none comes back when it is resumed
    account.save(update_fields=["is_active", "password"])
    _record(ACCOUNT_ENDED, account, actor, at)
    _watch(account, actor, at, opened=False, watched=watched)


@transaction.atomic
def resume_account(*, account: User, actor: User, at: datetime | None = None) -> None:
    """It may be used again, once its owner has set a password by a new link."""
    at, account = at or timezone.now(), _locked(account, actor)
    if account.is_active:
        return
    account.is_active = True
    account.save(update_fields=["is_active"])
    _record(ACCOUNT_RESUMED, account, actor, at)
    _watch(account, actor, at, opened=True)


@transaction.atomic
def give_link(*, account: User, actor: User | None, at: datetime | None = None) -> str:
    """End the old password, and mail a link to set a new one; where no mail can be sent, the link to hand over.

    Whoever opens the link sets the password: so it counts as opening what the account opens.
    """
    at, account = at or timezone.now(), _locked(account, actor)
    if not account.is_active:
        raise Refused(_("This account is ended. Resume it first."))
    account.set_unusable_password()  # a new one each time: links given before are dead
    account.save(update_fields=["password"])
    mailed = actor is not None and mail_link(account, at=at)
    how = "mailed" if mailed else "shown" if actor is not None else "at the machine"
    _record(PASSWORD_LINK, account, actor, at, how=how)
    _watch(account, actor, at, opened=True)
    return "" if mailed else password_link(account)


@transaction.atomic
def set_password(
    *, account: User, password: str, token: str | None = None, at: datetime | None = None
) -> None:
    """The owner sets the password, by a link's ``token`` or signed in (None); ``account`` then has its digest."""
    locked = User.objects.select_for_update().get(pk=account.pk)
    if token is not None and not (locked.is_active and default_token_generator.check_token(locked, token)):
        raise Refused(_("This link does not work any more. Ask for a new one."))
    locked.set_password(password)
    locked.save(update_fields=["password"])
    account.password = locked.password
    _record(PASSWORD_SET, locked, locked, at or timezone.now())


@transaction.atomic
def forget_factors(*, account: User, actor: User, at: datetime | None = None) -> None:
    """For who lost theirs: a new one is asked for at the next sign-in. Whoever has the password could add it."""
    at, account = at or timezone.now(), _locked(account, actor)
    factors = Authenticator.objects.filter(user=account)
    for factor in factors.values_list("type", flat=True):
        _record(FACTOR_REMOVED, account, actor, at, how=factor)
    if factors.delete()[0]:
        _watch(account, actor, at, opened=True)


def record_factor(kind: EventKind, *, account: User, factor: str, at: datetime | None = None) -> None:
    """Its owner added or removed a ``factor``."""
    _record(kind, account, account, at or timezone.now(), how=factor)


def state_of(account: User) -> str:
    """What an edit of the account changes, in one word that a page sends back: a later change is noticed."""
    state = [getattr(account, name) for name in PERSON]
    state += sorted(str(pk) for pk in account.groups.values_list("pk", flat=True))
    return salted_hmac("account", "\0".join(state)).hexdigest()


def _locked(account: User, actor: User | None) -> User:
    """The account as it stands now, if ``actor`` may change it: never their own, a superuser's only as one."""
    locked = User.objects.select_for_update().get(pk=account.pk)
    if actor is None:
        return locked
    if not actor.has_perm(permissions.CHANGE_ACCOUNTS) or (locked.is_superuser and not actor.is_superuser):
        raise PermissionDenied
    if locked.pk == actor.pk:
        raise Refused(_("Your own account is changed by another administrator."))
    return locked


def _names(groups: Iterable[Group]) -> str:
    return ", ".join(sorted(group.name for group in groups))


def _record(kind: EventKind, account: User, actor: User | None, at: datetime, **details: str) -> None:
    kept = {key: value for key, value in details.items() if value}
    Event.objects.create(kind=kind.key, account=account, actor=actor, at=at, details=kept)


def _watch(
    account: User,
    actor: User | None,
    at: datetime,
    *,
    opened: bool,
    watched: Iterable[User] = (),
    also: str = "",
) -> None:
    """Tell the privacy officers of what ``opened`` patients' data, and those before (``watched``) of one fewer.

    ``also``: an address that was the account's until now.
    """
    now = User.objects.get(pk=account.pk)  # its rights as they stand after the change
    was_officer = any(officer.pk == account.pk for officer in watched)
    fewer = was_officer and not (now.is_active and now.has_perm(permissions.VIEW_EVENTS))
    if fewer or (opened and permissions.opens_patients(now)):
        _record(ACCESS_OPENED, account, actor, at, how="watch" if fewer else "opens")
        known = {officer.email for officer in (*watched, *officers())}
        tell_officers(known | ({also} if was_officer else set()), at=at)
