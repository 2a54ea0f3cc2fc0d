"""Undoing one's own last action within ten minutes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import COORDINATORS, barred_from_closing, barred_from_routing
from treatments.workflow.event_words import undo_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import OPEN_CONSULT_STATES, ReferralState


def why_not_undo(situation: Situation) -> str | None:
    if not situation.last_move:
        return nothing_to_undo()
    match situation.last_move:
        case "reopen":
            return barred_from_closing(situation)
        case "withdraw":
            return barred_from_routing(situation)
    return None


def why_not_undo_on_consult(situation: Situation) -> str | None:
    if not situation.last_move:
        return nothing_to_undo()
    # Either opens the consult again.
    return barred_from_routing(situation) if situation.last_move in ("return", "complete") else None


def nothing_to_undo() -> str:
    return _("Nothing to undo: your last action was over ten minutes ago, or someone has acted since.")


def undo_label(situation: Situation) -> Text:
    """What would be undone, where there is something."""
    from treatments.workflow.actions.table import ACTIONS  # the table holds the undo too

    move = situation.last_move
    return _("Undo: %(move)s") % {"move": str(ACTIONS[move].event).lower()} if move else UNDO.label


UNDO = Action(
    key="undo",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Undo the last move"),
    done=gettext_lazy("Your last move was undone."),
    event=gettext_lazy("Last move undone"),
    words=undo_words,
    permission=Permission("undo_move", gettext_lazy("Can undo their own last move"), (COORDINATORS,)),
    refusal=why_not_undo,
    facts=("last_move",),
    label_now=undo_label,
    moves_to=(ReferralState.IN_REVIEW, ReferralState.ROUTED, ReferralState.CLOSED),
    may_stay=True,
)
UNDO_CONSULT = Action(
    key="undo_consult",
    subject=Subject.CONSULT,
    label=gettext_lazy("Undo the last move"),
    done=gettext_lazy("Your last move was undone."),
    event=gettext_lazy("Team's last move undone"),
    words=undo_words,
    refusal=why_not_undo_on_consult,
    facts=("last_move",),
    label_now=undo_label,
    moves_to=OPEN_CONSULT_STATES,
)
ROWS = (UNDO, UNDO_CONSULT)
