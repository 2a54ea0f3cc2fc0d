"""The columns of the worklist, for its list and for spreadsheets."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.admin.lists.badges import safety_marks, small_effect_badge
from treatments.admin.lists.column import FINDINGS, PAYER, Column
from treatments.admin.lists.due_marks import is_over_target, over_mark, short_name, waited
from treatments.admin.lists.need import READS, need_cell
from treatments.admin.lists.payer_column import payer_cell, payer_words
from treatments.catalog import TREATMENTS, Treatment
from treatments.models import Referral
from treatments.workflow.effects import EFFECTS, OPEN
from treatments.workflow.findings import finding


def _local(moment: datetime) -> datetime:
    """In the clinic's time, to the minute; spreadsheets know no time zones."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


# What a person of the staff is named by.
NAME = ("first_name", "last_name", "username")


# Of a screen. Nothing that was reported is not "none": nobody can read it as a finding of no risk.
SCREEN_WORDS = {
    "none": gettext_lazy("none reported"),
    "negative": gettext_lazy("none reported"),
    "incomplete": gettext_lazy("not finished"),
    "non_acute": gettext_lazy("non-acute"),
}

NOTHING_REPORTED = ("", "none", "negative")


def _screen(referral: Referral) -> str:
    return str(SCREEN_WORDS.get(referral.cssrs, referral.cssrs.replace("_", " ")))


def _failed(referral: Referral) -> str:
    """Adequate trials without benefit, of all antidepressants that the person named."""
    if referral.adequate_trials is None:
        return _quiet("–")
    of = {"failed": referral.adequate_trials, "named": referral.antidepressants}
    return (_("%(failed)s of %(named)s") if referral.antidepressants is not None else "%(failed)s") % of


def _person(referral: Referral) -> SafeString:
    """The name apart from the rest, which a name that runs the other way would tear to pieces."""
    age = referral.age(timezone.localdate())
    spoken = referral.get_language_display() if referral.language not in ("", "en") else ""
    return format_html(
        '<bdi>{}</bdi> <span class="age">{}</span> <span class="reference">{}</span>{}',
        *(referral.name, "" if age is None else age, referral.reference),
        format_html(' <span class="spoken">· {}</span>', spoken) if spoken else "",
    )


def _waits(referral: Referral) -> SafeString:
    words = waited(referral.waiting_since, timezone.now())
    return format_html("{} {}", words, over_mark()) if is_over_target(referral) else format_html("{}", words)


def _hold_words(referral: Referral) -> str:
    return str(referral.get_hold_display()) if referral.is_assessed else _("Not assessed")


def _quiet(words: str) -> SafeString:
    """What says nothing of this person: a phone leaves the cell out."""
    return format_html('<span class="blank">{}</span>', words)


def _screen_cell(referral: Referral) -> str:
    words = _screen(referral) or "–"
    return words if referral.cssrs not in NOTHING_REPORTED else _quiet(words)


def _owner(referral: Referral) -> str:
    return short_name(referral.owner) if referral.owner else _quiet("–")


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
PHQ9 = Column(
    key="phq9",
    order="phq9",
    title=gettext_lazy("PHQ-9"),
    reads=("phq9",),
    value=lambda referral: referral.phq9,
    cell=lambda referral: referral.phq9,
)
WORKLIST: tuple[Column, ...] = (
    replace(REFERENCE, cell=None),
    Column(
        key="hold_mark",
        order="hold_rank",
        title=gettext_lazy("safety"),
        reads=("hold", "alert_open", "assessed_at", "clinician_level"),
        cell=safety_marks,
    ),
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
    Column(
        key="person",
        order="last_name",
        title=gettext_lazy("person"),
        reads=("first_name", "last_name", "erased_at", "date_of_birth", "reference", "language"),
        cell=_person,
    ),
    Column(key="need_cell", title=gettext_lazy("what is needed, and why"), reads=READS, cell=need_cell),
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
    PHQ9,
    Column(
        key="cssrs_level",
        order="cssrs",
        title=gettext_lazy("C-SSRS"),
        sheet_title=gettext_lazy("Suicide screen"),
        reads=("cssrs",),
        value=_screen,
        cell=_screen_cell,
    ),
    Column(
        key="trials",
        order="adequate_trials",
        title=gettext_lazy("failed"),
        sheet_title=gettext_lazy("Adequate trials without benefit"),
        reads=("adequate_trials", "antidepressants"),
        value=lambda referral: referral.adequate_trials,
        cell=_failed,
    ),
    *map(_of_treatment, TREATMENTS.values()),
    Column(
        key="payer",
        title=gettext_lazy("payer"),
        reads=(PAYER, "state"),
        value=payer_words,
        cell=payer_cell,
    ),
    Column(
        key="state",
        title=gettext_lazy("state"),
        reads=("state",),
        value=lambda referral: str(referral.state_label),
    ),
    Column(
        key="handled_by",
        order="owner",
        title=gettext_lazy("owner"),
        sheet_title=gettext_lazy("Assigned to"),
        reads=("owner__first_name", "owner__last_name", "owner__username"),
        value=_owner_in_full,
        cell=_owner,
    ),
    Column(
        key="waiting",
        order="waiting_since",
        title=gettext_lazy("waits"),
        reads=(
            *("waiting_since", "counted_since", "paused_since", "state", "hold", "alert_open"),
            *("contact_due_on", "message_due_at"),
        ),
        cell=_waits,
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
