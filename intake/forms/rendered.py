"""How a patient's form looks: the renderer, its bound field, and HTML with slots that are filled later.

Only forms that name `ClinicRenderer` (or inherit `ClinicForm`) look this way. `settings.FORM_RENDERER`
stays Django's own, because the admin shares it.
"""

import re
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.utils import ErrorDict
from django.forms.widgets import Input
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from intake.fields.kinds import Text
from intake.forms.follow_ups import NONE, Following, FollowUps
from intake.forms.widgets import DateParts

# A slot in a page's HTML. Nobody can type one that counts: HTML is split at its slots before a person's words come in.
SLOT = "\ue000{}\ue001"
_SLOTS = re.compile("\ue000(.+?)\ue001")


def split(html: str) -> list[str]:
    """``html`` split at its slots: text at even places, the names of the slots at odd ones."""
    return _SLOTS.split(html)


def fill(pieces: list[str] | tuple[str, ...], words: dict[str, str]) -> SafeString:
    """Split HTML with ``words`` in its slots, escaped unless they are safe already."""
    parts = [*pieces]
    parts[1::2] = [conditional_escape(words[name]) for name in pieces[1::2]]
    return mark_safe("".join(parts))  # nosec B308, B703 # noqa: S308 our own templates' HTML, and what was escaped just now


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
    """

    @property
    def template_name(self):
        if own := getattr(self.field, "template_name", None):
            return own
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "clinic/forms/checkbox.html"
        return "clinic/forms/field.html"

    def render(self, template_name=None, context=None, renderer=None):
        if self.is_hidden:
            return self.as_widget()
        return super().render(template_name, context, renderer)

    __html__ = BoundField.__html__  # as in Django: {{ field }} is the widget, not the group

    @property
    def opening(self) -> tuple[FollowUps, ...]:
        """What opens under this field's answers, by the answers that open it."""
        form: Any = self.form
        return form.following.by_parent.get(self.name, ()) if isinstance(form, ClinicForm) else ()

    @property
    def is_follow_up(self) -> bool:
        """Whether its place is under the answer of another field, which renders it."""
        form: Any = self.form
        return isinstance(form, ClinicForm) and form.is_follow_up(self.name)

    @property
    def is_folded(self) -> bool:
        """Whether it stands among the few that are folded."""
        form: Any = self.form
        return isinstance(form, ClinicForm) and self.name in form.folded

    @property
    def follow_ups(self) -> list[tuple[int, list[BoundField]]]:
        """The fields that ``opening`` names, each set of them with its number."""
        return [
            (number, [self.form[name] for name in each.names if name in self.form.fields])
            for number, each in enumerate(self.opening, start=1)
        ]

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
            "stem": getattr(self.field, "stem", ""),
            "hint": self.help_text,
            "errors": errors,
            "optional": getattr(self.field, "optional_label", False),
            "heading": getattr(self.field, "page_heading", False),
            "grouped": widget.use_fieldset,
            "chosen": widget.use_fieldset and role != "group",  # an answer is chosen, not written
            "role": role,
            "described_by": self.aria_describedby,
            "follow_ups": self.follow_ups,
        }

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        if isinstance(widget, DateParts):
            attrs["wrong_parts"] = self.wrong_parts
        if self.opening:
            attrs["opening"] = self.opening
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
    #: which fields open under the answer of another one
    following: Following = NONE
    #: the fields that stand last, folded under ``fold_words``
    folded: tuple[str, ...] = ()
    fold_words: Text = ""

    def __init__(self, *args, **kwargs):
        # Our labels have none, and Django's is translated anew for each form.
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def fold_is_open(self) -> bool:
        return any(name in self.errors for name in self.folded)

    @property
    def unanswered(self) -> int:
        """How many questions have no answer yet, where nothing else is wrong and there is more than one."""
        missing = [fault.code == "required" for faults in self.errors.as_data().values() for fault in faults]
        choices = all(hasattr(self.fields.get(name), "choices") for name in self.errors)
        return len(missing) if len(missing) > 1 and all(missing) and choices else 0

    def is_follow_up(self, name: str) -> bool:
        """Whether the field ``name`` has its place under the answer of another one."""
        follows = self.following.by_name.get(name)
        return follows is not None and follows.parent in self.fields

    def __getitem__(self, name):
        # A template asks for form["errors"] before form.errors; Django would list every field in the refusal.
        if name not in self.fields:
            raise KeyError(name)
        return super().__getitem__(name)

    def forget_faults(self) -> None:
        """Show again what was typed, without judging it."""
        self._errors = ErrorDict(renderer=self.renderer)
