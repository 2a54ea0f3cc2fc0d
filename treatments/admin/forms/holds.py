"""The form for releasing a safety hold: a clinician's assessment, part by part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Referral
from treatments.reading.referral_view import hold_view
from treatments.triage.holds import RECORDED
from treatments.workflow.actions.holds import RELEASE_HOLD


class ReleaseHoldForm(ActionForm):
    """A licensed clinician's assessment; the level and the plan are theirs, never the product's."""

    action = RELEASE_HOLD
    keywords = ("recorded",)
    ideation = note(_("Ideation: thoughts of suicide or of harming others"), rows=2)
    plan = note(_("Plan"), rows=2)
    intent = note(_("Intent"), rows=2)
    behavior = note(_("Behavior: past attempts and preparations"), rows=2)
    risk_factors = note(_("Risk factors"), rows=2)
    protective_factors = note(_("Protective factors"), rows=2)
    level = forms.ChoiceField(
        label=_("Overall level of risk, in your judgment"),
        choices=(("low", _("Low")), ("moderate", _("Moderate")), ("high", _("High"))),
        widget=forms.RadioSelect,
    )
    next_steps = note(_("Plan to lower the risk, and who does what by when"), rows=3)

    def asked(self) -> dict[str, Any]:
        return {"recorded": {key: self.cleaned_data[key] for key in RECORDED}}

    def shows(self, referral: Referral) -> dict[str, Any]:
        return {**hold_view(self.redaction, referral), "assessment": self.redaction.assessment(referral)}
