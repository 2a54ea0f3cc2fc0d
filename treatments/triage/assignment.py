"""Who handles a referral: it is assigned to a colleague, or given back to the desk."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import Referral
from treatments.triage.frame import AlreadyDone, action, once
from treatments.triage.moves import move
from treatments.workflow import ReferralState, Refused


def who_may_handle() -> QuerySet:
    """The people a referral may be assigned to: those with the right to claim one."""
    people = get_user_model().objects.with_perm(permissions.REFERRAL_ACTIONS["claim"])
    return people.order_by("first_name", "last_name", "pk")


def assign(
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    to: AbstractBaseUser,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Hand the referral to ``to``, whoever handled it before; a new one is then in review."""
    with (
        once(),
        action("assign", referral=referral, actor=actor, seen=seen, at=at, asked={"to": to.pk}) as this,
    ):
        name = to.get_full_name() or to.get_username()
        if not to.is_active or not to.has_perm(permissions.REFERRAL_ACTIONS["claim"]):
            raise Refused(_("%(name)s may not handle referrals.") % {"name": name})
        if this.referral.owner_id == to.pk:
            last = this.referral.events.filter(kind__in=("claim", "assign", "reopen", "undo")).latest("pk")
            if last.kind == "assign" and last.actor_id == actor.pk:
                raise AlreadyDone
            raise Refused(_("%(owner)s is already handling this referral.") % {"owner": name})
        this.referral.owner = to
        if this.referral.state == ReferralState.NEW:
            move(this.referral, ReferralState.IN_REVIEW, at=this.at)
        this.event.details = {"to": to.pk, "name": name}


def release(
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    note: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Give the referral back: it stays in review, handled by nobody, until somebody claims it."""
    with (
        once(),
        action("release", referral=referral, actor=actor, seen=seen, at=at, asked={"note": note}) as this,
    ):
        if not note.strip():
            raise Refused(_("Say why you are unassigning yourself."))
        this.referral.owner = None
        this.event.note = note
