"""What a patient may read about their own referral: the public label of its state and a public sentence.

Nothing else crosses over: no score, no level, no finding, no queue and nobody's name.
"""

from django.utils.translation import gettext_lazy as _

from intake.models import Submission
from intake.status import PublicStatus
from treatments.models import Referral
from treatments.workflow import (
    CLOSE_REASONS,
    REFERRAL_STATES,
    RETURN_REASONS,
    ConsultState,
    ReferralState,
)

WITHDRAWN = _("You withdrew your form")
WITHDRAWN_MEANS = _("A coordinator will close it, and may call you once before that.")


def public_status_of(submission: Submission) -> PublicStatus:
    """How the referral of ``submission`` stands, in the patient's words."""
    referral = Referral.objects.filter(submission=submission).first()
    if referral is None:
        return PublicStatus(label=REFERRAL_STATES[ReferralState.NEW].public)
    state = ReferralState(referral.state)
    withdrawn = referral.is_withdrawn
    return PublicStatus(
        label=WITHDRAWN if withdrawn else REFERRAL_STATES[state].public,
        sentence=WITHDRAWN_MEANS if withdrawn else _sentence(referral),
        withdrawn=withdrawn,
        closed=state is ReferralState.CLOSED,
    )


def _sentence(referral: Referral):
    """The sentence of the reason for closing, or for a return that nobody has looked at yet; else ""."""
    if referral.close_reason:
        return CLOSE_REASONS[referral.close_reason].public
    if referral.returned_at is None:
        return ""
    returned = referral.consults.filter(state=ConsultState.RETURNED).order_by("-ended_at", "-pk").first()
    return RETURN_REASONS[returned.return_reason].public if returned else ""
