"""The forms for closing a referral, and for taking it up again."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, coded_with_next, note
from treatments.triage.closing import reasons_refused
from treatments.workflow import CLOSE_REASONS
from treatments.workflow.actions.closing import CLOSE, REOPEN


class RadiosWithRefusals(forms.RadioSelect):
    """Shows a choice that is ``refused`` now disabled, with the sentence that says why."""

    refused: dict[str, str] = {}

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        if value in self.refused:
            option["label"] = f"{label} {self.refused[value]}"
            option["attrs"] = {**option["attrs"], "disabled": True}
        return option


class CloseForm(ActionForm):
    action = CLOSE
    reason = forms.ChoiceField(
        label=_("Reason"), choices=partial(coded_with_next, CLOSE_REASONS), widget=RadiosWithRefusals
    )
    note = note(_("Note"), required=False)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        self.fields["reason"].widget.refused = reasons_refused(referral)


class ReopenForm(ActionForm):
    action = REOPEN
    note = note(_("Why is it reopened?"))
