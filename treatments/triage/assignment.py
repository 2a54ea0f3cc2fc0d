"""Who handles a referral: it is claimed, assigned to a colleague, or unassigned again."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from treatments.triage.frame import ActionContext, AlreadyDone, performs
from treatments.triage.moves import move
from treatments.triage.notices import notify_assigned, theirs_no_more
from treatments.workflow import ReferralState, Refused
from treatments.workflow.actions.assignment import ASSIGN, CLAIM, UNASSIGN


def who_may_handle() -> QuerySet:
    """The people a referral may be assigned to: those with the right to claim one."""
    people = get_user_model().objects.with_perm(CLAIM.permission_on())
    return people.order_by("first_name", "last_name", "pk")


@performs(CLAIM)
def claim(this: ActionContext) -> None:
    """Take the referral on: the actor handles it from now."""
    this.referral.owner = this.actor
    _into_review(this)


@performs(ASSIGN)
def assign(this: ActionContext, *, to: User) -> None:
    """Hand the referral to ``to``, whoever handled it before; a new one is then in review."""
    name = to.get_full_name() or to.get_username()
    if not to.has_perm(CLAIM.permission_on()):
        raise Refused(_("%(name)s may not handle referrals.") % {"name": name})
    if this.referral.owner_id == to.pk:
        last = this.referral.events.filter(kind__in=("claim", "assign", "reopen", "undo")).latest("pk")
        if last.kind == ASSIGN.key and last.actor_id == this.actor.pk:
            raise AlreadyDone
        raise Refused(_("%(owner)s is already handling this referral.") % {"owner": name})
    this.referral.owner = to
    _into_review(this)
    this.event.details = {"to": to.pk, "name": name}
    notify_assigned(this.referral, to, at=this.at, by=this.actor)


def _into_review(this: ActionContext) -> None:
    if this.referral.state == ReferralState.NEW:
        move(this.referral, ReferralState.IN_REVIEW, at=this.at)


@performs(UNASSIGN)
def unassign(this: ActionContext, *, note: str) -> None:
    """Give the referral back: it stays in review, handled by nobody, until somebody claims it."""
    if not note.strip():
        raise Refused(_("Say why you are unassigning yourself."))
    this.referral.owner = None
    theirs_no_more(this.referral)
    this.event.note = note
