"""Reaching the person: attempts, and the caring contact."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, while_closed
from treatments.workflow.event_words import contact_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import Attention


def why_not_caring_contact(situation: Situation) -> str | None:
    """One that is owed; or, owed or not, one to somebody who did not come to a visit."""
    if Attention.MISSED in situation.flags:
        return None
    if situation.caring_contact_owed is None:
        return _("No caring contact is due.")
    if not situation.caring_contact_owed:
        return _("The caring contact was made already.")
    return None


MAY_CONTACT = Permission(
    "contact_patient",
    gettext_lazy("Can log a contact attempt and a caring contact"),
    (COORDINATORS, CLINICIANS),
)

LOG_CONTACT = Action(
    key="log_contact",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Log a contact attempt"),
    done=gettext_lazy("The attempt was recorded."),
    event=gettext_lazy("Contact attempt"),
    words=contact_words,
    permission=MAY_CONTACT,
    refusal=while_closed,
)
CARING_CONTACT = Action(
    key="caring_contact",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Record the caring contact"),
    done=gettext_lazy("The caring contact was recorded."),
    event=gettext_lazy("Caring contact made"),
    permission=MAY_CONTACT,
    refusal=why_not_caring_contact,
    facts=("caring_contact_owed",),
)
ROWS = (LOG_CONTACT, CARING_CONTACT)
