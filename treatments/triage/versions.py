"""What the clinic sets itself is kept as versions: each change a row of its own, and an event that says what changed."""

from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.models import Event
from treatments.models.looked_up import look_again
from treatments.workflow import Refused
from treatments.workflow.events import EventKind

STALE = gettext_lazy("Somebody else has changed this since you opened the page. Look at it again.")


class Version(Protocol):
    version: int
    at: datetime
    by: Any

    def save(self) -> None: ...


def may_set(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


def add_version(
    kind: EventKind,
    *,
    actor: User,
    before: Version,
    wanted: Version,
    seen: int,
    changes: list[str],
    at: datetime,
    stale: Text = STALE,
    **details: object,
) -> None:
    """Store ``wanted`` after ``before``, with its event; no ``changes``, no version.

    ``seen`` is the version that the actor had before them. Of two people at once the database lets one through.
    """
    if not changes:
        return
    if seen != before.version:
        raise Refused(str(stale), stale=True)
    wanted.version, wanted.by, wanted.at = before.version + 1, actor, at
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError:
        raise Refused(str(stale), stale=True) from None
    details = {**details, "version": wanted.version, "changes": changes}
    Event.objects.create(kind=kind.key, at=at, actor=actor, details=details)
    transaction.on_commit(look_again)


def called(model: type[Model], name: str) -> str:
    """What people call a column."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def was(name: Text, old: str, new: str) -> str:
    """The sentence for one thing that is not as it was."""
    return _("%(name)s: %(new)s (before: %(old)s)") % {"name": name, "new": new, "old": old}
