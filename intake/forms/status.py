"""The small forms of the status page: who are you, a message, taking the form back."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.checking import on_day
from intake.forms.fields import mark_optional
from intake.forms.pages import helper
from intake.forms.rendered import ClinicForm
from intake.forms.text_boxes import CODE
from intake.forms.typed_fields import TypedText
from intake.forms.widgets import DateParts, DatePartsField
from intake.typed.reference import plain_reference

LONGEST_MESSAGE = 5_000  # characters


class LookUpForm(ClinicForm):
    """Reference and date of birth. It judges whether both are there, never whether they are right."""

    reference = TypedText(
        exact=True,
        label=_("Reference number"),
        help_text=_("You got it when you sent your form. For example, K7MW-4QXB."),
        max_length=40,
        widget=forms.TextInput(CODE),
        error_messages={"required": _("Enter your reference number")},
    )
    born = DatePartsField(
        label=_("Date of birth"),
        named=_("Date of birth"),
        birth=True,
        help_text=_("For example, 5 14 1987 or May 14 1987."),
        widget=DateParts(birthday=True),
    )

    def __init__(self, data: Mapping | None = None, *, today: date):
        super().__init__(data)
        self.fields["born"] = on_day(self.fields["born"], today)
        self.helper = helper(submit=_("Continue"))

    def reference_and_birth(self) -> tuple[str, date]:
        return plain_reference(self.cleaned_data["reference"]), self.cleaned_data["born"]


class KeyedForm(ClinicForm):
    """A form that carries the key of what it sends, so that a second click sends nothing more."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping | None = None):
        super().__init__(data, initial={"key": uuid4()})

    def clean_key(self):
        return self.cleaned_data["key"] or uuid4()


class MessageForm(KeyedForm):
    text = TypedText(
        label=_("Your message"),
        help_text=_("What should we know, or what should we correct?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write your message")},
    )

    def __init__(self, data: Mapping | None = None):
        super().__init__(data)
        self.helper = helper(submit=_("Send my message"))


class WithdrawForm(KeyedForm):
    reason = TypedText(
        label=_("Do you want to tell us why?"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Mapping | None = None):
        super().__init__(data)
        mark_optional(self.fields["reason"], True)
        self.helper = helper(submit=_("Yes, withdraw my form"))
