"""The demonstration's notices: a referral handed to a colleague, notes that name people, and what is due this morning."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from treatments.demo.step import Step, asked_and_answered, read_and_claimed, routed, step
from treatments.triage.notices import set_delivery
from treatments.triage.notices_due import note_due
from treatments.workflow.notices import Delivery

NAMED: dict[str, tuple[Step, ...]] = {
    "handed_to_cora": (
        *read_and_claimed("+1 11:10", "carl"),
        step(
            "25 min", "carl", "note", note="@cora, you know the family doctor. Could you take it from here?"
        ),
        step("3 min", "carl", "assign", to="cora"),
    ),
    "asked_through_the_desk": (
        *read_and_claimed("+1 09:50"),
        *routed("25 min", "tms"),
        step("+3 10:15", "tess", "open", treatment="tms"),
        step(
            "12 min",
            "tess",
            "ask_desk",
            treatment="tms",
            note="@cora, how long has this episode lasted by now?",
        ),
        step(
            "+3 14:05",
            "cora",
            "answer_team",
            treatment="tms",
            note="Since spring, @tess. Asking for the month.",
        ),
        step("20 min", "tess", "ask_desk", treatment="tms", note="The month would do, thank you."),
        *asked_and_answered(
            "+3 15:40",
            "Please tell us for how many months this has gone on by now.",
            ("history.episode_months",),
            "+4 18:20",
            {"history.episode_months": 14},
        ),
    ),
}


def begin_the_day(staff: Mapping[str, User], now: datetime) -> None:
    """What is due of each; Carl wants mail at once."""
    for person in staff.values():
        note_due(person, now - timedelta(minutes=20))
    set_delivery(user=staff["carl"], delivery=Delivery.AT_ONCE)
