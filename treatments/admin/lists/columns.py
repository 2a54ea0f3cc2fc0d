"""The columns of the worklist and of the queues, for their lists and for spreadsheets."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treatments.admin.lists.badges import hold_badge, priority_badge, small_effect_badge
from treatments.admin.lists.column import FINDINGS, Column
from treatments.admin.lists.due_marks import short_name, with_level, with_marks, with_queue_mark
from treatments.catalog import TREATMENTS, Treatment
from treatments.models import Consult, Referral
from treatments.workflow.effects import EFFECTS, OPEN
from treatments.workflow.findings import finding
from treatments.workflow.reasons import outcome_label


def _local(moment: datetime) -> datetime:
    """In the clinic's time, to the minute; spreadsheets know no time zones."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


# What a person of the staff is named by.
NAME = ("first_name", "last_name", "username")


def _screen(referral: Referral) -> str:
    return referral.cssrs.replace("_", " ")


def _hold_words(referral: Referral) -> str:
    return str(referral.get_hold_display()) if referral.is_assessed else _("Not assessed")


def _state(referral: Referral) -> str:
    return ", ".join(map(str, [referral.state_label, *referral.flag_words]))


def _owner(referral: Referral) -> str:
    return short_name(referral.owner) if referral.owner else "–"


def _owner_in_full(referral: Referral) -> str:
    return (referral.owner.get_full_name() or referral.owner.get_username()) if referral.owner else ""


def _of_treatment(treatment: Treatment) -> Column:
    """A treatment's finding; in a spreadsheet, as in the list, with a question mark where one is undecided."""

    def words(referral: Referral) -> str:
        state, undecided = finding(getattr(referral, FINDINGS), treatment.key)
        shown = str(EFFECTS[state][1])
        return f"{shown} (? {OPEN[undecided]})" if undecided in OPEN else shown

    return Column(
        key=f"{treatment.key}_mark",
        title=treatment.short,
        sheet_title=treatment.name,
        reads=(FINDINGS,),
        value=words,
        cell=lambda referral: small_effect_badge(*finding(referral.findings_read, treatment.key)),
    )


# --- The worklist: as a spreadsheet no more than it shows, no way to reach the person, no answers -----------

REFERENCE = Column(
    key="reference",
    title=gettext_lazy("reference"),
    reads=("reference",),
    value=lambda referral: referral.reference,
    cell=lambda referral: referral.reference,
)
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
PHQ9 = Column(
    key="phq9",
    title=gettext_lazy("PHQ-9"),
    reads=("phq9",),
    value=lambda referral: referral.phq9,
    cell=lambda referral: referral.phq9,
)
WORKLIST: tuple[Column, ...] = (
    REFERENCE,
    HOLD,
    Column(
        key="hold",
        title=gettext_lazy("hold"),
        reads=("hold", "assessed_at"),
        value=_hold_words,
    ),
    Column(
        key="clinician_level",
        title=gettext_lazy("clinician's level"),
        reads=("clinician_level",),
        value=lambda referral: str(referral.get_clinician_level_display()),
    ),
    Column(
        key="next_check",
        title=gettext_lazy("next check"),
        reads=("next_check_at",),
        value=lambda referral: _local(referral.next_check_at) if referral.next_check_at else "",
    ),
    PERSON,
    Column(
        key="first_name",
        title=gettext_lazy("first name"),
        reads=("first_name",),
        value=lambda referral: referral.first_name,
    ),
    Column(
        key="last_name",
        title=gettext_lazy("last name"),
        reads=("last_name", "erased_at"),
        value=lambda referral: referral.erased_words if referral.is_erased else referral.last_name,
    ),
    Column(
        key="date_of_birth",
        title=gettext_lazy("date of birth"),
        reads=("date_of_birth",),
        value=lambda referral: referral.date_of_birth.isoformat() if referral.date_of_birth else "",
    ),
    AGE,
    PHQ9,
    Column(
        key="cssrs_level",
        title=gettext_lazy("screen"),
        sheet_title=gettext_lazy("Suicide screen"),
        reads=("cssrs",),
        value=_screen,
        cell=lambda referral: _screen(referral) or "–",
    ),
    Column(
        key="trials",
        title=gettext_lazy("trials"),
        sheet_title=gettext_lazy("Adequate trials without benefit"),
        reads=("adequate_trials",),
        value=lambda referral: referral.adequate_trials,
        cell=lambda referral: referral.adequate_trials,
    ),
    *map(_of_treatment, TREATMENTS.values()),
    Column(
        key="state_mark",
        title=gettext_lazy("state"),
        reads=("state", "returned_at", "flags"),
        value=lambda referral: str(referral.state_label),
        cell=_state,
    ),
    Column(
        key="handled_by",
        title=gettext_lazy("assigned to"),
        reads=("owner__first_name", "owner__last_name", "owner__username"),
        value=_owner_in_full,
        cell=_owner,
    ),
    Column(
        key="waiting",
        title=gettext_lazy("waiting"),
        reads=(
            *(
                "waiting_since",
                "counted_since",
                "paused_since",
                "state",
                "hold",
                "alert_open",
                "contact_due_on",
                "message_due_at",
            ),
            *("caring_contact__due_at", "caring_contact__done_at", "caring_contact__taken_over_at"),
        ),
        cell=lambda referral: with_marks(timesince(referral.waiting_since, depth=1), referral),
    ),
    Column(
        key="language",
        title=gettext_lazy("language"),
        reads=("language",),
        value=lambda referral: referral.language,
    ),
    Column(
        key="received",
        title=gettext_lazy("received"),
        reads=("received_at",),
        value=lambda referral: _local(referral.received_at),
    ),
    Column(
        key="waiting_since",
        title=gettext_lazy("waiting since"),
        reads=("waiting_since",),
        value=lambda referral: _local(referral.waiting_since),
    ),
)


# --- A queue ---------------------------------------------------------------------------------------------


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
        reads=("opened_at", "state", "not_before", "treatment"),
        cell=lambda consult: with_queue_mark(timesince(consult.opened_at, depth=1), consult),
    ),
)
