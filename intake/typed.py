"""Form fields for what people type: text kept exactly as typed, and numbers written in any usual way."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from intake.document import storable
from intake.widgets import NumberText


class TypedText(forms.CharField):
    """Text kept exactly as typed; only characters no database can hold are refused."""

    default_error_messages = {
        "unstorable": _("%(label)s has a character that we can't store. Please type it again."),
        "required": _("Enter your answer"),
        "max_length": _("Use %(limit_value)d characters or fewer. You have used %(show_value)d."),
    }

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)
        # Django's own null-character validator would answer first, in words nobody understands.
        self.validators = [
            each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)
        ]

    def clean(self, value):
        if value and not storable(value):
            raise ValidationError(self.error_messages["unstorable"], params={"label": self.label})
        value = super().clean(value)
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        return value


class TypedNumber(forms.Field):
    """A number typed as text: ``12``, ``12.5``, ``1,200``; cleaned to int or float, blank to None."""

    widget = NumberText

    def __init__(self, *, low: float, high: float | None, **kwargs):
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def clean(self, value):
        typed = str(value or "").strip().replace(",", "")
        if not typed:
            return None
        try:
            number = Decimal(typed) if typed.isascii() and len(typed) <= 12 else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(_("Enter a number, such as 12"), code="invalid")
        if number < Decimal(str(self.low)) or (self.high is not None and number > Decimal(str(self.high))):
            high = number_format(self.high) if self.high is not None else None
            raise ValidationError(
                _("Enter a number from %(low)s to %(high)s") if high else _("Enter %(low)s or more"),
                code="range",
                params={"low": number_format(self.low), "high": high},
            )
        return int(number) if number == number.to_integral_value() else float(number)
