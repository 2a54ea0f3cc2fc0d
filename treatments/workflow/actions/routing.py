"""Sending a referral to consult queues, and taking a consult out of its queue again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.consults import why_not_become
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, barred_from_routing, no_move, withdrawn
from treatments.workflow.event_words import route_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import REFERRAL_MOVES, ConsultState, ReferralState


def why_not_route(situation: Situation) -> str | None:
    state = situation.state
    if state is ReferralState.NEW or (state is ReferralState.IN_REVIEW and not situation.owner):
        return _("Claim this referral before you route it.")
    if state is not ReferralState.ROUTED and ReferralState.ROUTED not in REFERRAL_MOVES[state]:
        return no_move(situation, ReferralState.ROUTED)
    if not situation.owned_by_actor:
        owner = {"owner": situation.owner}
        return _("%(owner)s is handling this referral. Only they can route it.") % owner
    if situation.withdrawn:
        return withdrawn()
    if not situation.assessed:
        return _("This referral has not been assessed yet, so it can't be routed.")
    return barred_from_routing(situation)


def why_not_withdraw(situation: Situation) -> str | None:
    if situation.consult is None and not situation.open_consults:
        return _("No consult is open.")
    return why_not_become(ConsultState.WITHDRAWN)(situation)


ROUTE = Action(
    key="route",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Route to consult queues"),
    done=gettext_lazy("The referral was routed."),
    event=gettext_lazy("Routed"),
    words=route_words,
    permission=Permission(
        "route_referral", gettext_lazy("Can route a referral to consult queues"), (COORDINATORS,)
    ),
    refusal=why_not_route,
    moves_to=(ReferralState.ROUTED,),
    undone=gettext_lazy("Each consult that it opened is taken out of its queue again."),
    keeps_assessment=True,
)
WITHDRAW = Action(
    key="withdraw",
    subject=Subject.REFERRAL,
    names_consult=True,
    label=gettext_lazy("Withdraw a consult"),
    done=gettext_lazy("The consult was withdrawn."),
    event=gettext_lazy("Withdrawn"),
    permission=Permission("withdraw_consult", gettext_lazy("Can withdraw a consult"), (COORDINATORS,)),
    refusal=why_not_withdraw,
    moves_to=(ConsultState.WITHDRAWN,),
    undone=gettext_lazy("The consult stands in its queue again, as it was."),
)
ROWS = (ROUTE, WITHDRAW)
