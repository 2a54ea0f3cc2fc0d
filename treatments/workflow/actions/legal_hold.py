"""A legal hold: while it stands nothing of the person is erased, whatever the clinic's times or the person say."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import PRIVACY_OFFICERS
from treatments.workflow.situation import Situation

# Theirs alone, and on a page that shows nothing of the person: who closes and erases can't lift a hold.
KEEP = Permission("keep_referral", gettext_lazy("Can set and end a legal hold"), (PRIVACY_OFFICERS,))


def legal_hold_stands() -> str:
    return _(
        "A legal hold stands: nothing of this person may be erased. A privacy officer must end it first."
    )


def why_not_set(situation: Situation) -> str | None:
    return _("A legal hold stands already.") if situation.legal_hold else None


def why_not_end(situation: Situation) -> str | None:
    return None if situation.legal_hold else _("No legal hold stands.")


SET_LEGAL_HOLD = Action(
    key="set_legal_hold",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Set a legal hold"),
    done=gettext_lazy("The legal hold stands: nothing of this person is erased."),
    event=gettext_lazy("Legal hold set"),
    permission=KEEP,
    refusal=why_not_set,
    without_reading=True,
)
END_LEGAL_HOLD = Action(
    key="end_legal_hold",
    subject=Subject.REFERRAL,
    label=gettext_lazy("End the legal hold"),
    done=gettext_lazy("The legal hold has ended."),
    event=gettext_lazy("Legal hold ended"),
    permission=KEEP,
    refusal=why_not_end,
    without_reading=True,
)
ROWS = (SET_LEGAL_HOLD, END_LEGAL_HOLD)
