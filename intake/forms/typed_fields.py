"""Form fields for what people type: text kept exactly as typed, and numbers written in any usual way."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator, validate_email
from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.characters import seen, storable, writable
from intake.fields.kinds import Text
from intake.forms.text_boxes import EmailText, PhoneText
from intake.forms.widgets import AmountText, NumberText, Said, parts_of
from intake.typed import Reading, dates, sentences, written
from intake.typed.counts import count
from intake.typed.doses import dose
from intake.typed.durations import months, weeks
from intake.typed.phone import phone
from intake.typed.pressure import pair

EARLIEST = 1900  # year in which a medicine was started


class TypedText(forms.CharField):
    """Text kept as typed: what no database can hold is refused, what nobody sees and no file can hold left out.

    Of ``exact`` text nothing is kept that no eye sees. ``named`` opens its errors; without it the label does.
    """

    default_error_messages = {
        "unstorable": _("%(name)s: we can't store one of the letters. Type it again"),
        "required": _("%(name)s: write it"),
        "max_length": _("%(name)s: at most %(most)s letters; you wrote %(length)s"),
    }

    def __init__(self, *, exact: bool = False, named: Text = "", **kwargs):
        super().__init__(strip=False, **kwargs)
        self.exact, self.named = exact, named
        # Django's own null-character validator would answer first, in words nobody understands.
        self.validators = [
            each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)
        ]

    def clean(self, value):
        if value and not storable(value):
            raise ValidationError(self.error_messages["unstorable"], params={"name": self._name})
        try:
            value = writable(value)
            value = super().clean(seen(value) if self.exact and value else value)
        except ValidationError as fault:
            for error in fault.error_list:
                error.params = {**(error.params or {}), "name": self._name, **_counts(error)}
            raise
        if self.required and not seen(value):
            raise ValidationError(
                self.error_messages["required"], code="required", params={"name": self._name}
            )
        return value

    @property
    def _name(self) -> str:
        return str(self.named or self.label or "").rstrip("?")


def _counts(fault: ValidationError) -> dict[str, str]:
    """How long a text may be and how long it is, as they are written."""
    known = fault.params or {}
    names = {"most": "limit_value", "length": "show_value"}
    return {
        name: number_format(known[key], force_grouping=True) for name, key in names.items() if key in known
    }


class TypedPhone(TypedText):
    """A phone number in any usual way of writing it. ``named`` opens its error."""

    widget = PhoneText
    #: what was kept of an earlier try: whoever writes the same again means it
    kept = ""

    def __init__(self, *, named: Text = "", **kwargs):
        super().__init__(exact=True, named=named or _("Phone number"), **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value or value == self.kept or phone(value):
            return value
        sentence = _("write the digits, such as 212 555 0188")
        raise ValidationError(format_lazy("{}: {}", self.named, sentence), code="invalid")


class TypedEmail(TypedText):
    """An email address. ``named`` opens its error."""

    widget = EmailText

    def __init__(self, *, named: Text = "", **kwargs):
        super().__init__(exact=True, named=named or _("Email address"), **kwargs)

    def clean(self, value):
        value = super().clean(value)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            sentence = _("write it like name@example.com")
            raise ValidationError(format_lazy("{}: {}", self.named, sentence), code="invalid") from None
        return value


class TypedMonth(forms.Field):
    """A month and a year, or a year alone, as people write it: ``3/2024``, ``marzo de 2024``; cleaned to ISO."""

    widget = NumberText
    #: the day on which it is typed, set by forms that are handed it
    today: date | None = None

    def __init__(self, *, named: Text = "", **kwargs):
        super().__init__(**kwargs)
        self.named = named

    def clean(self, value):
        typed = seen(str(value or ""))
        if not typed:
            return None
        read = dates.parts_of(typed, self.today)
        if read is None or read.year < EARLIEST:
            sentence = _("write a month and a year, such as 3 2024, or leave it")
            raise ValidationError(format_lazy("{}: {}", self.named, sentence), code="invalid")
        return read.month_or_year()


# How the numbers of a unit are read; any other unit's are counted.
READERS: Mapping[str, Callable[[str], Reading]] = {"mg": dose, "weeks": weeks, "months": months}


class TypedNumber(forms.Field):
    """A number as people write it, read by ``intake.typed``; cleaned to int or float, nothing known to None.

    ``named`` opens its errors. A product or a sum comes back once, for the person to look at: its text is kept
    beside the box (``Said``), and sent again with the number it confirms it.
    """

    widget = AmountText
    #: whether a number without a unit is micrograms
    micrograms = False
    #: what the button says that is to be pressed where a reading is right
    press: Text = _("Continue")

    def __init__(self, *, low: float, high: float | None, unit: str = "", named: Text = "", **kwargs):
        super().__init__(**kwargs)
        self.low, self.high, self.unit, self.named = low, high, unit, named

    def read(self, text: str) -> Reading:
        if self.micrograms:
            return dose(text, bare="UG")
        reader = READERS.get(self.unit)
        return reader(text) if reader else count(text, self.unit)

    def clean(self, value):
        text, _said = parts_of(value)
        reading = self.read(text)
        if reading.refusal:
            raise self._fault(reading.refusal, "invalid")
        if reading.value is None:
            return None
        number = Decimal(str(reading.value))
        if number < Decimal(str(self.low)) or (self.high is not None and number > Decimal(str(self.high))):
            raise self._fault(self._out_of_range(), "range")
        if reading.confirm:
            sentence = _(
                "You wrote %(typed)s. We read %(number)s mg in one day. "
                "Press %(button)s if that is right, or change it."
            )
            words = {"typed": text.strip(), "number": written(reading.value), "button": self.press}
            raise self._fault(sentence % words, "confirm")
        return reading.value

    def kept_text(self, value) -> str:
        """What was typed where it said more than the number and its unit, else ""."""
        text, said = parts_of(value)
        reading, confirmed = self.read(text), self.read(said)
        if confirmed.confirm and confirmed.value == reading.value:
            return said.strip()
        return text.strip() if reading.more and not reading.confirm else ""

    def bound_data(self, data, initial):
        text, _said = parts_of(data)
        reading = self.read(text)
        if not reading.confirm or reading.value is None:
            return data
        return Said(written(reading.value), text.strip())

    def _out_of_range(self) -> Text:
        if self.unit in SAID_OF_ANY:
            return SAID_OF_ANY[self.unit]
        words = {
            name: number_format(limit, force_grouping=True)
            for name, limit in (("low", self.low), ("high", self.high))
            if limit is not None
        }
        if "high" in words:
            return _("write a number from %(low)s to %(high)s") % words
        return _("write %(low)s or more") % words

    def _fault(self, sentence: Text, code: str) -> ValidationError:
        words = format_lazy("{}: {}", self.named, sentence) if self.named else sentence
        return ValidationError(words, code=code)


# What is said of a number beyond its limits, where that is not said with the limits.
SAID_OF_ANY = {"mg": sentences.DOSE, "weeks": sentences.HOW_LONG, "months": sentences.HOW_LONG}


class TypedPressure(TypedNumber):
    """The higher number of a blood pressure; both where both are written: ``150/95``, cleaned to the two."""

    def clean(self, value):
        text, _said = parts_of(value)
        return pair(text) or super().clean(value)

    def _fault(self, sentence: Text, code: str) -> ValidationError:
        if code == "invalid":
            sentence = _("write two numbers, such as 120/80")
        return super()._fault(sentence, code)
