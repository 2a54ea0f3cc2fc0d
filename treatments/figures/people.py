"""The people whose intake came in a period, and when each took which step from there to a treatment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple

from django.db.models import Min

from intake.locations import settings_of
from treatments.figures.outcomes import STARTED
from treatments.models import Consult, ContactAttempt, Event, Referral, Visit
from treatments.workflow import ReferralState
from treatments.workflow.actions.assignment import ASSIGN, CLAIM
from treatments.workflow.actions.consults import ACCEPT, BOOK
from treatments.workflow.actions.routing import ROUTE
from treatments.workflow.actions.table import CONSULT_ACTIONS
from treatments.workflow.actions.undo import UNDO, UNDO_CONSULT
from treatments.workflow.contacts import Outcome
from treatments.workflow.visits import VisitEnd

MOST_PEOPLE = 10_000  # of more, the newest; the page then says from when on they are
DUPLICATE = "duplicate"  # a second form of somebody who is counted already
OF_TEAMS = tuple(key for key, row in CONSULT_ACTIONS.items() if row.undoable)


class Step(IntEnum):
    """In their order; who took a later one has taken those before it."""

    RECEIVED = 0
    TAKEN_UP = 1
    ROUTED = 2
    ACCEPTED = 3
    BOOKED = 4
    SEEN = 5
    STARTED = 6


STEP_OF = {
    CLAIM.key: Step.TAKEN_UP,
    ASSIGN.key: Step.TAKEN_UP,
    ROUTE.key: Step.ROUTED,
    ACCEPT.key: Step.ACCEPTED,
    BOOK.key: Step.BOOKED,
}


@dataclass(frozen=True, slots=True)
class Traveler:
    """``steps`` are those whose moment is known; ``left`` when the referral was closed, None for not.

    ``reached`` within the tries that the clinic makes; None where nobody tried, or has tries left.
    """

    born: date | None
    language: str
    source: str
    left: datetime | None
    steps: Mapping[Step, datetime]
    reached: bool | None = None

    @property
    def furthest(self) -> Step:
        return max(self.steps)


class Act(NamedTuple):
    """An event, as far as it says what was done and what was undone."""

    referral: int
    consult: int | None
    kind: str
    version: int
    at: datetime


def read_people(since: datetime, until: datetime) -> tuple[list[Traveler], datetime]:
    """Those received from ``since`` on, newest first, and from when on they are; in six queries."""
    came = Referral.objects.filter(received_at__gte=since, received_at__lte=until)
    rows = list(
        came.exclude(close_reason=DUPLICATE)
        .order_by("-received_at")
        .values_list(
            *("pk", "received_at", "date_of_birth", "language", "submission__source", "state", "closed_at")
        )[:MOST_PEOPLE]
    )
    since = rows[-1][1] if len(rows) == MOST_PEOPLE else since
    steps, reached = _steps(since), _reached(since)
    people = []
    for pk, received, born, language, source, state, closed in rows:
        left = closed if state == ReferralState.CLOSED else None
        taken = {**steps.get(pk, {}), Step.RECEIVED: received}
        people.append(Traveler(born, language, source, left, taken, reached.get(pk)))
    return people, since


def _steps(since: datetime) -> dict[int, dict[Step, datetime]]:
    """The first moment of each step after the first, of those received from ``since`` on."""
    found: dict[int, dict[Step, datetime]] = {}

    def note(referral: int, step: Step, at: datetime) -> None:
        steps = found.setdefault(referral, {})
        steps[step] = min(at, steps.get(step, at))

    for act in that_stood(_acts(since)):
        if act.kind in STEP_OF:
            note(act.referral, STEP_OF[act.kind], act.at)
    seen = Visit.objects.filter(ended=VisitEnd.HELD, consult__referral__received_at__gte=since)
    for referral, at in seen.order_by().values_list("consult__referral").annotate(at=Min("until")):
        note(referral, Step.SEEN, at)
    started = Consult.objects.filter(outcome=STARTED, referral__received_at__gte=since)
    for referral, at in started.order_by().values_list("referral").annotate(at=Min("ended_at")):
        note(referral, Step.STARTED, at)
    return found


def _reached(since: datetime) -> dict[int, bool]:
    tries: dict[int, list[str]] = {}
    rows = ContactAttempt.objects.filter(referral__received_at__gte=since).order_by("at", "pk")
    for referral, outcome in rows.values_list("referral", "outcome"):
        tries.setdefault(referral, []).append(outcome)
    most = settings_of(None).contact_attempts
    first = {referral: outcomes[:most] for referral, outcomes in tries.items()}
    return {
        referral: Outcome.REACHED in outcomes
        for referral, outcomes in first.items()
        if Outcome.REACHED in outcomes or len(outcomes) == most
    }


def _acts(since: datetime) -> Iterator[Act]:
    kinds = {*STEP_OF, *OF_TEAMS, UNDO.key, UNDO_CONSULT.key}
    rows = Event.objects.filter(kind__in=kinds, at__gte=since, referral__received_at__gte=since)
    columns = ("referral", "consult", "kind", "version", "at")
    return (Act(*row) for row in rows.order_by("pk").values_list(*columns).iterator())


def that_stood(acts: Iterable[Act]) -> Iterator[Act]:
    """Without those that were undone, and the undoing; ``acts`` in the order in which they were done.

    An undo acts on the version that its move made, a team's on the last that was done to its consult.
    """
    stood: dict[int, list[Act]] = {}
    for act in acts:
        own = stood.setdefault(act.referral, [])
        if act.kind == UNDO.key:
            own[:] = [each for each in own if each.version != act.version - 1]
        elif act.kind == UNDO_CONSULT.key:
            last = next((each for each in reversed(own) if each.consult == act.consult), None)
            own[:] = [each for each in own if each is not last]
        else:
            own.append(act)
    return (act for own in stood.values() for act in own)
