"""What a row of the worklist needs, and why, in two lines: the one most urgent thing, and what stands beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.fields.kinds import Text
from intake.times.moments import clock
from treatments.admin.lists.column import FINDINGS
from treatments.admin.lists.due_marks import short_name
from treatments.catalog import TREATMENTS
from treatments.models import CaringContact, Referral
from treatments.reading.hold_words import hold_reason
from treatments.workflow import RETURN_REASONS, Attention, Hold
from treatments.workflow.effects import OPEN
from treatments.workflow.findings import finding
from treatments.workflow.risk import RiskLevel

PLAN_SHOWN = 80  # characters of a clinician's plan that a row shows
READS = (
    *("need", "flags", "returned_at", "message_due_at", "contact_due_on", "state", "phone", FINDINGS),
    *("hold", "hold_rules", "alert_open", "assessed_at", "clinician_level", "hold_released_at"),
    *("newest_risk__next_steps", "newest_risk__at", "newest_risk__next_check_at", "submission__key"),
    *(
        f"newest_risk__{who}__{name}"
        for who in ("by", "next_check_by")
        for name in ("first_name", "last_name", "username")
    ),
    *("caring_contact__due_at", "caring_contact__done_at", "caring_contact__taken_over_at"),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to do, with its mark. ``alarming``: nobody is on it, which alone is said in red."""

    mark: str
    words: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """``first`` is what is most urgent, ``why`` what is said beside it; ``state`` "" where ``first`` says it."""

    first: Thing | None
    why: list[str]
    state: Text


def need_of(referral: Referral, now: datetime) -> Need:
    found = list(things(referral, now))
    first, others = (found[0] if found else None), found[1:]
    reason, plan, state = hold_reason(referral), _plan(referral), referral.state_label
    if first is None and reason:
        first, state = Thing("", str(referral.state_label)), ""
    beside = [words for words in (reason, plan) if words]
    if others:
        beside.append(
            _("also %(others)s") % {"others": ", ".join(f"{each.mark} {each.words}" for each in others)}
        )
    if first is None or not beside:
        beside += _open_things(referral)
    return Need(first, beside, state)


def need_cell(referral: Referral) -> SafeString:
    need = need_of(referral, timezone.now())
    state = format_html('<span class="state-word">{}</span>', need.state) if need.state else SafeString()
    second = format_html_join(" · ", "<span>{}</span>", ((words,) for words in need.why))
    return format_html(
        "{}{} {}", _first(need.first), format_html('<span class="why">{}</span>', second), state
    )


def _first(thing: Thing | None) -> SafeString | str:
    if thing is None:
        return ""
    alarming = " alarming" if thing.alarming else ""
    mark = format_html('<span aria-hidden="true">{}</span> ', thing.mark) if thing.mark else ""
    return format_html('<strong class="need{}">{}{}</strong> ', alarming, mark, thing.words)


def things(referral: Referral, now: datetime) -> Iterator[Thing]:
    """All that somebody must do or look at, the most urgent first."""
    if referral.alert_open:
        yield _alert(referral)
    yield from _overdue(referral, now)
    for flag, since in sorted(referral.standing_flags, key=lambda each: ORDER.index(each[0])):
        yield _flag(referral, flag, since, now)
    yield from _due(referral, now)


def _alert(referral: Referral) -> Thing:
    said = referral.need.get("alert", {})
    if "by" in said:
        who = {"who": said["by"], "when": when(said["taken"])}
        on_it = _("%(who)s is on it since %(when)s") % who
        answers = ngettext("%(n)d safety answer", "%(n)d safety answers", said["answers"])
        return Thing("▲", f"{answers % {'n': said['answers']}}. {on_it}")
    if "since" in said:
        return Thing("▲", _("Nobody is on it, since %(when)s") % {"when": when(said["since"])}, alarming=True)
    return Thing("▲", _("The alert is open"))


def _overdue(referral: Referral, now: datetime) -> Iterator[Thing]:
    risk = referral.newest_risk
    if risk and risk.next_check_at and risk.next_check_by and risk.is_overdue(now):
        check = {"when": when(risk.next_check_at), "who": short_name(risk.next_check_by)}
        yield Thing("✱", _("Check overdue: %(when)s, %(who)s") % check)
    caring: CaringContact | None = getattr(referral, "caring_contact", None)
    if caring and caring.is_overdue(now):
        yield Thing("✱", _("Caring contact overdue since %(when)s") % {"when": when(caring.due_at)})
    if referral.contact_due_on and referral.contact_due_on < timezone.localdate(now):
        yield Thing(
            "✱", _("Call overdue since %(day)s") % {"day": date_format(referral.contact_due_on, "M j")}
        )


def _due(referral: Referral, now: datetime) -> Iterator[Thing]:
    risk = referral.newest_risk
    if risk and risk.next_check_at and risk.next_check_by and not risk.is_overdue(now):
        check = {"when": when(risk.next_check_at), "who": short_name(risk.next_check_by)}
        yield Thing("◇", _("Next check %(when)s, %(who)s") % check)
    caring: CaringContact | None = getattr(referral, "caring_contact", None)
    if caring and caring.is_owed and not caring.is_overdue(now):
        yield Thing("◇", _("Caring contact due %(when)s") % {"when": when(caring.due_at)})
    if referral.contact_due_on == timezone.localdate(now):
        yield Thing("◆", _("Call due today"))
    elif referral.contact_due_on and referral.contact_due_on > timezone.localdate(now):
        yield Thing("◇", _("Call planned %(day)s") % {"day": date_format(referral.contact_due_on, "M j")})


# Of what came back; a message last, for it is read in a moment.
ORDER = (
    *(Attention.WITHDRAWN, Attention.RETURNED, Attention.TEAM_ASKS, Attention.MISSED, Attention.ANSWERED),
    *(Attention.PASSED, Attention.NO_ANSWER, Attention.MESSAGE),
)


def _flag(referral: Referral, flag: Attention, since: datetime, now: datetime) -> Thing:
    said = referral.need.get(flag.value, {})
    treatment = TREATMENTS.get(said.get("treatment", ""))
    name = {"treatment": treatment.short if treatment else "", "when": when(since)}
    match flag:
        case Attention.RETURNED:
            words = _("%(treatment)s returned, %(when)s") if treatment else _("Returned, %(when)s")
            reason = RETURN_REASONS.get(said.get("reason", ""))
            return Thing("↩", words % name + (f": {reason.label}" if reason else ""))
        case Attention.MISSED:
            words = _("Did not come to %(treatment)s, %(when)s") if treatment else _("Did not come, %(when)s")
            return Thing("✕", words % name)
        case Attention.WITHDRAWN:
            return Thing("✕", _("The patient withdrew, %(when)s") % name)
        case Attention.TEAM_ASKS:
            return Thing("↩", _("A team asks, %(when)s") % name)
        case Attention.PASSED:
            return Thing("✱", _("Visit over, no outcome yet, %(when)s") % name)
        case Attention.NO_ANSWER:
            return Thing("✱", _("No answer in time, %(when)s") % name)
        case Attention.ANSWERED:
            return Thing("✎", _("Answered, %(when)s") % name)
    late = referral.message_due_at is not None and referral.message_due_at <= now
    return Thing("✎", (_("Wrote, %(when)s: message overdue") if late else _("Wrote, %(when)s")) % name)


def _plan(referral: Referral) -> str:
    """Of a level above low: the clinician's plan, and that it is their release where there is no hold."""
    risk = referral.newest_risk
    if risk is None or referral.clinician_level not in (RiskLevel.MODERATE, RiskLevel.HIGH):
        return ""
    risk.referral = referral  # holds the key of the plan
    plan = Truncator(risk.next_steps).chars(PLAN_SHOWN)
    said = {"plan": plan, "who": short_name(risk.by), "day": when(risk.at)}
    if referral.standing_hold == Hold.NONE and referral.hold_released_at:
        return _("Hold released: %(plan)s (%(who)s, %(day)s)") % said
    return "{plan} ({who}, {day})".format_map(said)


def _open_things(referral: Referral) -> list[str]:
    if not referral.is_assessed or referral.is_erased:
        return []
    found = getattr(referral, FINDINGS)
    asked = [str(each.short) for key, each in TREATMENTS.items() if finding(found, key)[1] in OPEN]
    words = [_("To ask: %(treatments)s") % {"treatments": ", ".join(asked)} if asked else _("Nothing open")]
    return words if referral.phone else [*words, _("no phone number given")]


def when(moment: datetime | str) -> str:
    """The time where it is today, the day and the time within a day of now, else the day."""
    at = timezone.localtime(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)
    today = timezone.localdate()
    if at.date() == today:
        return clock(at)
    if abs(timezone.now() - at) < timedelta(days=1):
        return f"{date_format(at, 'M j')}, {date_format(at, 'g:i A').lower()}"
    return date_format(at, "M j" if at.year == today.year else "M j, Y")
