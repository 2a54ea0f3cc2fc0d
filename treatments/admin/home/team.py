"""A team's home: what it owes, its next visits, what it asked the desk, how its consults ended and how long they took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from treatments.figures import dashboard, outcomes
from treatments.figures.team_waits import WaitRow, read_waits
from treatments.models import Consult, Event
from treatments.workflow import OPEN_CONSULT_STATES, ConsultState
from treatments.workflow.actions.team_questions import ANSWER_TEAM, ASK_DESK

VISITS_SHOWN = 8
ASKED_SHOWN = 6
DAYS = 90
WORDS_SHOWN = 80  # characters of a question and of its answer


@dataclass(frozen=True, slots=True)
class VisitRow:
    """``over``: it is over, and nobody has said how it ended."""

    consult: Consult
    over: bool
    url: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    consult: Consult
    asked: str
    at: datetime
    answer: str
    answered: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class TeamHome:
    queue: dashboard.Queue
    url: str
    visits: list[VisitRow]
    asked: list[AskedRow]
    ended: list[tuple[str, int]]
    share: str
    waits: list[WaitRow]


def team_homes(queues: Sequence[str], now: datetime) -> list[TeamHome]:
    counts, visits, asked = dashboard.read_queues(queues, now), visits_of(queues, now), asked_by(queues, now)
    since = now - timedelta(days=DAYS)
    table = outcomes.read_outcomes(queues, since)
    waits = read_waits(queues, since, now)
    homes = []
    for place, (queue, (_name, number, of, share)) in enumerate(
        zip(counts, outcomes.started_shares(table), strict=True)
    ):
        ended = [(str(row.words), number) for row in table.rows if (number := row.numbers[place])]
        homes.append(
            TeamHome(
                queue,
                list_of(queue.key),
                [row for row in visits if row.consult.treatment == queue.key],
                [row for row in asked if row.consult.treatment == queue.key],
                ended,
                _("Treatment started: %(number)d of %(of)d, %(share)s.")
                % {"number": number, "of": of, "share": share},
                waits[queue.key],
            )
        )
    return homes


def list_of(treatment: str) -> str:
    return reverse(f"admin:treatments_{treatment}consult_changelist")


def page_of(consult: Consult) -> str:
    return reverse(f"admin:treatments_{consult.treatment}consult_change", args=[consult.pk])


def visits_of(queues: Sequence[str], now: datetime) -> list[VisitRow]:
    """The first visit that stands of each booked consult: those that are over first, then the soonest."""
    rows = Consult.objects.filter(treatment__in=queues, state=ConsultState.BOOKED).select_related("referral")
    return [
        VisitRow(consult, consult.target_from is not None and consult.target_from <= now, page_of(consult))
        for consult in rows.order_by("target_from", "pk")[:VISITS_SHOWN]
    ]


def asked_by(queues: Sequence[str], now: datetime) -> list[AskedRow]:
    """The newest questions to the desk about open consults, each with what the desk answered since."""
    events = Event.objects.filter(at__gte=now - timedelta(days=DAYS), consult__treatment__in=queues)
    events = events.filter(consult__state__in=OPEN_CONSULT_STATES).defer("assessment", "details")
    events = events.select_related("consult__referral", "referral__submission")
    asked = list(events.filter(kind=ASK_DESK.key).order_by("-at")[:ASKED_SHOWN])
    said = events.filter(kind=ANSWER_TEAM.key, consult__in=[event.consult_id for event in asked]).order_by(
        "at"
    )
    answers = list(said) if asked else []
    rows = []
    for event in asked:
        consult = cast(Consult, event.consult)
        answer = next(
            (each for each in answers if each.consult_id == consult.pk and each.at >= event.at), None
        )
        rows.append(
            AskedRow(
                consult,
                Truncator(event.note or "").chars(WORDS_SHOWN),
                event.at,
                Truncator(answer.note or "").chars(WORDS_SHOWN) if answer else "",
                answer.at if answer else None,
                page_of(consult),
            )
        )
    return rows
