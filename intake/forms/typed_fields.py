"""Form fields for what people type: text kept exactly as typed, and numbers written in any usual way."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from intake.document import storable
from intake.forms.widgets import NumberText


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


MONTH = re.compile(r"(?:(\d{1,2})[\s/.-]+)?(\d{4})|(\d{4})-(\d{1,2})", re.ASCII)


class TypedMonth(forms.Field):
    """A month and a year, or a year alone, typed as text: ``3 2024``, ``3/2024``, ``2024``; cleaned to ISO."""

    widget = NumberText
    default_error_messages = {"invalid": _("Write a month and a year, such as 3 2024, or leave this empty")}

    def clean(self, value):
        typed = str(value or "").strip()
        if not typed:
            return None
        found = MONTH.fullmatch(typed)
        month, year = (found[1] or found[4], found[2] or found[3]) if found else (None, "0")
        if not int(year) >= 1900 or (month and not 1 <= int(month) <= 12):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return f"{year}-{int(month):02}" if month else year


THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")  # any other comma may stand for a point
LONGEST = 40  # characters of a number with its unit: what is longer is no number
# The ways in which people write a number's own unit after it.
UNITS = {
    "mg": r"mgs?|milligrams?|milligrammes?",
    "weeks": r"weeks?|wks?",
    "months": r"months?|mths?|mos?",
    "years": r"years?( old)?|yrs?",
    "times": r"times?|x",
    "sessions": r"sessions?|times?",
    "medicines": r"medicines?|meds?",
    "mmHg": r"mm ?hg",
}


class TypedNumber(forms.Field):
    """A number typed as text: ``12``, ``12.5``, ``1,200``; cleaned to int or float, blank to None.

    It may be followed by its ``unit``, one of ``UNITS``: ``150 mg``. Any other word is refused, never guessed at.
    """

    widget = NumberText

    def __init__(self, *, low: float, high: float | None, unit: str = "", **kwargs):
        super().__init__(**kwargs)
        self.low, self.high = low, high
        self.unit = re.compile(rf"(?<=\d)\s*({UNITS[unit]})\.?$", re.IGNORECASE) if unit else None

    def clean(self, value):
        typed = str(value or "").strip()
        if self.unit and len(typed) <= LONGEST:
            typed = self.unit.sub("", typed)
        if not typed:
            return None
        if THOUSANDS.fullmatch(typed):
            typed = typed.replace(",", "")
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
