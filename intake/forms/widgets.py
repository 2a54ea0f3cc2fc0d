"""Widgets and form fields of our own: tiles to choose from, a number typed as text, a date in three boxes."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from intake.fields.characters import seen
from intake.typed import dates, written

# --- Widgets -----------------------------------------------------------------------------------


class NumberText(forms.TextInput):
    """A number typed as text: `type=number` loses what was typed wrong and changes when scrolled over."""

    def __init__(self, attrs: dict | None = None, *, decimal: bool = False, words: bool = False):
        """With ``words`` the phone's keyboard has letters too."""
        mode = "text" if words else "decimal" if decimal else "numeric"
        super().__init__({"inputmode": mode, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        return written(value) if isinstance(value, int | float) else super().format_value(value)


class Said(NamedTuple):
    """What stands in a box for a number, and the text from which it was read."""

    text: str
    said: str


def parts_of(value: object) -> Said:
    """The text in a box and what was said before it, of a value as a form holds it."""
    text, said = value if isinstance(value, Said) else (value, "")
    return Said("" if text is None else seen(str(text)), seen(said))


class AmountText(NumberText):
    """A number's box; the text from which the number was read goes along with it, unseen."""

    def render(self, name, value, attrs=None, renderer=None):
        text, said = value if isinstance(value, Said) else (value, "")
        box = super().render(name, text, attrs, renderer)
        hidden = forms.HiddenInput().render(f"{name}-said", said, None, renderer) if said else ""
        return format_html("{}{}", box, hidden)

    def value_from_datadict(self, data, files, name):
        text, said = data.get(name), data.get(f"{name}-said")
        return Said(text, said) if text and said else text


# Answers that stand in one row: yes, no, and a third that takes a row of its own where it is long.
SHORT = (
    {"yes", "no"},
    {"yes", "no", "not_sure"},
    {"yes", "no", "declined"},
    {"female", "male", "intersex", "declined"},
)


def opens_class(number: int) -> str:
    """The class of an answer that opens the follow-ups with this number: see styles/_choices.scss."""
    return f"clinic-opens-{number}"


class Tiles(forms.widgets.ChoiceWidget):
    """Choices as tiles. The first input carries the group's own id, so that a link to the group finds it."""

    #: the value of the choice that stands apart, after the word "or"
    apart: str | None = None
    #: the class of another order than one under the other
    layout = ""

    def __init__(self, attrs: dict | None = None, choices=(), *, hints: dict | None = None):
        super().__init__(attrs, choices)
        #: value -> one short line under the label of that choice
        self.hints = hints or {}

    def get_context(self, name, value, attrs):
        attrs = {**self.attrs, **(attrs or {})}
        chosen = self.format_value(value)
        group = attrs.get("id", "")
        opening = attrs.get("opening", ())
        options = []
        for index, (option, label) in enumerate(self.choices):
            option = str(option)
            options.append(
                (
                    option,
                    label,
                    f"{group}_{index}" if index else group,
                    option in chosen,
                    self.hints.get(option, ""),
                    option == self.apart and index > 0,
                    " ".join(opens_class(each) for each, by in enumerate(opening, 1) if option in by.opens),
                )
            )
        return {
            "name": name,
            "options": options,
            "disabled": attrs.get("disabled", False),
            "invalid": attrs.get("aria-invalid", ""),
            "layout": self.layout,
            "short": {value for value, _label in self.choices} in SHORT,
        }

    def id_for_label(self, id_, index=None):
        if index is None:
            return ""
        return f"{id_}_{index}" if id_ and str(index) != "0" else id_


class RadioTiles(Tiles, forms.RadioSelect):
    template_name = "clinic/forms/radios.html"


class CheckboxTiles(Tiles, forms.CheckboxSelectMultiple):
    template_name = "clinic/forms/checkboxes.html"
    apart = "none"


class DateParts(forms.MultiWidget):
    """Month, day and year as three text boxes, posted as `<name>_month`, `<name>_day` and `<name>_year`."""

    template_name = "clinic/forms/date.html"
    PARTS = ("month", "day", "year")
    LABELS = {"month": _("Month"), "day": _("Day"), "year": _("Year")}

    def __init__(self, attrs: dict | None = None, *, birthday: bool = False, words: bool = False):
        """With ``words`` the first box takes more than figures on a phone too: today, October 2026."""
        super().__init__(dict.fromkeys(self.PARTS, forms.TextInput), attrs)
        self.birthday, self.words = birthday, words

    def id_of(self, group: str, part: str) -> str:
        return group if part == self.PARTS[0] else f"{group}_{part}"

    def get_context(self, name, value, attrs):
        attrs = {**self.attrs, **(attrs or {})}
        wrong = attrs.get("wrong_parts", ())
        values = value if isinstance(value, (list, tuple)) else self.decompress(value)
        parts = []
        for part, typed in zip(self.PARTS, values, strict=True):
            parts.append(
                {
                    "name": f"{name}_{part}",
                    "id": self.id_of(attrs.get("id", ""), part),
                    "label": self.LABELS[part],
                    "value": "" if typed is None else typed,
                    "wrong": part in wrong,
                    "width": 4 if part == "year" else 10 if part == "month" and self.words else 2,
                    "inputmode": "text" if part == "month" and self.words else "numeric",
                    "autocomplete": f"bday-{part}" if self.birthday else "off",
                }
            )
        return {"parts": parts, "disabled": attrs.get("disabled", False)}

    def value_from_datadict(self, data, files, name):
        # A NUL cannot stand in HTML or in PostgreSQL: it becomes a visible mark, which is not a digit.
        typed = super().value_from_datadict(data, files, name)
        return [str(part or "").replace("\x00", "\ufffd") for part in typed]

    def decompress(self, value):
        return boxes(value)


def boxes(value: datetime.date | str | None) -> list[str]:
    """What stands in the three boxes for a date or an ISO string; nothing for what is no date."""
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            return ["", "", ""]
    if not value:
        return ["", "", ""]
    return [str(value.month), str(value.day), f"{value.year:04d}"]


# --- Fields ------------------------------------------------------------------------------------


class DatePartsField(forms.Field):
    """A whole date from three boxes, or written out in the first. `named` is the subject of its errors.

    With `month_is_enough` a month and a year mean the last day of that month, at most `today`. Errors carry `params["parts"]`, the boxes at fault. An initial value is a date or an ISO string.
    """

    widget = DateParts
    default_error_messages = {
        "required": _("%(name)s must include a month, a day and a year"),
        "month": _("%(name)s must include a month"),
        "day": _("%(name)s must include a day"),
        "year": _("%(name)s must include a year"),
        "month day": _("%(name)s must include a month and a day"),
        "month year": _("%(name)s must include a month and a year"),
        "day year": _("%(name)s must include a day and a year"),
        "short_year": _("%(name)s must include a year with 4 numbers, like 1984"),
        "unreal": _("%(name)s must be a real date"),
        "no such day": _("%(name)s: there is no %(day)s"),
        "no leap year": _("%(name)s: there is no %(day)s in %(year)s"),
        "too_early": _("%(name)s: check the year"),
        "not_read": _("%(name)s: write a month and a year, or leave it"),
    }
    #: the day on which it is typed, set by forms that are handed it
    today: datetime.date | None = None

    def __init__(
        self,
        *,
        named=None,
        earliest: int = 1900,
        birth: bool = False,
        month_is_enough: bool = False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.named, self.earliest = named, earliest
        self.birth, self.month_is_enough = birth, month_is_enough

    def clean(self, value):
        if self.disabled:
            value = boxes(value) if not isinstance(value, (list, tuple)) else value
        typed = [seen(str(part or "")) for part in value or ("", "", "")]
        missing = [part for part, text in zip(DateParts.PARTS, typed, strict=True) if not text]
        if len(missing) == 3:
            if self.required:
                raise self._fault("required", missing)
            return None
        day = self._written_out(typed)
        if day is None and missing:
            raise self._fault(" ".join(missing), missing)
        day = day or self._date(*typed)
        if day.year < self.earliest:
            raise self._fault("too_early", ["year"])
        self.run_validators(day)
        return day

    def _written_out(self, typed: list[str]) -> datetime.date | None:
        """The date in the first box alone, or that of a month and a year where these are enough."""
        month, day, year = typed
        if not month or day or (year and not self.month_is_enough):
            return None
        parts = dates.parts_of(f"{month} {year}", self.today, birth=self.birth)
        if parts is None:
            return None
        if parts.day:
            return parts.whole()
        return parts.last_day(self.today) if self.month_is_enough and self.today else None

    def _date(self, month: str, day: str, year: str) -> datetime.date:
        # isdecimal() lets in digits of every script, which int() reads, and keeps out "²" and "-1".
        # The length is checked before int(), which would otherwise work on whatever was posted.
        month = str(dates.MONTHS.get(month.lower().rstrip("."), month))
        limits = {"month": (month, 2, 12), "day": (day, 2, 31), "year": (year, 4, 9999)}
        wrong = [
            part
            for part, (text, longest, highest) in limits.items()
            if not (text.isdecimal() and len(text) <= longest and 1 <= int(text) <= highest)
        ]
        if wrong:
            raise self._fault("unreal", wrong)
        known = dates.year_of(year, self.today, birth=self.birth)
        if known is None:
            raise self._fault("short_year", ["year"])
        try:
            return datetime.date(known, int(month), int(day))
        except ValueError:
            code = "no leap year" if int(month) == 2 and int(day) == 29 else "no such day"
            words = f"{date_format(datetime.date(known, int(month), 1), 'F')} {int(day)}"
            raise self._fault(code, ["day"], day=words, year=str(known)) from None

    def _fault(self, code: str, parts: Iterable[str], **words: str) -> ValidationError:
        if self.month_is_enough and code != "too_early":
            code = "not_read"
        return ValidationError(
            self.error_messages[code],
            code=code.replace(" ", "_"),
            params={
                "name": self.named or self.label or _("The date"),
                "parts": tuple(parts),
                **words,
            },
        )

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        before = initial if isinstance(initial, (list, tuple)) else boxes(initial)
        return list(before) != list(data or ["", "", ""])
