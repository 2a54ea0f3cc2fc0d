"""A form field for any number of choices, of which "none" stands alone."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.forms.widgets import CheckboxTiles


class SeveralField(forms.MultipleChoiceField):
    """Any number of choices; "none" cannot stand beside another. Scripts are off for some, so the rule is here."""

    widget = CheckboxTiles
    default_error_messages = {
        "none_and_others": _("Select the ones that apply to you, or only the last one"),
    }

    def validate(self, value):
        super().validate(value)
        if "none" in value and len(set(value)) > 1:
            raise ValidationError(self.error_messages["none_and_others"], code="none_and_others")
