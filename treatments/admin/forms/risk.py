"""The form for a clinician's risk assessment: the level and the parts, the next check, what becomes of the hold."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intake.locations import settings_of
from treatments.admin.forms.assignment import PersonField
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Referral
from treatments.reading.assessing import assessing_view
from treatments.reading.referral_view import hold_view
from treatments.triage.risk import who_may_assess, why_not_check, why_not_release
from treatments.workflow import Hold
from treatments.workflow.actions.risk import ASSESS_RISK
from treatments.workflow.risk import (
    HOLD_CHOICES,
    HOWS,
    PARTS,
    RISK_LEVELS,
    HoldChoice,
    RiskLevel,
    check_days,
    choices_at,
)

HOLD_LABELS = {Hold.URGENT: _("The urgent hold"), Hold.SAME_DAY: _("The same-day hold")}
LONGEST_NAME = 500  # characters, as the columns hold


class AssessRiskForm(ActionForm):
    """A licensed clinician's assessment; the level and the plan are theirs, never the product's."""

    action = ASSESS_RISK
    template = "admin/treatments/assess_risk.html"
    keywords = (
        *("recorded", "level", "how", "hold", "also_with", "next_check_at", "next_check_by"),
        *("release_at_high", "carried_by"),
    )
    level = forms.ChoiceField(
        label=_("Your level"),
        choices=[(level.value, f"{shape} {words}") for level, (shape, words) in RISK_LEVELS.items()],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label=_("How"), choices=[(how.value, words) for how, words in HOWS.items()], widget=forms.RadioSelect
    )
    also_with = forms.CharField(label=_("Also spoke with"), required=False, max_length=LONGEST_NAME)
    ideation = note(PARTS["ideation"], rows=2)
    plan = note(PARTS["plan"], rows=2)
    intent = note(PARTS["intent"], rows=2)
    behavior = note(PARTS["behavior"], rows=2)
    risk_factors = note(PARTS["risk_factors"], rows=2)
    protective_factors = note(PARTS["protective_factors"], rows=2)
    next_steps = note(
        PARTS["next_steps"],
        rows=2,
        help_text=_("Who does what, until when. Stands in the header and on every brief."),
    )
    next_check_at = forms.SplitDateTimeField(
        label=_("Next check, day and time"),
        required=False,
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": str(_("Day of the next check"))},
            time_attrs={"type": "time", "aria-label": str(_("Time of the next check"))},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )
    next_check_by = PersonField(
        queryset=who_may_assess(),
        label=_("Who makes the next check?"),
        required=False,
        empty_label=_("Choose"),
    )
    hold = forms.ChoiceField(label=_("The hold"), widget=forms.RadioSelect)
    release_at_high = forms.BooleanField(label=_("I release at high"), required=False)
    carried_by = forms.CharField(
        label=_("Who carries out the plan?"), required=False, max_length=LONGEST_NAME
    )

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, label_suffix="", **kwargs)
        self.fields["next_check_at"].help_text = when_needed()
        fitting = choices_at(referral.standing_hold)
        if fitting == (HoldChoice.NONE,):
            del self.fields["hold"], self.fields["release_at_high"], self.fields["carried_by"]
            return
        field = cast(forms.ChoiceField, self.fields["hold"])
        field.label = HOLD_LABELS[referral.standing_hold]
        field.choices = [(choice.value, HOLD_CHOICES[choice]) for choice in fitting]

    def asked(self) -> dict[str, Any]:
        asked = {key: value for key, value in super().asked().items() if key not in PARTS}
        return {**asked, "recorded": {key: self.cleaned_data[key] for key in PARTS}}

    def clean(self) -> dict[str, Any]:
        """What the action would refuse stands at its field, with all that was typed kept."""
        sent = self.cleaned_data
        level = sent.get("level")
        if level and not {"next_check_at", "next_check_by"} & set(self.errors):
            refused = why_not_check(
                level, timezone.now(), sent.get("next_check_at"), sent.get("next_check_by")
            )
            if refused:
                self.add_error("next_check_at", refused)
        deliberate = sent.get("release_at_high", False), sent.get("carried_by", "")
        if level and (refused := why_not_release(level, sent.get("hold", ""), *deliberate)):
            for key in ("release_at_high", "carried_by"):
                if not sent.get(key):
                    self.add_error(key, refused)
        return sent

    @property
    def parts(self) -> list[forms.BoundField]:
        """What was found, beside the plan, which stands apart."""
        return [self[key] for key in PARTS if key != "next_steps"]

    def shows(self, referral: Referral) -> dict[str, Any]:
        now = timezone.now()
        return {**hold_view(self.redaction, referral), **assessing_view(self.redaction, referral, now)}


def when_needed() -> str:
    """Above which level a next check is needed, and how near, as the clinic has set it."""
    days = check_days(dict(settings_of(None).check_days))
    needed = [
        ngettext("%(level)s: within %(n)d day", "%(level)s: within %(n)d days", days[level.value])
        % {"level": RISK_LEVELS[level][1], "n": days[level.value]}
        for level in RiskLevel
        if level.value in days
    ]
    return _("Needed. %(levels)s.") % {"levels": "; ".join(needed)} if needed else ""
