"""How a form field looks to a patient: the renderer, its bound field, and the widgets and fields of our own.

Only forms that name `ClinicRenderer` (or inherit `ClinicForm`) look this way. `settings.FORM_RENDERER`
stays Django's own, because the admin shares it.
"""

import datetime
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.widgets import Input
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# --- Widgets -----------------------------------------------------------------------------------


class NumberText(forms.TextInput):
    """A number typed as text: `type=number` loses what was typed wrong and changes when scrolled over."""

    def __init__(self, attrs: dict | None = None, *, decimal: bool = False):
        super().__init__(
            {"inputmode": "decimal" if decimal else "numeric", "autocomplete": "off", **(attrs or {})}
        )


class Tiles:
    """Choices as tiles. The first input carries the group's own id, so that a link to the group finds it."""

    #: the value of the choice that stands apart, after the word "or"
    apart: str | None = None

    def __init__(self, attrs: dict | None = None, choices=(), *, hints: dict | None = None):
        super().__init__(attrs, choices)
        #: value -> one short line under the label of that choice
        self.hints = hints or {}

    def get_context(self, name, value, attrs):
        attrs = {**self.attrs, **(attrs or {})}
        chosen = self.format_value(value)
        group = attrs.get("id", "")
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
                )
            )
        return {
            "name": name,
            "options": options,
            "disabled": attrs.get("disabled", False),
            "invalid": attrs.get("aria-invalid", ""),
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

    def __init__(self, attrs: dict | None = None, *, birthday: bool = False):
        super().__init__(dict.fromkeys(self.PARTS, forms.TextInput), attrs)
        self.birthday = birthday

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
                    "width": 4 if part == "year" else 2,
                    "autocomplete": f"bday-{part}" if self.birthday else "off",
                }
            )
        return {"parts": parts, "disabled": attrs.get("disabled", False)}

    def value_from_datadict(self, data, files, name):
        # A NUL cannot stand in HTML or in PostgreSQL: it becomes a visible mark, which is not a digit.
        typed = super().value_from_datadict(data, files, name)
        return [str(part or "").replace("\x00", "\ufffd") for part in typed]

    def decompress(self, value):
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
    """A whole date from three boxes. `named` is the subject of its errors: "Date of birth must ...".

    Errors carry `params["parts"]`, the boxes at fault. An initial value is a date or an ISO string.
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
        "too_early": _("%(name)s must be in %(earliest)s or later"),
    }

    def __init__(self, *, named=None, earliest: int = 1900, **kwargs):
        super().__init__(**kwargs)
        self.named = named
        self.earliest = earliest

    def clean(self, value):
        if self.disabled:
            value = self.widget.decompress(value) if not isinstance(value, (list, tuple)) else value
        typed = [str(part or "").strip() for part in value or ("", "", "")]
        missing = [part for part, text in zip(DateParts.PARTS, typed, strict=True) if not text]
        if len(missing) == 3:
            if self.required:
                raise self._fault("required", missing)
            return None
        if missing:
            raise self._fault(" ".join(missing), missing)
        day = self._date(*typed)
        self.run_validators(day)
        return day

    def _date(self, month: str, day: str, year: str) -> datetime.date:
        # isdecimal() lets in digits of every script, which int() reads, and keeps out "²" and "-1".
        # The length is checked before int(), which would otherwise work on whatever was posted.
        limits = {"month": (month, 2, 12), "day": (day, 2, 31), "year": (year, 4, 9999)}
        wrong = [
            part
            for part, (text, longest, highest) in limits.items()
            if not (text.isdecimal() and len(text) <= longest and 1 <= int(text) <= highest)
        ]
        if wrong:
            raise self._fault("unreal", wrong)
        if len(year) < 4:
            raise self._fault("short_year", ["year"])
        try:
            date = datetime.date(int(year), int(month), int(day))
        except ValueError:
            raise self._fault("unreal", ["day"]) from None
        if date.year < self.earliest:
            raise self._fault("too_early", ["year"])
        return date

    def _fault(self, code: str, parts: Iterable[str]) -> ValidationError:
        return ValidationError(
            self.error_messages[code],
            code=code.replace(" ", "_"),
            params={
                "name": self.named or self.label or _("The date"),
                "earliest": str(self.earliest),
                "parts": tuple(parts),
            },
        )

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        before = initial if isinstance(initial, (list, tuple)) else self.widget.decompress(initial)
        return list(before) != list(data or ["", "", ""])


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


# --- Rendering ---------------------------------------------------------------------------------

# The HTML of fields by their look: see ``ClinicBoundField._look``.
_LOOKS: dict[tuple, str] = {}

# The class an input of each kind carries; the first kind that fits decides.
CLASSES = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (Input, "govuk-input"),
)


class ClinicBoundField(BoundField):
    """A bound field that tells its template all it needs, so that the template only places it.

    Read from the form field when they are there:
    `optional_label`  truthy: "(optional)" follows the label
    `page_heading`    truthy: the label or legend is the h1 of the page
    `kept_as`         a name that no other field has: its HTML is made once for each of its answers
    """

    @property
    def template_name(self):
        if self.field.template_name:
            return self.field.template_name
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "clinic/forms/checkbox.html"
        return "clinic/forms/field.html"

    def render(self, template_name=None, context=None, renderer=None):
        if self.is_hidden:
            return self.as_widget()
        look = None if template_name or context or renderer else self._look()
        if look is None:
            return super().render(template_name, context, renderer)
        html = _LOOKS.get(look)
        if html is None:
            html = _LOOKS[look] = super().render()
        return html

    __html__ = BoundField.__html__  # as in Django: {{ field }} is the widget, not the group

    def _look(self) -> tuple | None:
        """What the HTML depends on when nothing typed or wrong stands in it; None when it must be made anew.

        Only a blank field and a choice among the field's own answers have a look, so there are few of
        them and none holds a person's words.
        """
        kept_as = getattr(self.field, "kept_as", None)
        if kept_as is None or self.field.disabled or self.errors:
            return None
        value = self.value()
        if value in (None, "", []):
            chosen = ""
        elif isinstance(self.field.widget, RadioTiles) and self.field.valid_value(value):
            chosen = str(value)
        else:
            return None
        return (
            kept_as,
            get_language(),
            chosen,
            self.auto_id,
            getattr(self.field, "optional_label", False),
            getattr(self.field, "page_heading", False),
        )

    def get_context(self):
        widget, errors = self.field.widget, self.errors
        role = ""
        if isinstance(widget, forms.RadioSelect) and not widget.allow_multiple_selected:
            role = "radiogroup"
        elif isinstance(widget, DateParts):
            role = "group"
        return {
            "field": self,
            "id": self.auto_id,
            "label": self.label,
            "hint": self.help_text,
            "errors": errors,
            "optional": getattr(self.field, "optional_label", False),
            "heading": getattr(self.field, "page_heading", False),
            "grouped": widget.use_fieldset,
            "role": role,
            "described_by": self.aria_describedby,
        }

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        if isinstance(widget, DateParts):
            attrs["wrong_parts"] = self.wrong_parts
        if widget.use_fieldset:
            return attrs
        for kind, name in CLASSES:
            if isinstance(widget, kind):
                classes = [name, widget.attrs.get("class", "")]
                if self.errors:
                    classes.insert(1, f"{name}--error")
                attrs["class"] = " ".join(filter(None, classes))
                break
        return attrs

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes of a date that the errors name; all of them when an error names none."""
        parts = []
        for error in self.errors.as_data():
            parts += (error.params or {}).get("parts", DateParts.PARTS)
        return tuple(part for part in DateParts.PARTS if part in parts)

    @property
    def error_target(self) -> str:
        """The id of the input to which the error summary leads."""
        widget = self.field.widget
        if isinstance(widget, DateParts) and (wrong := self.wrong_parts):
            return widget.id_of(self.auto_id, wrong[0])
        return self.auto_id


class ClinicRenderer(TemplatesSetting):
    """Our templates for our own widgets, Django's own for the rest; set per form, see the module's note."""

    field_template_name = "clinic/forms/field.html"
    bound_field_class = ClinicBoundField
    django = DjangoTemplates()

    def get_template(self, template_name):
        if template_name.startswith("django/"):
            return self.django.get_template(template_name)
        return super().get_template(template_name)


class ClinicForm(forms.Form):
    """A form that looks like the clinic's pages; the browser's own validation stays out of the way."""

    default_renderer = ClinicRenderer()
    use_required_attribute = False

    def __getitem__(self, name):
        # A template asks for form["errors"] before form.errors; Django would list every field in the refusal.
        if name not in self.fields:
            raise KeyError(name)
        return super().__getitem__(name)
