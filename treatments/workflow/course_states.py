"""States of a course of treatment, which may follow which, and why one is stopped early."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


class CourseState(StrEnum):
    IN_COURSE = "in_course"
    PAUSED = "paused"
    CONTINUING = "continuing"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StateOfCourse:
    """``asks`` is what whoever leads a course there says with it; ``may_become`` are the moves of the same course."""

    label: Text
    may_become: frozenset[CourseState]
    asks: tuple[str, ...] = ()


COURSE_STATES: dict[CourseState, StateOfCourse] = {
    CourseState.IN_COURSE: StateOfCourse(
        _("In course"),
        frozenset({CourseState.PAUSED, CourseState.FINISHED, CourseState.STOPPED, CourseState.CONTINUING}),
    ),
    # Check-ins go on.
    CourseState.PAUSED: StateOfCourse(
        _("Paused"), frozenset({CourseState.IN_COURSE, CourseState.STOPPED}), asks=("reason", "until")
    ),
    # Maintenance: Spravato, a taper, monthly TMS.
    CourseState.CONTINUING: StateOfCourse(
        _("Continuing"), frozenset({CourseState.FINISHED, CourseState.STOPPED, CourseState.PAUSED})
    ),
    CourseState.FINISHED: StateOfCourse(_("Finished as planned"), frozenset()),
    CourseState.STOPPED: StateOfCourse(_("Stopped early"), frozenset(), asks=("reason",)),
}
BEGINS_AS = CourseState.IN_COURSE
# A second course is a row of its own, and the first one stays as it is.
SECOND_COURSE_AFTER = frozenset({CourseState.FINISHED})
OPEN_COURSE_STATES = tuple(state for state, row in COURSE_STATES.items() if row.may_become)


@dataclass(frozen=True, slots=True)
class StopReason:
    """``says_more``: a note is asked for. ``silences``: no message ever leaves for the person again."""

    code: str
    label: Text
    says_more: bool = False
    silences: bool = False


STOP_REASONS: dict[str, StopReason] = {
    reason.code: reason
    for reason in (
        StopReason("no_benefit", _("No benefit")),
        StopReason("side_effects", _("Side effects (say which)"), says_more=True),
        StopReason("patient_choice", _("The patient's choice")),
        StopReason("time_or_travel", _("Time or travel")),
        StopReason("cost_or_insurance", _("Cost or insurance")),
        StopReason("medical_reason", _("A medical reason")),
        StopReason("safety", _("Safety")),
        StopReason("pregnancy", _("Pregnancy")),
        StopReason("moved_elsewhere", _("Moved elsewhere")),
        StopReason("not_reached", _("Not reached")),
        StopReason("died", _("Died"), silences=True),
        StopReason("other", _("Another reason (say which)"), says_more=True),
    )
}
