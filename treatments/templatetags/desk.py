"""Words and marks for the desk's templates."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from intake.drugs import resolve
from intake.fields.kinds import Text
from intake.fields.urgency import BY_VALUE
from intake.typed.phone import phone_link
from treatments.admin.lists import due_marks
from treatments.admin.lists.badges import effect_badge, hold_badge, level_badge, urgency_badge
from treatments.admin.lists.groups import grouped_rows
from treatments.admin.lists.next_referral import Worklist
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.lists.rows import rows
from treatments.admin.lists.views import ListFrame
from treatments.catalog import TREATMENTS
from treatments.models import Event, Referral, RiskAssessment
from treatments.reading.risk import parts_of
from treatments.reading.summary import Piece
from treatments.workflow import (
    CLOSE_REASONS,
    CONSULT_STATES,
    HOLD_WORDS,
    REFERRAL_STATES,
    RETURN_REASONS,
    ConsultState,
    ReferralState,
)
from treatments.workflow.effects import EFFECTS
from treatments.workflow.reasons import outcome_label

register = template.Library()
register.filter(phone_link)

DEFINITIONS = {
    "label": _("Spravato label"),
    "esketamine_trials": _("Esketamine trials"),
    "eu_pearl": _("EU-PEARL"),
    "delphi": _("Delphi consensus"),
    "athf": _("ATHF"),
    "seed_004": _("Six months, two classes (no guideline)"),
}


@register.simple_tag
def hold_mark(referral: Referral) -> str:
    return hold_badge(referral.standing_hold, referral.is_assessed)


@register.simple_tag
def hold_words(referral: Referral) -> Text:
    return HOLD_WORDS[referral.standing_hold]


@register.simple_tag
def effect_mark(state: str, undecided: str) -> SafeString:
    return effect_badge(state, undecided)


@register.simple_tag
def over_target_mark() -> str:
    return due_marks.over_target_mark()


@register.simple_tag
def level_mark(level: str) -> SafeString:
    return level_badge(level)


@register.simple_tag
def check_overdue_mark() -> SafeString:
    return due_marks.check_overdue_mark()


@register.filter
def joined(pieces: list[Piece]) -> SafeString:
    """The summary of a person, what the eye must meet in bold."""
    bold, plain = "<strong>{}</strong>", "{}"
    parts = [format_html(bold if piece.strong else plain, piece.words) for piece in pieces]
    return SafeString("".join(parts))  # nosec B703


@register.filter
def number_of(counts: dict[str, int], key: str) -> int:
    return counts.get(key, 0)


@register.filter
def risk_parts(row: RiskAssessment) -> list[tuple[Text, str]]:
    return parts_of(row)


@register.simple_tag
def message_mark(overdue: bool) -> SafeString:
    return due_marks.message_mark(overdue)


@register.simple_tag
def urgency_mark(alarm) -> SafeString:
    return urgency_badge(alarm.urgency)


@register.simple_tag
def event_details(event: Event) -> str | SafeString:
    """What an event of the timeline was about, in words, with the clinician's record where it holds one."""
    line = f": {'; '.join(event.about)}" if event.about else ""
    if "recorded" not in event.details:
        return line
    rows = [
        format_html("<dt>{}</dt><dd>{}</dd>", key.replace("_", " "), text)
        for key, text in event.details["recorded"].items()
    ]
    return format_html('{}<dl class="recorded">{}</dl>', line, SafeString("".join(rows)))  # nosec B703


@register.filter
def urgency_words(urgency: str) -> Text:
    return BY_VALUE[urgency].words


@register.filter
def close_reason(code: str):
    return CLOSE_REASONS[code].label


@register.filter
def outcome_words(code: str):
    return outcome_label(code)


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
def sets_in_words(medicine: dict) -> Text:
    """The safety sets of a medicine of an assessment, each with a mark where no source was seen for it."""
    vouched = resolve(medicine["typed"]).sets_verified
    marked = (
        plain_words(name) if name in vouched else format_lazy("{} ({})", plain_words(name), _("not verified"))
        for name in medicine["sets"]
    )
    return ", ".join(map(str, marked))


@register.filter
def is_read_from_memory(typed: str) -> bool:
    """Whether the name was read as a brand that no source was seen for."""
    return resolve(typed).by_unverified_name


@register.filter
def trd_words(assessment: dict, name: str) -> Text:
    """What a definition of resistance came to; the clinician decides where nothing but a judgment is open."""
    trd = assessment["trd"]
    value = trd[name] if name in ("broad", "payer") else trd["definitions"][name]
    if value == "needs_records" and name in assessment.get("for_the_clinician", ()):
        return _("the clinician decides")
    return plain_words(value)


@register.filter
def positive(value: bool | None) -> Text:
    return {True: _("positive"), False: _("negative"), None: _("not known")}[value]


@register.filter
def known(value: bool | None) -> Text:
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
    labeled_cells = []
    for cell, header in zip(cells, headers, strict=False):
        role = "rowheader" if cell.startswith("<th") else "cell"
        # Kept with the header: hundreds of cells share a dozen of them.
        if role not in header:
            text = "" if "<input" in header["text"] else capfirst(header["text"])
            header[role] = format_html(' role="{}" data-label="{}" class=', role, text)
        labeled_cells.append(SafeString(cell.replace(" class=", header[role], 1)))  # nosec B703
    return labeled_cells


@register.simple_tag
def frame_of(changes: ChangeList) -> ListFrame:
    """What stands above a list: its views, filters and chips."""
    return changes.frame if hasattr(changes, "frame") else ListFrame(changes)


@register.inclusion_tag("admin/treatments/rows.html")
def read_only_list(changes: ChangeList) -> dict:
    """The table of a list without columns to sort by or fields to edit."""
    headers = list(result_headers(changes))
    if isinstance(changes, Worklist) and changes.is_grouped:
        groups = grouped_rows(changes, headers, changes.group_numbers)
        return {"headers": headers, "groups": groups, "rows": groups}
    return {"headers": headers, "rows": rows(changes, headers)}


@register.filter
def changelist_url(opts) -> str:
    return f"admin:{opts.app_label}_{opts.model_name}_changelist"


@register.filter
def change_url(opts) -> str:
    return f"admin:{opts.app_label}_{opts.model_name}_change"


@register.filter
def qr_code(svg: str) -> SafeString:
    """The drawing that allauth makes of a secret, put into the page itself: the policy allows no image from data."""
    return mark_safe(svg[svg.index("<svg") :])  # nosec B308, B703 # noqa: S308  (a path of numbers)
