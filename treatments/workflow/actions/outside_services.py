"""Referring a person to another service."""

from django.utils.translation import gettext_lazy as _

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, while_closed
from treatments.workflow.event_words import outside_service_words
from treatments.workflow.states import ReferralState

REFER_ELSEWHERE = Action(
    key="refer_elsewhere",
    subject=Subject.REFERRAL,
    label=_("Refer to another service"),
    done=_("The other service was recorded."),
    event=_("Referred to another service"),
    words=outside_service_words,
    permission=Permission("refer_elsewhere", _("Can refer a person to another service"), (COORDINATORS,)),
    refusal=while_closed,
    moves_to=(ReferralState.CLOSED,),
    may_stay=True,
    undone=_(
        "The referral is in review again, and what was due is due again. The person may have been told."
    ),
)
ROWS = (REFER_ELSEWHERE,)
