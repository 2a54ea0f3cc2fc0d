"""What a person may ask of what the clinic holds of them: a copy, and that it is erased."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow.actions.legal_hold import legal_hold_stands
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import (
    COORDINATORS,
    PRIVACY_OFFICERS,
    alert_bars,
    hold_stands,
)
from treatments.workflow.event_words import copy_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import Hold, ReferralState

ASKED = Permission("record_request", gettext_lazy("Can record what a person asks for"), (COORDINATORS,))


def why_not_copy(situation: Situation) -> str | None:
    """The same for every referral, so that it tells nothing of this one's answers."""
    if not situation.reads_everything:
        return _("A copy holds every answer, and you may not read all of them. Ask a colleague who may.")
    return None


def why_not_ask(situation: Situation) -> str | None:
    return _("This person has asked for it already.") if situation.erasure_asked else None


def why_not_drop(situation: Situation) -> str | None:
    return None if situation.erasure_asked else _("This person has not asked to be erased.")


def why_not_erase(situation: Situation) -> str | None:
    if not situation.erasure_asked:
        return _("A coordinator must record first that the person has asked for it.")
    return why_kept(situation)


def why_kept(situation: Situation) -> str | None:
    """Why nothing of the person may be erased now, whoever asks for it."""
    if situation.legal_hold:
        return legal_hold_stands()
    if situation.alert_open:
        return alert_bars()
    if situation.hold is not Hold.NONE:
        return hold_stands()
    if situation.open_consults:
        return _("A consult is open: a team still has this referral.")
    if situation.state is not ReferralState.CLOSED:
        return _("This referral is open. A coordinator must close it first.")
    if situation.flags:
        return _(
            "Something from the patient or a team still waits here. A coordinator must deal with it first."
        )
    return None


GIVE_COPY = Action(
    key="give_copy",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Give the person a copy"),
    done=gettext_lazy(
        "It is on record that the person gets a copy. Print it, or save it as a PDF, from here."
    ),
    event=gettext_lazy("Copy given to the person"),
    words=copy_words,
    permission=ASKED,
    refusal=why_not_copy,
    facts=("reads_everything",),
)
ASK_ERASURE = Action(
    key="ask_erasure",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Record that the person asks to be erased"),
    done=gettext_lazy("It is on record. A privacy officer erases, or says why that may not be."),
    event=gettext_lazy("Erasure asked for"),
    permission=ASKED,
    refusal=why_not_ask,
)
DROP_ERASURE = Action(
    key="drop_erasure",
    subject=Subject.REFERRAL,
    label=gettext_lazy("End the request to be erased"),
    done=gettext_lazy("The request has ended: nothing is erased."),
    event=gettext_lazy("Request to be erased ended"),
    permission=ASKED,
    refusal=why_not_drop,
)
ERASE = Action(
    key="erase",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Erase this person"),
    done=gettext_lazy("The person was erased. What is left counts, and tells nothing of them."),
    event=gettext_lazy("Erased, as the person had asked"),
    permission=Permission(
        "erase_referral", gettext_lazy("Can erase a person who asked for it"), (PRIVACY_OFFICERS,)
    ),
    refusal=why_not_erase,
    locks_form=True,
    without_reading=True,
)
ROWS = (GIVE_COPY, ASK_ERASURE, DROP_ERASURE, ERASE)
