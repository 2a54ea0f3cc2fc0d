"""The director's figures of a period: where people are lost, how safety was kept, what came of it, for whom."""

from datetime import datetime, timedelta
from typing import Any

from treatments.catalog import TREATMENTS
from treatments.figures import outcomes
from treatments.figures.funnel import funnel_of
from treatments.figures.groups import dimensions_of
from treatments.figures.load import read_load
from treatments.figures.people import MOST_PEOPLE, read_people
from treatments.figures.proportions import FEWEST
from treatments.figures.safety_times import safety_rows
from treatments.figures.stops import days_of_drafts, read_stops

PERIODS = (30, 90, 365)  # days
USUAL = 90


def intake_figures(days: int, now: datetime) -> dict[str, Any]:
    """Each part is held by an index on the period, or by a limit."""
    since, queues = now - timedelta(days=days), list(TREATMENTS)
    people, people_since = read_people(since, now)
    ended = outcomes.read_outcomes(queues, since)
    return {
        "days": days,
        "periods": PERIODS,
        "since": since,
        "until": now,
        "people": len(people),
        "people_since": people_since if len(people) == MOST_PEOPLE else None,
        "funnel": funnel_of(people, now),
        "safety": safety_rows(since, now),
        "outcomes": ended,
        "started": outcomes.started_shares(ended),
        "feedback": outcomes.read_feedback(queues, since),
        "dimensions": dimensions_of(people, now),
        "few": FEWEST,
        "load": read_load(now),
        "stops": read_stops(now),
        "drafts_days": days_of_drafts(),
    }
