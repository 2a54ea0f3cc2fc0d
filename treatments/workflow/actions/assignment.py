"""Who handles a referral: it is claimed, assigned to a colleague, or unassigned again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, no_move, while_closed
from treatments.workflow.event_words import assign_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import AT_THE_DESK, ReferralState


def why_not_claim(situation: Situation) -> str | None:
    if situation.owner and not situation.owned_by_actor:
        return _("%(owner)s is already handling this referral.") % {"owner": situation.owner}
    if situation.owned_by_actor:
        return _("You are already handling this referral.")
    if situation.state not in AT_THE_DESK:
        return no_move(situation, ReferralState.IN_REVIEW)
    return None


def is_claimed(situation: Situation) -> bool:
    return situation.owned_by_actor


def why_not_unassign(situation: Situation) -> str | None:
    if not situation.owner:
        return _("Nobody is handling this referral.")
    if not situation.owned_by_actor:
        owner = {"owner": situation.owner}
        return _("%(owner)s is handling this referral. Only they can unassign it.") % owner
    if situation.state is not ReferralState.IN_REVIEW:
        return _("Only a referral in review can be unassigned.")
    return None


MAY_CLAIM = Permission("claim_referral", gettext_lazy("Can claim a referral"), (COORDINATORS,))

CLAIM = Action(
    key="claim",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Claim"),
    done=gettext_lazy("You are now handling this referral."),
    event=gettext_lazy("Claimed"),
    permission=MAY_CLAIM,
    refusal=why_not_claim,
    is_done=is_claimed,
    moves_to=(ReferralState.IN_REVIEW,),
    undone=gettext_lazy("The referral is nobody's again and stays in review."),
)
ASSIGN = Action(
    key="assign",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Assign"),
    done=gettext_lazy("The referral was assigned."),
    event=gettext_lazy("Assigned"),
    words=assign_words,
    permission=Permission(
        "assign_referral", gettext_lazy("Can assign a referral to a coordinator"), (COORDINATORS,)
    ),
    refusal=while_closed,
    moves_to=(ReferralState.IN_REVIEW,),
    may_stay=True,
    undone=gettext_lazy("Whoever handled it before handles it again."),
)
UNASSIGN = Action(
    key="unassign",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Unassign"),
    done=gettext_lazy("The referral is unassigned."),
    event=gettext_lazy("Unassigned"),
    permission=MAY_CLAIM,
    refusal=why_not_unassign,
    undone=gettext_lazy("You handle it again."),
)
ROWS = (CLAIM, ASSIGN, UNASSIGN)
