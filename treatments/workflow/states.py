"""States of a referral, of a consult and of a request for records, what each is called, and which may follow which."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields import urgency
from intake.fields.kinds import Text


class ReferralState(StrEnum):
    NEW = "new"
    IN_REVIEW = "in_review"
    AWAITING_PATIENT = "awaiting_patient"
    ROUTED = "routed"
    CLOSED = "closed"


class ConsultState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    BOOKED = "booked"
    COMPLETED = "completed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class RequestState(StrEnum):
    """Of a request for records."""

    DRAFT = "draft"
    SENT = "sent"
    CHASED = "chased"
    RECEIVED = "received"
    REFUSED = "refused"
    CANCELED = "canceled"


class Hold(StrEnum):
    """A flag beside the state: while it stands nothing is routed."""

    NONE = urgency.NONE
    SAME_DAY = urgency.SAME_DAY
    URGENT = urgency.URGENT


class Attention(StrEnum):
    """A flag beside the state: what came from the patient or a team and nobody has dealt with; in reading order.

    Several may stand at once. Which action ends which is said in ``treatments/workflow/flags.py``.
    """

    NONE = ""
    MESSAGE = "message"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    TEAM_ASKS = "team_asks"
    ANSWERED = "answered"
    MISSED = "missed"
    PASSED = "passed"
    NO_ANSWER = "no_answer"


class NextActor(StrEnum):
    """Who acts next."""

    COORDINATORS = "coordinators"
    CLINICIANS = "clinicians"
    OWNER = "owner"
    PATIENT = "patient"
    TEAM = "team"
    NOBODY = "nobody"


NEXT_ACTOR_WORDS: dict[NextActor, Text] = {
    NextActor.COORDINATORS: _("the coordinators"),
    NextActor.CLINICIANS: _("the clinicians"),
    NextActor.OWNER: _("whoever handles it"),
    NextActor.PATIENT: _("the patient"),
    NextActor.TEAM: _("the consult team"),
    NextActor.NOBODY: _("nobody"),
}


@dataclass(frozen=True, slots=True)
class State:
    """``label`` is what staff read, ``public`` what the patient reads."""

    label: Text
    public: Text
    next_actor: NextActor


REFERRAL_STATES: dict[ReferralState, State] = {
    ReferralState.NEW: State(_("New"), _("We have your form"), NextActor.COORDINATORS),
    ReferralState.IN_REVIEW: State(_("In review"), _("We are reading your form"), NextActor.OWNER),
    ReferralState.AWAITING_PATIENT: State(
        _("Waiting for the patient"), _("We have a question for you"), NextActor.PATIENT
    ),
    ReferralState.ROUTED: State(_("Routed"), _("A treatment team has your form"), NextActor.TEAM),
    ReferralState.CLOSED: State(_("Closed"), _("Your form is closed"), NextActor.NOBODY),
}

AT_THE_DESK = frozenset(
    state
    for state, row in REFERRAL_STATES.items()
    if row.next_actor in (NextActor.COORDINATORS, NextActor.OWNER)
)

REFERRAL_MOVES: dict[ReferralState, frozenset[ReferralState]] = {
    ReferralState.NEW: frozenset({ReferralState.IN_REVIEW, ReferralState.CLOSED}),
    ReferralState.IN_REVIEW: frozenset(
        {ReferralState.AWAITING_PATIENT, ReferralState.ROUTED, ReferralState.CLOSED}
    ),
    ReferralState.AWAITING_PATIENT: frozenset({ReferralState.IN_REVIEW, ReferralState.CLOSED}),
    ReferralState.ROUTED: frozenset({ReferralState.IN_REVIEW, ReferralState.CLOSED}),
    ReferralState.CLOSED: frozenset({ReferralState.IN_REVIEW}),
}

CONSULT_STATES: dict[ConsultState, Text] = {
    ConsultState.WAITING: _("Waiting"),
    ConsultState.ACCEPTED: _("Accepted"),
    ConsultState.BOOKED: _("Booked"),
    ConsultState.COMPLETED: _("Completed"),
    ConsultState.RETURNED: _("Returned"),
    ConsultState.WITHDRAWN: _("Withdrawn"),
}

CONSULT_MOVES: dict[ConsultState, frozenset[ConsultState]] = {
    ConsultState.WAITING: frozenset({ConsultState.ACCEPTED, ConsultState.RETURNED, ConsultState.WITHDRAWN}),
    ConsultState.ACCEPTED: frozenset({ConsultState.BOOKED, ConsultState.RETURNED, ConsultState.WITHDRAWN}),
    ConsultState.BOOKED: frozenset(
        {ConsultState.ACCEPTED, ConsultState.COMPLETED, ConsultState.RETURNED, ConsultState.WITHDRAWN}
    ),
    ConsultState.COMPLETED: frozenset(),
    ConsultState.RETURNED: frozenset(),
    ConsultState.WITHDRAWN: frozenset(),
}
OPEN_CONSULT_STATES = tuple(state for state, moves in CONSULT_MOVES.items() if moves)

REQUEST_STATES: dict[RequestState, Text] = {
    RequestState.DRAFT: _("Not sent yet"),
    RequestState.SENT: _("Sent"),
    RequestState.CHASED: _("Asked again"),
    RequestState.RECEIVED: _("Received"),
    RequestState.REFUSED: _("Refused"),
    RequestState.CANCELED: _("Canceled"),
}

_AFTER_SENDING = frozenset(
    {RequestState.CHASED, RequestState.RECEIVED, RequestState.REFUSED, RequestState.CANCELED}
)
REQUEST_MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.SENT, RequestState.CANCELED}),
    RequestState.SENT: _AFTER_SENDING,
    RequestState.CHASED: _AFTER_SENDING,
    RequestState.RECEIVED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.CANCELED: frozenset(),
}
OPEN_REQUEST_STATES = tuple(state for state, moves in REQUEST_MOVES.items() if moves)
# With whom it lies: an answer may come, and be overdue.
REQUESTS_OUT = (RequestState.SENT, RequestState.CHASED)

HOLD_WORDS: dict[Hold, Text] = {Hold(level.value): level.words for level in urgency.LEVELS}

ATTENTION_WORDS: dict[Attention, Text] = {
    Attention.NONE: "",
    Attention.MESSAGE: _("the patient wrote"),
    Attention.WITHDRAWN: _("the patient withdrew"),
    Attention.RETURNED: _("a consult was returned"),
    Attention.TEAM_ASKS: _("a team asks the desk"),
    Attention.ANSWERED: _("the patient answered"),
    Attention.MISSED: _("the patient did not come"),
    Attention.PASSED: _("a visit is over, and nobody has said how it ended"),
    Attention.NO_ANSWER: _("no answer from the patient"),
}
