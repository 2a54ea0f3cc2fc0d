"""The columns of a consult team's queue."""

from dataclasses import replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treatments.admin.lists.badges import hold_badge, priority_badge, small_effect_badge
from treatments.admin.lists.column import FINDINGS, Column
from treatments.admin.lists.columns import NAME, PHQ9, REFERENCE
from treatments.admin.lists.due_marks import with_level, with_queue_mark
from treatments.models import Consult
from treatments.workflow.findings import finding
from treatments.workflow.reasons import outcome_label

HOLD = Column(
    key="hold_mark",
    title=gettext_lazy("hold"),
    reads=(
        *("hold", "alert_open", "assessed_at", "clinician_level", "next_check_at"),
        *(
            "newest_risk__next_steps",
            "newest_risk__at",
            "newest_risk__next_check_at",
            "submission__key",
        ),  # the plan is sealed
        *(f"newest_risk__{who}__{name}" for who in ("by", "next_check_by") for name in NAME),
    ),
    cell=lambda referral: with_level(hold_badge(referral.standing_hold, referral.is_assessed), referral),
)
PERSON = Column(
    key="person",
    title=gettext_lazy("name"),
    reads=("first_name", "last_name", "erased_at"),
    cell=lambda referral: referral.name,
)
AGE = Column(
    key="age",
    title=gettext_lazy("age"),
    reads=("date_of_birth",),
    cell=lambda referral: referral.age(timezone.localdate()),
)


def _of_referral(column: Column) -> Column:
    """A column of the referral in a list of its consults."""
    cell = column.cell
    return replace(
        column,
        reads=tuple(f"referral__{path}" for path in column.reads),
        value=None,
        cell=lambda consult: cell(consult.referral) if cell else None,
    )


def _consult_state(consult: Consult) -> str:
    missed = ngettext("did not come once", "did not come %(n)d times", consult.no_shows) % {
        "n": consult.no_shows
    }
    return ", ".join([_state_of(consult), *([f"✕ {missed}"] if consult.no_shows else [])])


def _state_of(consult: Consult) -> str:
    if consult.is_postponed and consult.not_before:
        parts = {"state": consult.state_label, "day": date_format(consult.not_before)}
        return _("%(state)s, not before %(day)s") % parts
    if consult.outcome:
        return f"{consult.state_label}: {outcome_label(consult.outcome)}"
    return str(consult.state_label)


QUEUE: tuple[Column, ...] = (
    _of_referral(REFERENCE),
    Column(
        key="priority_mark",
        title=gettext_lazy("priority"),
        reads=("priority",),
        cell=lambda consult: priority_badge(consult.priority),
    ),
    _of_referral(PERSON),
    _of_referral(AGE),
    _of_referral(HOLD),
    Column(
        key="finding",
        title=gettext_lazy("finding"),
        reads=("treatment", f"referral__{FINDINGS}"),
        cell=lambda consult: small_effect_badge(*finding(consult.findings_read, consult.treatment)),
    ),
    _of_referral(PHQ9),
    Column(
        key="state_mark",
        title=gettext_lazy("state"),
        reads=("state", "outcome", "not_before", "no_shows"),
        cell=_consult_state,
    ),
    Column(
        key="booked_for",
        title=gettext_lazy("booked for"),
        reads=("booked_for",),
        cell=lambda consult: consult.booked_for,
    ),
    Column(
        key="waiting",
        title=gettext_lazy("waiting"),
        reads=("opened_at", "state", "not_before", "treatment", "target_from"),
        cell=lambda consult: with_queue_mark(timesince(consult.opened_at, depth=1), consult),
    ),
)
