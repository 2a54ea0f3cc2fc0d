"""Records that were asked for and did not come by the due day, on the home page of whoever they are owed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.timezone import localdate

from treatments.models import RecordRequest, Referral
from treatments.reading.records import overdue_requests

SHOWN = 6


@dataclass(frozen=True, slots=True)
class OverdueRow:
    request: RecordRequest
    referral: Referral
    url: str


def overdue_records(user: User, queues: Sequence[str], now: datetime) -> tuple[list[OverdueRow], int]:
    """Those that are shown, and how many there are."""
    every = overdue_requests(user, queues, localdate(now))
    desk = user.has_perm("treatments.view_referral")
    return [OverdueRow(row, row.referral, _page(row, desk)) for row in every[:SHOWN]], len(every)


def _page(row: RecordRequest, desk: bool) -> str:
    if desk or row.consult is None:
        return reverse("admin:treatments_referral_papers", args=[row.referral_id])
    return reverse(f"admin:treatments_{row.consult.treatment}consult_papers", args=[row.consult_id])
