"""The form for referring a person to another service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, coded, note
from treatments.workflow.actions.outside_services import REFER_ELSEWHERE
from treatments.workflow.outside_services import OUTSIDE_SERVICES


class ReferElsewhereForm(ActionForm):
    action = REFER_ELSEWHERE
    where = forms.ChoiceField(
        label=_("Where is the person referred to?"),
        choices=coded(OUTSIDE_SERVICES),
        widget=forms.RadioSelect,
    )
    note = note(_("What was arranged, and with whom?"), required=False)
    close = forms.BooleanField(label=_("Close the referral: cared for elsewhere"), required=False)
