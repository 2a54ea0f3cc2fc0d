"""What each person of the desk has before them now, and what nobody has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from treatments.figures.spells import span_in_words
from treatments.models import Referral
from treatments.workflow import ReferralState

AT_THE_DESK = (ReferralState.NEW, ReferralState.IN_REVIEW, ReferralState.AWAITING_PATIENT)


@dataclass(frozen=True, slots=True)
class LoadRow:
    """``person``: their name; ``longest``: how long the oldest of the ``open`` has waited, in words."""

    person: str
    open: int
    held: int
    asked: int
    longest: str


def read_load(now: datetime) -> list[LoadRow]:
    """Who has most comes first, and what is nobody's last."""
    rows = (
        Referral.objects.filter(state__in=AT_THE_DESK)
        .order_by()
        .values("owner", "owner__first_name", "owner__last_name", "owner__username")
        .annotate(
            number=Count("pk"),
            held=Count("pk", filter=Q(hold_rank__gt=0)),
            asked=Count("pk", filter=Q(state=ReferralState.AWAITING_PATIENT)),
            since=Min("waiting_since"),
        )
    )
    found = sorted(rows, key=lambda row: (row["owner"] is None, -row["number"], row["owner__username"]))
    return [
        LoadRow(_name(row), row["number"], row["held"], row["asked"], span_in_words(now - row["since"]))
        for row in found
    ]


def _name(row: Mapping[str, Any]) -> str:
    if row["owner"] is None:
        return _("Nobody yet")
    whole = f"{row['owner__first_name']} {row['owner__last_name']}".strip()
    return whole or str(row["owner__username"])
