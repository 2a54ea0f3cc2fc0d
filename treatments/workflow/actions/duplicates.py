"""Linking two referrals of the same person, and removing the link."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, whatever_the_state
from treatments.workflow.event_words import reference_words
from treatments.workflow.situation import Situation


def why_not_unlink(situation: Situation) -> str | None:
    return None if situation.duplicates else _("This referral is not linked to another one.")


MAY_LINK = Permission("link_duplicate", gettext_lazy("Can link duplicates, and undo it"), (COORDINATORS,))

LINK_DUPLICATE = Action(
    key="link_duplicate",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Link a duplicate"),
    done=gettext_lazy("The two referrals were linked."),
    event=gettext_lazy("Linked to a duplicate"),
    words=reference_words,
    permission=MAY_LINK,
    refusal=whatever_the_state,
)
UNLINK_DUPLICATE = Action(
    key="unlink_duplicate",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Remove a link"),
    done=gettext_lazy("The link was removed."),
    event=gettext_lazy("Link to a duplicate removed"),
    words=reference_words,
    permission=MAY_LINK,
    refusal=why_not_unlink,
    facts=("duplicates",),
)
ROWS = (LINK_DUPLICATE, UNLINK_DUPLICATE)
