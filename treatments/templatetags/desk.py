"""Words and marks for the desk's templates."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intake.unsafe import URGENT
from treatments.admin.badges import EFFECTS, badge, effect_badge, hold_badge
from treatments.catalogue import TREATMENTS
from treatments.models import Event, Referral
from treatments.workflow import (
    CLOSE_REASONS,
    CONSULT_STATES,
    HOLD_WORDS,
    REFERRAL_STATES,
    RETURN_REASONS,
    ConsultState,
    Hold,
    ReferralState,
)

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
def urgency_mark(alarm) -> SafeString:
    shape = "▲" if alarm.urgency == URGENT else "◆"
    return badge(f"hold-{alarm.urgency}", shape, alarm.get_urgency_display())


@register.simple_tag
def event_details(event: Event) -> str | SafeString:
    """What a deed was about, in words: queues, reason, day, hold, the clinician's record."""
    told, parts = event.details, []
    if "treatments" in told:
        parts.append(", ".join(str(TREATMENTS[key].name) for key in told["treatments"]))
    if "reason" in told:
        reasons = RETURN_REASONS if event.kind == Event.Kind.RETURN else CLOSE_REASONS
        parts.append(str(reasons[told["reason"]].label))
    if "day" in told:
        parts.append(date_format(date.fromisoformat(told["day"])))
    if "hold" in told:
        rules = ", ".join(told.get("rules", ()))
        parts.append(f"{HOLD_WORDS[Hold(told['hold'])]} {rules}".strip())
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
    """The treatments of an assessment side by side, in the catalogue's order."""
    return [
        {"key": key, "name": treatment.name, **assessment["treatments"][key]}
        for key, treatment in TREATMENTS.items()
    ]


@register.filter
def changelist_url(opts) -> str:
    return f"admin:{opts.app_label}_{opts.model_name}_changelist"


@register.filter
def change_url(opts) -> str:
    return f"admin:{opts.app_label}_{opts.model_name}_change"
