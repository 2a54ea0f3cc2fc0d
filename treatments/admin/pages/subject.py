"""Which referral, and which of its consults, a row of the desk or of a queue is about, and where it is read."""

from django.urls import reverse

from treatments.models import Consult, Referral
from treatments.models.consult_lists import READABLE_BY_TEAM


def subject_of(row: Referral | Consult) -> tuple[Referral, Consult | None]:
    return (row.referral, row) if isinstance(row, Consult) else (row, None)


def row_url(row: Referral | Consult) -> str:
    """The row's page if it may still be read, else the list: a team's consult may have left its queue."""
    if not isinstance(row, Consult):
        return reverse("admin:treatments_referral_change", args=[row.pk])
    queue = f"admin:treatments_{row.treatment}consult"
    if Consult.objects.filter(pk=row.pk, state__in=READABLE_BY_TEAM).exists():
        return reverse(f"{queue}_change", args=[row.pk])
    return reverse(f"{queue}_changelist")
