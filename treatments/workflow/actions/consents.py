"""The consent to share substance-use answers, revoked by staff for a person who asks them to."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS
from treatments.workflow.situation import Situation


def why_not_revoke(situation: Situation) -> str | None:
    if situation.substance_consent:
        return None
    return _("No consent to share substance-use answers stands here.")


REVOKE_CONSENT = Action(
    key="revoke_consent",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Revoke the substance-use consent"),
    done=gettext_lazy("The consent is revoked: nobody reads the substance-use answers any more."),
    event=gettext_lazy("Substance-use consent revoked"),
    permission=Permission(
        "revoke_substance_consent",
        gettext_lazy("Can revoke the substance-use consent for a person"),
        (COORDINATORS, CLINICIANS),
    ),
    refusal=why_not_revoke,
    facts=("substance_consent",),
)
ROWS = (REVOKE_CONSENT,)
