"""The forms for sending a referral to consult queues, and for taking a consult out of its queue."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments import catalog
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Consult, Referral
from treatments.triage.queue_settings import queue_words
from treatments.workflow.actions.routing import ROUTE, WITHDRAW
from treatments.workflow.priorities import PRIORITY_WORDS, Priority


class RouteForm(ActionForm):
    action = ROUTE
    treatments = forms.MultipleChoiceField(
        label=_("Consult queues"),
        choices=catalog.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one consult queue.")},
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[(each.value, words) for each, words in PRIORITY_WORDS.items()],
        coerce=int,
        initial=Priority.ROUTINE.value,
        empty_value=Priority.ROUTINE.value,  # type: ignore[arg-type]  # what the coercion gives
        required=False,
        widget=forms.RadioSelect,
    )
    reason = note(
        _("Reason (required where a finding says “clinician first”)"),
        required=False,
        help_text=_("Every team that you route to reads it: name no other team here."),
    )

    def shows(self, referral: Referral) -> dict[str, Any]:
        return {"assessment": self.redaction.assessment(referral), "warnings": queue_words()}


class WithdrawForm(ActionForm):
    action = WITHDRAW
    consult = forms.ModelChoiceField(
        queryset=Consult.objects.none(), label=_("Consult"), widget=forms.RadioSelect, empty_label=None
    )
    note = note(_("Why is it withdrawn?"))

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["consult"])
        # One that was just withdrawn is taken too: the same action sent twice is the same as once.
        field.queryset = referral.consults.all()
        field.widget.choices = [(each.pk, each.get_treatment_display()) for each in referral.consults.open()]
