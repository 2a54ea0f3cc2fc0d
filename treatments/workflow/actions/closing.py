"""Closing a referral for a coded reason, and taking it up again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, barred_from_closing, no_move
from treatments.workflow.event_words import reason_words
from treatments.workflow.reasons import Reason
from treatments.workflow.situation import Situation
from treatments.workflow.states import REFERRAL_MOVES, ReferralState


def why_not_close(situation: Situation) -> str | None:
    if ReferralState.CLOSED not in REFERRAL_MOVES[situation.state]:
        return no_move(situation, ReferralState.CLOSED)
    if situation.open_consults:
        return _("A consult team still has this referral. Withdraw its consult first.")
    return barred_from_closing(situation)


def why_not_close_for(reason: Reason, *, caring_owed: bool, tries: int, tries_of: int) -> str | None:
    """The sentence that refuses closing for ``reason``; ``tries`` since the person was last reached."""
    if caring_owed and not reason.taken_over:
        return _("A caring contact is owed. Record the caring contact before you close for this reason.")
    if reason.after_attempts and tries < tries_of:
        return _(
            "%(tries)d of %(of)d attempts were made. Make them all before you close for this reason."
        ) % {"tries": tries, "of": tries_of}
    return None


def why_not_reopen(situation: Situation) -> str | None:
    if situation.state is not ReferralState.CLOSED:
        return _("Only a closed referral can be reopened.")
    return None


CLOSE = Action(
    key="close",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Close"),
    done=gettext_lazy("The referral was closed."),
    event=gettext_lazy("Closed"),
    words=reason_words,
    permission=Permission("close_referral", gettext_lazy("Can close a referral"), (COORDINATORS,)),
    refusal=why_not_close,
    moves_to=(ReferralState.CLOSED,),
    undone=gettext_lazy("The referral is in review again, and what was due is due again."),
)
REOPEN = Action(
    key="reopen",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Reopen"),
    done=gettext_lazy("The referral was reopened."),
    event=gettext_lazy("Reopened"),
    permission=Permission("reopen_referral", gettext_lazy("Can reopen a referral"), (COORDINATORS,)),
    refusal=why_not_reopen,
    moves_to=(ReferralState.IN_REVIEW,),
    undone=gettext_lazy("The referral is closed again, for the reason it had."),
)
ROWS = (CLOSE, REOPEN)
