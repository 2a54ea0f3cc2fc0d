"""What a team does with a visit that it has booked; booking and moving it are among what it does with a consult."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.workflow import event_words
from treatments.workflow.actions.consults import why_not_no_show, why_not_reschedule
from treatments.workflow.actions.row import Action, Subject
from treatments.workflow.states import ConsultState


def still_to_come() -> str:
    return _("The visit is still to come.")


VISIT_HELD = Action(
    key="visit_held",
    subject=Subject.CONSULT,
    label=gettext_lazy("The visit took place"),
    done=gettext_lazy("It is on record that the visit took place."),
    event=gettext_lazy("Visit took place"),
    words=event_words.day_words,
    refusal=why_not_no_show,
    moves_to=(ConsultState.ACCEPTED,),
    may_stay=True,
    undone=gettext_lazy("The visit is open again."),
)
CANCEL_VISIT = Action(
    key="cancel_visit",
    subject=Subject.CONSULT,
    label=gettext_lazy("Cancel a visit"),
    done=gettext_lazy("The visit was canceled."),
    event=gettext_lazy("Visit canceled"),
    words=event_words.day_words,
    refusal=why_not_reschedule,
    moves_to=(ConsultState.ACCEPTED,),
    may_stay=True,
    undone=gettext_lazy("The visit is booked again."),
)
ROWS = (VISIT_HELD, CANCEL_VISIT)
