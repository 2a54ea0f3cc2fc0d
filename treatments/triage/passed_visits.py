"""Tells the desk of visits that are over while nobody has said how they ended: a sweep, safe to kill and to run twice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from treatments.models import Event, Referral, Visit, desk_clock
from treatments.triage.flags import raise_flag
from treatments.workflow import Attention
from treatments.workflow.events import VISIT_PASSED

BATCH = 500


def mark_passed_visits(at: datetime | None = None) -> int:
    """Flag the referrals of visits past their target, once a visit; how many."""
    at = at or timezone.now()
    target = desk_clock.moment_before(at, desk_clock.targets()["visit_over"])
    over = Visit.objects.standing().filter(passed_at__isnull=True, until__lt=target).order_by("until", "pk")
    return sum(_mark(*keys, at) for keys in list(over.values_list("pk", "consult__referral")[:BATCH]))


@transaction.atomic
def _mark(pk: int, referral: int, at: datetime) -> bool:
    """The referral first, as actions lock them; who holds it is at work on it, and the next pass comes soon."""
    locked = Referral.objects.select_for_update(skip_locked=True).filter(pk=referral).first()
    visit = Visit.objects.standing().filter(pk=pk, passed_at__isnull=True).first() if locked else None
    if locked is None or visit is None:
        return False
    visit.passed_at = at
    visit.save(update_fields=["passed_at"])
    raise_flag(locked, Attention.PASSED, at)
    Event.objects.create(
        referral=locked,
        consult=visit.consult,
        kind=VISIT_PASSED.key,
        at=at,
        from_state=locked.state,
        to_state=locked.state,
        version=locked.version,
        details={"day": visit.day.isoformat()},
    )
    locked.version += 1
    locked.save()
    return True
