"""Words and marks for the desk's templates."""

from datetime import date

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intake.fields import BY_PATH
from intake.fields.urgency import URGENT
from treatments.admin.event_words import words_of_reading
from treatments.admin.lists import due_marks
from treatments.admin.lists.badges import badge, effect_badge, hold_badge
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.lists.rows import rows
from treatments.catalog import TREATMENTS
from treatments.models import Event, Referral
from treatments.reading.event_words import desk_words
from treatments.workflow import (
    CLOSE_REASONS,
    CONSULT_STATES,
    HOLD_WORDS,
    NEXT_ACTOR_WORDS,
    OUTCOMES,
    REFERRAL_STATES,
    RETURN_REASONS,
    VERDICTS,
    ConsultState,
    Hold,
    ReferralState,
)
from treatments.workflow.effects import EFFECTS

register = template.Library()

DEFINITIONS = {
    "label": _("Spravato label"),
    "esketamine_trials": _("Esketamine trials"),
    "eu_pearl": _("EU-PEARL"),
    "delphi": _("Delphi consensus"),
    "athf": _("ATHF"),
    "seed_004": _("Six months, two classes (no guideline)"),
}


@register.simple_tag
def hold_mark(referral: Referral) -> SafeString:
    return hold_badge(referral.hold, referral.is_assessed)


@register.simple_tag
def effect_mark(state: str, undecided: str) -> SafeString:
    return effect_badge(state, undecided)


@register.simple_tag
def over_target_mark() -> SafeString:
    return due_marks.over_target_mark()


@register.simple_tag
def urgency_mark(alarm) -> SafeString:
    shape = "▲" if alarm.urgency == URGENT else "◆"
    return badge(f"hold-{alarm.urgency}", shape, alarm.get_urgency_display())


@register.simple_tag
def event_details(event: Event) -> str | SafeString:
    """What an action was about, in words: queues, reason, day, hold, the clinician's record."""
    told, parts = event.details, []
    if "treatments" in told:
        parts.append(", ".join(str(TREATMENTS[key].name) for key in told["treatments"]))
    if "reason" in told:
        reasons = RETURN_REASONS if event.kind == Event.Kind.RETURN else CLOSE_REASONS
        reason = reasons[told["reason"]]
        parts += [str(reason.label), _("next: %(who)s") % {"who": NEXT_ACTOR_WORDS[reason.next_actor]}]
    if "outcome" in told and event.kind == Event.Kind.COMPLETE:
        parts.append(str(OUTCOMES[told["outcome"]].label))
    if "verdict" in told:
        parts.append(str(VERDICTS[told["verdict"]].label))
    if "not_before" in told:
        parts.append(_("not before %(day)s") % {"day": date_format(date.fromisoformat(told["not_before"]))})
    parts += desk_words(event)
    if "day" in told:
        parts.append(date_format(date.fromisoformat(told["day"])))
    if "moved_from" in told:
        parts.append(_("before: %(day)s") % {"day": date_format(date.fromisoformat(told["moved_from"]))})
    if "hold" in told:
        rules = ", ".join(told.get("rules", ()))
        parts.append(f"{HOLD_WORDS[Hold(told['hold'])]} {rules}".strip())
    parts += words_of_reading(told)
    if "fields" in told:
        parts.append(", ".join(str(BY_PATH[path].question) for path in told["fields"] if path in BY_PATH))
    if "mailed" in told:
        parts.append(str(_("a mail goes out") if told["mailed"] else _("no mail may be sent")))
    if "for_staff" in told:
        parts.append(_("note for staff: %(note)s") % {"note": told["for_staff"]})
    if "ruleset" in told:
        parts.append(_("ruleset %(version)s") % {"version": told["ruleset"]})
    line = f": {'; '.join(parts)}" if parts else ""
    if "recorded" not in told:
        return line
    rows = [
        format_html("<dt>{}</dt><dd>{}</dd>", key.replace("_", " "), text)
        for key, text in told["recorded"].items()
    ]
    return format_html('{}<dl class="recorded">{}</dl>', line, SafeString("".join(rows)))


@register.filter
def close_reason(code: str):
    return CLOSE_REASONS[code].label


@register.filter
def outcome_words(code: str):
    return OUTCOMES[code].label


@register.filter
def return_reason(code: str):
    return RETURN_REASONS[code].label


@register.filter
def state_words(code: str):
    if code in set(ReferralState):
        return REFERRAL_STATES[ReferralState(code)].label
    return CONSULT_STATES[ConsultState(code)] if code in set(ConsultState) else code


@register.filter
def effect_words(effect: str):
    return EFFECTS[effect][1]


@register.filter
def plain_words(code: str | None) -> str:
    """A code such as ``moderately_severe`` as words; a dash for nothing."""
    return str(code).replace("_", " ") if code not in (None, "") else "–"


@register.filter
def positive(value: bool | None) -> str:
    return {True: _("positive"), False: _("negative"), None: _("not known")}[value]


@register.filter
def known(value: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: _("not known")}[value]


@register.filter
def definition_name(key: str):
    return DEFINITIONS.get(key, key)


@register.filter
def columns(assessment: dict) -> list[dict]:
    """The treatments of an assessment side by side, in the catalog's order."""
    return [
        {"key": key, "name": treatment.name, **assessment["treatments"][key]}
        for key, treatment in TREATMENTS.items()
    ]


@register.filter
def list_name(opts) -> str:
    return title_of_list(opts)


@register.filter
def labeled(cells: list[SafeString], headers: list[dict]) -> list[SafeString]:
    """A list's cells with their column's name, which a phone shows beside each, and their roles."""
    told = []
    for cell, header in zip(cells, headers, strict=False):
        role = "rowheader" if cell.startswith("<th") else "cell"
        # Kept with the header: hundreds of cells share a dozen of them.
        if role not in header:
            text = "" if "<input" in header["text"] else capfirst(header["text"])
            header[role] = format_html(' role="{}" data-label="{}" class=', role, text)
        told.append(SafeString(cell.replace(" class=", header[role], 1)))
    return told


@register.inclusion_tag("admin/treatments/rows.html")
def read_only_list(changes: ChangeList) -> dict:
    """The table of a list without columns to sort by or fields to edit."""
    headers = list(result_headers(changes))
    return {"headers": headers, "rows": rows(changes, headers)}


@register.filter
def changelist_url(opts) -> str:
    return f"admin:{opts.app_label}_{opts.model_name}_changelist"


@register.filter
def change_url(opts) -> str:
    return f"admin:{opts.app_label}_{opts.model_name}_change"
