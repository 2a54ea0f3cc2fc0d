"""The form of one of the clinic's texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.models import ClinicTextVersion
from treatments.triage.clinic_texts import plain, why_not
from treatments.workflow.clinic_texts import CLINIC_TEXTS, Kind

ROWS = {Kind.LETTER: 22, Kind.QUESTION: 5}


class ClinicTextForm(forms.Form):
    """``seen_version`` is the version that the page showed. What is wrong is said at the field, and kept as typed."""

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    body = forms.CharField(label=_("Words"), required=False, strip=False)

    def __init__(self, data: Any = None, *, text: ClinicTextVersion) -> None:
        self.row, self.language = CLINIC_TEXTS[text.key], text.language
        body = text.body or self.row.default_in(text.language)
        super().__init__(data, initial={"seen_version": text.version, "body": body})
        rows = ROWS.get(self.row.kind)
        field = self.fields["body"]
        field.widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"size": 80})
        field.widget.attrs |= {"lang": text.language}
        field.help_text = (
            _("At most %(most)d characters. Left empty it is as shipped.")
            if self.row.default_in(text.language)
            else _("At most %(most)d characters. Left empty nobody is offered it.")
        ) % {"most": self.row.longest}

    def clean_body(self) -> str:
        body = plain(self.cleaned_data["body"], self.row)
        if refused := why_not(self.row, self.language, body):
            raise forms.ValidationError(refused)
        return body
