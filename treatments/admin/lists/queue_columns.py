"""The columns of a queue: who, what is asked or what is next, and one button a row, the next action."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.admin.lists.badges import badge, hold_badge, kept, priority_badge, small_effect_badge
from treatments.admin.lists.column import FINDINGS, Column
from treatments.admin.lists.columns import NAME
from treatments.admin.lists.due_marks import waited, with_level, with_queue_mark
from treatments.models import Consult
from treatments.models.consult_lists import QueueGroup
from treatments.workflow.actions.consults import BOOK, COMPLETE
from treatments.workflow.findings import finding
from treatments.workflow.reasons import outcome_label

# What the marks read of the referral; the clinician's plan is sealed with its submission's key.
HOLD_READS = (
    *("hold", "alert_open", "assessed_at", "clinician_level", "next_check_at", "submission__key"),
    *("newest_risk__next_steps", "newest_risk__at", "newest_risk__next_check_at"),
    *(f"newest_risk__{who}__{name}" for who in ("by", "next_check_by") for name in NAME),
)
WHY_SHOWN = 110  # characters of what is asked that a row shows
# What each group is called, and a sentence about it.
GROUPS: dict[QueueGroup, tuple[Text, Text]] = {
    QueueGroup.VISIT_OVER: (
        gettext_lazy("Visit is over, no outcome yet"),
        gettext_lazy("say what happened: the desk waits for it"),
    ),
    QueueGroup.WAITING: (gettext_lazy("Waiting for you"), gettext_lazy("priority first, then longest")),
    QueueGroup.ACCEPTED: (gettext_lazy("Accepted, no visit booked"), gettext_lazy("agree on a day")),
    QueueGroup.BOOKED: (gettext_lazy("Booked"), ""),
}
# The next action of a group, where it is not to read the page, and its short name.
NEXT: dict[QueueGroup, tuple[str, Text]] = {
    QueueGroup.VISIT_OVER: (f"{COMPLETE.key}/", gettext_lazy("Outcome")),
    QueueGroup.ACCEPTED: (f"{BOOK.key}/", gettext_lazy("Book")),
}


def _person(consult: Consult) -> SafeString:
    referral = consult.referral
    age = referral.age(timezone.localdate())
    return format_html(
        '<bdi>{}</bdi> <span class="queue-age">{}</span><br><bdi class="reference">{}</bdi>',
        referral.name,
        "" if age is None else age,
        referral.reference,
    )


@kept
def no_show_mark(times: int) -> SafeString:
    return badge("due", "✕", _("No-show %(n)d") % {"n": times})


def _marks(consult: Consult) -> SafeString:
    referral = consult.referral
    hold = with_level(hold_badge(referral.standing_hold, referral.is_assessed), referral)
    missed = no_show_mark(consult.no_shows) if consult.no_shows else ""
    return format_html('{}<span class="desk-mark">{}</span>', hold, missed) if missed else hold


def what_is_next(consult: Consult) -> tuple[str, str]:
    """What a row is read for, and beneath it what belongs to it."""
    why = Truncator(consult.why or "").chars(WHY_SHOWN)
    asked = _("Asks: “%(why)s”") % {"why": why} if why else _("Routed without a question")
    if consult.outcome:
        return str(outcome_label(consult.outcome)), asked
    if consult.is_postponed and consult.not_before:
        return _("Postponed until %(day)s") % {"day": _day(consult.not_before)}, asked
    match consult.group:
        case QueueGroup.WAITING:
            return asked, _("routed %(day)s") % {"day": _day(timezone.localdate(consult.opened_at))}
        case QueueGroup.ACCEPTED:
            again = _("Did not come; book again") if consult.no_shows else _("Accepted, no visit booked")
            return again, asked
        case QueueGroup.VISIT_OVER:
            return _("Was to come %(day)s") % {"day": _day(consult.booked_for)}, asked
    return _("Comes %(day)s") % {"day": _day(consult.booked_for)}, asked


def _day(day) -> str:
    return date_format(day, "D, M j, Y")


def _asked(consult: Consult) -> SafeString:
    return format_html('<strong>{}</strong><span class="queue-beneath">{}</span>', *what_is_next(consult))


def _next(consult: Consult) -> SafeString:
    """The next action; the row's page where that is to read it."""
    address, words = NEXT.get(consult.group, ("", _("Open"))) if consult.is_open else ("", _("Open"))
    kind = "staff-action" if address else "staff-action queue-open"
    return format_html(
        '<a class="{}" href="{}/{}{}">{}<span class="visually-hidden"> {}</span></a>',
        *(kind, consult.pk, address, consult.list_filters, words, consult.referral.reference),
    )


QUEUE: tuple[Column, ...] = (
    Column(
        key="person",
        title=gettext_lazy("person"),
        reads=tuple(
            f"referral__{name}"
            for name in ("first_name", "last_name", "erased_at", "date_of_birth", "reference")
        ),
        cell=_person,
    ),
    Column(
        key="marks",
        title=gettext_lazy("marks"),
        reads=(*(f"referral__{path}" for path in HOLD_READS), "no_shows"),
        cell=_marks,
    ),
    Column(
        key="asked",
        title=gettext_lazy("what is asked, or what is next"),
        reads=(
            "why",
            "state",
            "outcome",
            "not_before",
            "booked_for",
            "target_from",
            "opened_at",
            "referral__submission__key",
        ),
        cell=_asked,
    ),
    Column(
        key="priority_mark",
        title=gettext_lazy("priority"),
        reads=("priority",),
        cell=lambda consult: priority_badge(consult.priority),
    ),
    Column(
        key="finding",
        title=gettext_lazy("rules"),
        reads=("treatment", f"referral__{FINDINGS}"),
        cell=lambda consult: small_effect_badge(*finding(consult.findings_read, consult.treatment)),
    ),
    Column(
        key="phq9",
        title=gettext_lazy("PHQ-9"),
        reads=("referral__phq9",),
        cell=lambda consult: consult.referral.phq9,
    ),
    Column(
        key="failed",
        title=gettext_lazy("adequate trials without benefit"),
        reads=("referral__adequate_trials",),
        cell=lambda consult: consult.referral.adequate_trials,
    ),
    Column(
        key="state_mark",
        title=gettext_lazy("state"),
        reads=("state",),
        cell=lambda consult: str(consult.state_label),
    ),
    Column(
        key="waiting",
        title=gettext_lazy("waits"),
        reads=("opened_at", "state", "not_before", "treatment", "target_from"),
        cell=lambda consult: with_queue_mark(waited(consult.opened_at, timezone.now()), consult),
    ),
    Column(key="next", title=gettext_lazy("next"), reads=("state", "target_from"), cell=_next),
)
