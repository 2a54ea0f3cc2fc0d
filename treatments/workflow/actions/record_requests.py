"""Asking a pharmacy, a clinician, a hospital or a payer for records: on paper, and what becomes of it."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.catalog import TREATMENTS
from treatments.workflow.actions.row import Action, Permission, Refusal, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, while_closed, withdrawn
from treatments.workflow.paper_words import paper_words, request_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import OPEN_REQUEST_STATES, REQUEST_MOVES, RequestState

TEAMS = tuple(treatment.team for treatment in TREATMENTS.values())
ASKING = Permission(
    "request_record",
    gettext_lazy("Can request records and print what goes with it"),
    (COORDINATORS, CLINICIANS, *TEAMS),
)
FACTS = ("requests",)


def why_not_request(situation: Situation) -> str | None:
    return withdrawn() if situation.withdrawn else while_closed(situation)


def no_open_request() -> str:
    return _("No request for records is open.")


def not_signed() -> str:
    return _("The person has not signed the release yet. Record first on which day they did.")


def while_asking(refusal: Refusal) -> Refusal:
    """Nothing more goes out for whoever has withdrawn or is closed; what is out may come back, be refused, be canceled."""

    def why_not(situation: Situation) -> str | None:
        return why_not_request(situation) or refusal(situation)

    return why_not


def why_not_of_open(situation: Situation) -> str | None:
    stands = any(state in OPEN_REQUEST_STATES for state, _signed in situation.requests)
    return None if stands else no_open_request()


def why_not_send(situation: Situation) -> str | None:
    drafts = [signed for state, signed in situation.requests if state is RequestState.DRAFT]
    if not drafts:
        return _("No request for records waits to be sent.")
    return None if any(drafts) else not_signed()


def leading_to(state: RequestState) -> Collection[RequestState]:
    return [before for before, moves in REQUEST_MOVES.items() if state in moves]


def unless_it_may_become(to: RequestState) -> Refusal:
    """Refused where no request may move there."""

    def why_not(situation: Situation) -> str | None:
        if any(state in leading_to(to) for state, _signed in situation.requests):
            return None
        return no_open_request() if to is RequestState.CANCELED else _("No request for records is out.")

    return why_not


REQUEST_RECORD = Action(
    key="request_record",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Request records"),
    done=gettext_lazy("The request is there: print it, and have the release signed."),
    event=gettext_lazy("Records requested"),
    words=request_words,
    permission=ASKING,
    refusal=why_not_request,
    by_teams=True,
)
RECORD_RELEASE = Action(
    key="record_release",
    subject=Subject.REFERRAL,
    label=gettext_lazy("The release was signed"),
    done=gettext_lazy("The day of the signature is on record."),
    event=gettext_lazy("Release signed"),
    words=request_words,
    permission=ASKING,
    refusal=while_asking(why_not_of_open),
    facts=FACTS,
    by_teams=True,
)
SEND_REQUEST = Action(
    key="send_record_request",
    subject=Subject.REFERRAL,
    label=gettext_lazy("The request was sent"),
    done=gettext_lazy("It is on record that the request was sent, and when an answer is due."),
    event=gettext_lazy("Request for records sent"),
    words=request_words,
    permission=ASKING,
    refusal=while_asking(why_not_send),
    facts=FACTS,
    by_teams=True,
)
CHASE_REQUEST = Action(
    key="chase_record_request",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Asked for the records again"),
    done=gettext_lazy("It is on record that they were asked again, with a new due day."),
    event=gettext_lazy("Asked for records again"),
    words=request_words,
    permission=ASKING,
    refusal=while_asking(unless_it_may_become(RequestState.CHASED)),
    facts=FACTS,
    by_teams=True,
)
RECEIVE_RECORD = Action(
    key="receive_record",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Records came"),
    done=gettext_lazy("It is on record what came."),
    event=gettext_lazy("Records received"),
    words=request_words,
    permission=ASKING,
    refusal=unless_it_may_become(RequestState.RECEIVED),
    facts=FACTS,
    by_teams=True,
)
REFUSE_REQUEST = Action(
    key="refuse_record_request",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Records were refused"),
    done=gettext_lazy("It is on record that they sent nothing."),
    event=gettext_lazy("Records refused"),
    words=request_words,
    permission=ASKING,
    refusal=unless_it_may_become(RequestState.REFUSED),
    facts=FACTS,
    by_teams=True,
)
CANCEL_REQUEST = Action(
    key="cancel_record_request",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Cancel a request for records"),
    done=gettext_lazy("The request was canceled."),
    event=gettext_lazy("Request for records canceled"),
    words=request_words,
    permission=ASKING,
    refusal=unless_it_may_become(RequestState.CANCELED),
    facts=FACTS,
    by_teams=True,
)
PRINT_REQUEST = Action(
    key="print_request",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Print a request for records"),
    done=gettext_lazy("The request is kept as it stands here: print this page."),
    event=gettext_lazy("Request for records printed"),
    words=paper_words,
    permission=ASKING,
    refusal=while_asking(why_not_of_open),
    facts=FACTS,
    by_teams=True,
)
PRINT_RELEASE = Action(
    key="print_release",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Print a release to sign"),
    done=gettext_lazy("The release is kept as it stands here: print this page and have it signed."),
    event=gettext_lazy("Release printed"),
    words=paper_words,
    permission=ASKING,
    refusal=while_asking(why_not_of_open),
    facts=FACTS,
    by_teams=True,
)
ROWS = (
    *(REQUEST_RECORD, RECORD_RELEASE, SEND_REQUEST, CHASE_REQUEST, RECEIVE_RECORD, REFUSE_REQUEST),
    *(CANCEL_REQUEST, PRINT_REQUEST, PRINT_RELEASE),
)
