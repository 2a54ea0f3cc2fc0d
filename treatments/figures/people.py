"""The people whose form was begun in a period, and when each took which step from there to a treatment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from intake.locations import settings_of
from intake.models import Submission
from treatments.figures.outcomes import STARTED
from treatments.models import Consult, ContactAttempt, Event, Referral, Visit
from treatments.workflow import ConsultState
from treatments.workflow.actions.assignment import ASSIGN, CLAIM
from treatments.workflow.actions.consults import ACCEPT, BOOK
from treatments.workflow.actions.routing import ROUTE
from treatments.workflow.actions.table import CONSULT_ACTIONS
from treatments.workflow.actions.undo import UNDO, UNDO_CONSULT
from treatments.workflow.contacts import Outcome
from treatments.workflow.visits import VisitEnd

AT_A_TIME = 250  # people read by a handful of queries
DUPLICATE = "duplicate"  # a second form of somebody who is counted already
OF_TEAMS = tuple(key for key, row in CONSULT_ACTIONS.items() if row.undoable)


class Step(IntEnum):
    """In their order; who took a later one has taken those before it."""

    BEGUN = 0
    RECEIVED = 1
    TAKEN_UP = 2
    ROUTED = 3
    ACCEPTED = 4
    BOOKED = 5
    SEEN = 6
    STARTED = 7


STEP_OF = {
    CLAIM.key: Step.TAKEN_UP,
    ASSIGN.key: Step.TAKEN_UP,
    ROUTE.key: Step.ROUTED,
    ACCEPT.key: Step.ACCEPTED,
    BOOK.key: Step.BOOKED,
}
Steps = dict[Step, datetime]


@dataclass(frozen=True, slots=True)
class Traveler:
    """``steps`` are those whose moment is known; ``left`` when the referral was closed, None for not.

    ``reached`` within the tries that the clinic makes; None where nobody tried, or has tries left. ``queues``:
    of each queue that it was routed to the steps from there on.
    """

    born: date | None
    language: str
    channel: str
    left: datetime | None
    steps: Mapping[Step, datetime]
    reached: bool | None = None
    queues: Mapping[str, Mapping[Step, datetime]] = field(default_factory=dict)

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


@dataclass(slots=True)
class Way:
    """Of one referral: its steps, and those in each queue."""

    steps: Steps = field(default_factory=dict)
    queues: dict[str, Steps] = field(default_factory=dict)

    def note(self, step: Step, at: datetime, queue: str | None = None) -> None:
        for steps in (self.steps, *([self.queues.setdefault(queue, {})] if queue else ())):
            steps[step] = min(at, steps.get(step, at))


def read_people(since: datetime, until: datetime) -> Iterator[list[Traveler]]:
    """Those who sent the form since then, a day's or fewer at a time, in six queries each; some began before."""
    while since <= until:
        day_later = since + timedelta(days=1)
        came = Referral.objects.filter(received_at__gte=since, received_at__lt=day_later)
        came = came.exclude(close_reason=DUPLICATE)
        keys = list(came.order_by("received_at").values_list("pk", flat=True))
        for start in range(0, len(keys), AT_A_TIME):
            yield _travelers(keys[start : start + AT_A_TIME])
        since = day_later


def read_drafts(since: datetime) -> Iterator[list[Traveler]]:
    """Those who saved the form since then and have not sent it, some at a time; some began before."""
    drafts = Submission.objects.filter(state=Submission.State.DRAFT, saved_at__gte=since)
    keys = list(drafts.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        some = Submission.objects.filter(pk__in=keys[start : start + AT_A_TIME])
        yield [
            Traveler(row.born_on, row.language, row.channel, None, {Step.BEGUN: row.created_at})
            for row in some
        ]


def _travelers(keys: Sequence[int]) -> list[Traveler]:
    columns = ("pk", "date_of_birth", "language", "channel", "closed_at", "received_at")
    rows = Referral.objects.filter(pk__in=keys).values_list(*columns, "submission__created_at")
    ways, reached = _ways(keys), _reached(keys)
    people = []
    for pk, born, language, channel, left, received, begun in rows:
        way = ways.get(pk, Way())
        taken = {**way.steps, Step.BEGUN: begun, Step.RECEIVED: received}
        people.append(Traveler(born, language, channel, left, taken, reached.get(pk), way.queues))
    return people


def _ways(keys: Sequence[int]) -> dict[int, Way]:
    """The first moment of each step after the sending."""
    found: dict[int, Way] = {}
    acts = list(that_stood(_acts(keys)))
    routed = {(act.referral, act.at) for act in acts if act.kind == ROUTE.key}
    queues: dict[int, str] = {}
    columns = ("pk", "referral", "treatment", "state", "opened_at", "outcome", "ended_at")
    for pk, referral, queue, state, opened, outcome, ended in Consult.objects.filter(
        referral__in=keys
    ).values_list(*columns):
        if state == ConsultState.WITHDRAWN and (referral, opened) not in routed:
            continue  # the routing was undone
        queues[pk], way = queue, found.setdefault(referral, Way())
        way.note(Step.ROUTED, opened, queue)
        if outcome == STARTED:
            way.note(Step.STARTED, ended, queue)
    for act in acts:
        if act.kind in STEP_OF and (act.consult is None or act.consult in queues):
            way = found.setdefault(act.referral, Way())
            way.note(STEP_OF[act.kind], act.at, queues[act.consult] if act.consult else None)
    held = Visit.objects.filter(ended=VisitEnd.HELD, consult__in=queues)
    for consult, referral, until in held.values_list("consult", "consult__referral", "until"):
        found[referral].note(Step.SEEN, until, queues[consult])
    return found


def _reached(keys: Sequence[int]) -> dict[int, bool]:
    tries: dict[int, list[str]] = {}
    rows = ContactAttempt.objects.filter(referral__in=keys).order_by("at", "pk")
    for referral, outcome in rows.values_list("referral", "outcome"):
        tries.setdefault(referral, []).append(outcome)
    most = settings_of(None).contact_attempts
    first = {referral: outcomes[:most] for referral, outcomes in tries.items()}
    return {
        referral: Outcome.REACHED in outcomes
        for referral, outcomes in first.items()
        if Outcome.REACHED in outcomes or len(outcomes) == most
    }


def _acts(keys: Sequence[int]) -> Iterator[Act]:
    kinds = {*STEP_OF, *OF_TEAMS, UNDO.key, UNDO_CONSULT.key}
    rows = Event.objects.filter(kind__in=kinds, referral__in=keys).order_by("pk")
    return (Act(*row) for row in rows.values_list("referral", "consult", "kind", "version", "at"))


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
