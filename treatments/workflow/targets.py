"""How long a referral may lie at the desk, and a consult in its queue, in working hours of the clinic.

The desk's clock runs while the coordinators or the owner act next. It stops while the next actor is the
patient or a team, and once the referral is closed, and goes on from there when the referral comes back. What
counts as a working hour says ``intake.times.working_time``.
"""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.catalog import TREATMENTS
from treatments.workflow.states import AT_THE_DESK, Hold, ReferralState

# Working hours by state, hold and queue; the setting TARGET_HOURS replaces single rows. 8 hours are a day.
# The shorter of a state's and a hold's target counts.
TARGETS: dict[str, int] = {
    "new": 8,
    "in_review": 24,
    "same_day": 4,
    "urgent": 1,
    "accepted": 24,
    "visit_over": 8,
    **{key: treatment.target_hours for key, treatment in TREATMENTS.items()},
}

# What each of them is called where a clinic sets it.
TARGET_WORDS: dict[str, Text] = {
    "new": _("New: working hours until somebody looks at it"),
    "in_review": _("In review: working hours at the desk"),
    "same_day": _("Same-day hold: working hours until it is dealt with"),
    "urgent": _("Urgent hold: working hours until it is dealt with"),
    "accepted": _("Accepted: working hours until a visit is booked"),
    "visit_over": _("Visit over: working hours until the team says how it ended"),
    **{
        key: format_lazy(_("{queue}: working hours until the team decides"), queue=treatment.name)
        for key, treatment in TREATMENTS.items()
    },
}

# The desk's clock runs in these states.
RUNNING = AT_THE_DESK


def target_of(state: ReferralState, hold: Hold, targets: Mapping[str, int] = TARGETS) -> int | None:
    """The working hours that a referral has; None where the clock stands."""
    if state not in RUNNING:
        return None
    return min(targets[key] for key in (state.value, hold.value) if key in targets)


def is_over(*, hours: float, state: ReferralState, hold: Hold, targets: Mapping[str, int] = TARGETS) -> bool:
    target = target_of(state, hold, targets)
    return target is not None and hours > target
