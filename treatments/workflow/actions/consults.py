"""What a consult team does with a consult in its queue; whoever works that queue may."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow import event_words
from treatments.workflow.actions.row import Action, Refusal, Subject
from treatments.workflow.actions.shared import barred, withdrawn
from treatments.workflow.situation import Situation
from treatments.workflow.states import (
    CONSULT_MOVES,
    CONSULT_STATES,
    OPEN_CONSULT_STATES,
    ConsultState,
)


def why_not_become(state: ConsultState) -> Refusal:
    """The refusal of an action after which the consult is in this ``state``."""

    def why_not_move(situation: Situation) -> str | None:
        before = situation.consult
        if before is None or state in CONSULT_MOVES[before]:
            return None
        if before is state:
            return _("This consult is already %(state)s.") % {"state": str(CONSULT_STATES[state]).lower()}
        if ended := why_not_once_ended(situation):
            return ended
        return _("A consult that is %(now)s can't become %(next)s.") % {
            "now": str(CONSULT_STATES[before]).lower(),
            "next": str(CONSULT_STATES[state]).lower(),
        }

    return why_not_move


def why_not_once_ended(situation: Situation) -> str | None:
    if situation.consult is None or situation.consult in OPEN_CONSULT_STATES:
        return None
    state = {"state": str(CONSULT_STATES[situation.consult]).lower()}
    return _("This consult is %(state)s: nothing more happens with it.") % state


def why_not_accept(situation: Situation) -> str | None:
    """Once booked, it is accepted again only where the person did not come."""
    if situation.consult is ConsultState.BOOKED:
        return _("A consult that is booked can't become accepted.")
    return why_not_become(ConsultState.ACCEPTED)(situation)


def why_not_book(situation: Situation) -> str | None:
    """A consult may have several visits."""
    return (
        None if situation.consult is ConsultState.BOOKED else why_not_become(ConsultState.BOOKED)(situation)
    )


def why_not_reschedule(situation: Situation) -> str | None:
    if situation.consult in OPEN_CONSULT_STATES and situation.consult is not ConsultState.BOOKED:
        return _("No visit is booked yet.")
    return why_not_once_ended(situation)


def why_not_no_show(situation: Situation) -> str | None:
    if situation.consult is ConsultState.BOOKED and situation.visit_to_come:
        return _("The visit is still to come.")
    return why_not_reschedule(situation)


def why_not_transfer(situation: Situation) -> str | None:
    if ended := why_not_once_ended(situation):
        return ended
    if situation.withdrawn:
        return withdrawn()
    if not situation.assessed:
        return _("This referral has not been assessed yet, so it can't be transferred.")
    hold = _("A safety hold stands. A clinician must release it before the consult is transferred.")
    return barred(situation, hold)


def why_not_give_feedback(situation: Situation) -> str | None:
    if situation.feedback:
        return feedback_given()
    return None if situation.consult is ConsultState.COMPLETED else why_not_once_ended(situation)


def feedback_given() -> str:
    return _("Your team has given feedback on this referral already.")


def queue_paused(queue: str, note: str) -> str:
    """Why nothing is routed to ``queue``, with the team's own words where it gave any."""
    if note.strip():
        return _("The queue %(queue)s is paused: %(note)s") % {"queue": queue, "note": note.strip()}
    return _("The queue %(queue)s is paused.") % {"queue": queue}


def queue_full(queue: str, consults: int, most: int) -> str:
    """A warning, not a refusal: the queue holds as many open consults as it should, or more."""
    return _("The queue %(queue)s is full: %(consults)d open consults of at most %(most)d.") % {
        "queue": queue,
        "consults": consults,
        "most": most,
    }


def not_to_that_queue() -> str:
    """A queue refuses as a whole, never for one person: a team may not learn where else somebody is seen."""
    return _("That queue is paused. Return the consult to the coordinators instead.")


ACCEPT = Action(
    key="accept",
    subject=Subject.CONSULT,
    label=gettext_lazy("Accept"),
    done=gettext_lazy("The consult was accepted."),
    event=gettext_lazy("Accepted"),
    refusal=why_not_accept,
    moves_to=(ConsultState.ACCEPTED,),
    undone=gettext_lazy("The consult waits again."),
    keeps_assessment=True,
)
BOOK = Action(
    key="book",
    subject=Subject.CONSULT,
    label=gettext_lazy("Book a visit"),
    done=gettext_lazy("The visit was booked."),
    event=gettext_lazy("Booked"),
    words=event_words.day_words,
    refusal=why_not_book,
    moves_to=(ConsultState.BOOKED,),
    undone=gettext_lazy("The visit is booked no more."),
)
RESCHEDULE = Action(
    key="reschedule",
    subject=Subject.CONSULT,
    label=gettext_lazy("Reschedule the visit"),
    done=gettext_lazy("The visit was rescheduled."),
    event=gettext_lazy("Visit rescheduled"),
    words=event_words.reschedule_words,
    refusal=why_not_reschedule,
    undone=gettext_lazy("The visit is on the day that it had before."),
)
NO_SHOW = Action(
    key="no_show",
    subject=Subject.CONSULT,
    label=gettext_lazy("The person did not come"),
    done=gettext_lazy("It is on record that the person did not come."),
    event=gettext_lazy("Did not come"),
    words=event_words.day_words,
    refusal=why_not_no_show,
    moves_to=(ConsultState.ACCEPTED,),
    may_stay=True,
    undone=gettext_lazy("The visit is open again."),
)
COMPLETE = Action(
    key="complete",
    subject=Subject.CONSULT,
    label=gettext_lazy("Complete"),
    done=gettext_lazy("The consult was completed."),
    event=gettext_lazy("Completed"),
    words=event_words.outcome_words,
    refusal=why_not_become(ConsultState.COMPLETED),
    moves_to=(ConsultState.COMPLETED,),
    undone=gettext_lazy("The consult is open again, without an outcome. Feedback that was given stays."),
)
POSTPONE = Action(
    key="postpone",
    subject=Subject.CONSULT,
    label=gettext_lazy("Postpone"),
    done=gettext_lazy("The consult was postponed."),
    event=gettext_lazy("Postponed"),
    words=event_words.postpone_words,
    refusal=why_not_once_ended,
)
# Not undoable: another team has it then.
TRANSFER = Action(
    key="transfer",
    subject=Subject.CONSULT,
    label=gettext_lazy("Transfer to another queue"),
    done=gettext_lazy("The consult was transferred to the other queue."),
    event=gettext_lazy("Transferred to another queue"),
    words=event_words.treatment_words,
    refusal=why_not_transfer,
    moves_to=(ConsultState.WITHDRAWN,),
    keeps_assessment=True,
)
RETURN = Action(
    key="return",
    subject=Subject.CONSULT,
    label=gettext_lazy("Return to the coordinators"),
    done=gettext_lazy("The consult was returned to the coordinators."),
    event=gettext_lazy("Returned"),
    words=event_words.return_words,
    refusal=why_not_become(ConsultState.RETURNED),
    moves_to=(ConsultState.RETURNED,),
    undone=gettext_lazy("The consult is in your queue again."),
)
FEEDBACK = Action(
    key="feedback",
    subject=Subject.CONSULT,
    label=gettext_lazy("Give feedback"),
    done=gettext_lazy("Thank you. Your feedback was recorded."),
    event=gettext_lazy("Feedback on the referral"),
    words=event_words.verdict_words,
    refusal=why_not_give_feedback,
    facts=("feedback",),
)
ROWS = (ACCEPT, BOOK, RESCHEDULE, NO_SHOW, COMPLETE, POSTPONE, TRANSFER, RETURN, FEEDBACK)
