"""The on-call rota as tests meet it: rows that cover every hour or none, kept by Adam."""

from datetime import time
from typing import Any

from django.contrib.auth.models import User

from treatments.models import Shift
from treatments.triage.rota import add_shifts
from treatments.workflow.rota import Channel, Rank

LIST = "/admin/treatments/shift/"
MIDNIGHT = time(0)
NIGHT = {"begins": time(18), "ends": time(8)}


def with_mail(*people: User) -> None:
    for person in people:
        person.email = f"{person.username}@clinic.example"
        person.save(update_fields=["email"])


def a_row(cast, person: User, rank: Rank = Rank.FIRST, **more: Any) -> Shift:
    """One row, for Mondays around the clock or as ``more`` says."""
    if "first_day" not in more:
        more.setdefault("weekdays", [0])
    asked = {"begins": MIDNIGHT, "ends": MIDNIGHT, "channel": Channel.MAIL, **more}
    return add_shifts(actor=cast.adam, person=person, rank=rank, **asked)[0]


def always(cast, person: User, rank: Rank = Rank.FIRST, **more: Any) -> None:
    """This person, in every hour of every week."""
    a_row(cast, person, rank, weekdays=range(7), **more)
