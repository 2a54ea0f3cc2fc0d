"""The home page, by what somebody does: what needs them next, and how much waits."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from treatments import permissions
from treatments.admin.home.clinician import clinician_home
from treatments.admin.home.coordinator import coordinator_home
from treatments.admin.home.records import overdue_records
from treatments.admin.home.team import team_homes
from treatments.admin.pages.staff_user import user_of
from treatments.reading.desk_counts import counts_for
from treatments.reading.for_you import for_you
from treatments.workflow.actions.assignment import CLAIM
from treatments.workflow.actions.record_requests import REQUEST_RECORD
from treatments.workflow.actions.risk import ASSESS_RISK


def home(request: HttpRequest) -> dict[str, Any]:
    """The context of the page; who does several things has a part for each, who does none of them has none."""
    user, now = user_of(request), timezone.localtime()
    found: dict[str, Any] = {"today": now}
    if user.has_perm(ASSESS_RISK.permission_on()):
        found["clinician"] = clinician_home(user, now, counts_for(request).alerts or 0)
    if user.has_perm(CLAIM.permission_on()):
        found["coordinator"] = coordinator_home(user, now, counts_for(request))
    if queues := permissions.queues_of(user):
        found["teams"] = team_homes(queues, now)
    if user.has_perm(REQUEST_RECORD.permission_on()):
        found["records"] = overdue_records(user, queues, now)
    if part := next((part for part in ("clinician", "coordinator", "teams") if part in found), ""):
        # Once, and below what is a matter of safety.
        found["for_you"], found["for_you_in"] = for_you(user, now), part
    return found
