"""Moves a referral on the desk where nothing but time has passed: the day of a clinician's next check has come."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from treatments.models import Referral

AT_ONCE = 500  # rows of a pass: the tick must come back to the alarms within a minute


@transaction.atomic
def sweep_due_checks(*, at: datetime | None = None) -> int:
    """Mark the checks that are due by the end of today; how many. A page that shows the row stays fresh by it."""
    today = timezone.localdate(at or timezone.now())
    end = datetime.combine(today + timedelta(days=1), time.min, timezone.get_current_timezone())
    due = Referral.objects.filter(check_due=False, next_check_at__lt=end)
    # Whoever assesses at this moment sets another day, and is not waited for.
    free = due.order_by("next_check_at").select_for_update(skip_locked=True)
    keys = list(free.values_list("pk", flat=True)[:AT_ONCE])
    return Referral.objects.filter(pk__in=keys).update(check_due=True)
