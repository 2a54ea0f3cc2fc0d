"""The forms of coming back: an address for the link, a code, and the date of birth as the second factor."""

from collections.abc import Iterable, Mapping
from datetime import date

from crispy_forms.layout import Hidden, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake import resume_secrets
from intake.fields.kinds import SHORT
from intake.forms.checking import on_day
from intake.forms.pages import check_birth, helper
from intake.forms.rendered import ClinicForm
from intake.forms.text_boxes import CODE, PhoneText
from intake.forms.typed_fields import TypedEmail, TypedPhone, TypedText
from intake.forms.widgets import DateParts, DatePartsField


class LinkForm(ClinicForm):
    """Where the link goes, if the person has not given an address yet."""

    email = TypedEmail(
        label=_("Your email address"),
        max_length=254,
        error_messages={"required": _("Enter your email address")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(submit=_("Email me a link"))
        self.helper.form_id = "link"  # another form may stand beside it
        self.helper.form_action = "intake:mail-link"


class TextLinkForm(ClinicForm):
    """Where the link goes as a text message, if the person has not given a number yet."""

    phone = TypedPhone(
        label=_("Your phone number"),
        max_length=SHORT,
        widget=PhoneText({"autocomplete": "tel"}),
        error_messages={"required": _("Enter your phone number")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(submit=_("Text me a link"))
        self.helper.form_id = "text"  # another form may stand beside it
        self.helper.form_action = "intake:text-link"


class BirthForm(ClinicForm):
    """The date of birth, to open the form behind a link."""

    date_of_birth = DatePartsField(
        label=_("Your date of birth"),
        named=_("Your date of birth"),
        birth=True,
        help_text=_("For example, 5 14 1987 or May 14 1987."),
        widget=DateParts(birthday=True),
    )

    def __init__(self, data: Mapping | None = None, *, today: date):
        super().__init__(data)
        self.today = today
        self.fields["date_of_birth"] = on_day(self.fields["date_of_birth"], today)
        self.helper = helper(submit=_("Open my form"))


class OpenForm(ClinicForm):
    """Behind a link to a form without a date of birth: a button alone, since mail scanners open links."""

    def __init__(self, data: Mapping | None = None):
        super().__init__(data)
        self.helper = helper(submit=_("Open my form"))


class WhoForm(BirthForm):
    """The date of birth of whoever was away for a while; ``carries`` what they had posted, by name and value."""

    prefix = "who"

    def __init__(self, data: Mapping | None = None, *, today: date, carries: Iterable[tuple[str, str]] = ()):
        super().__init__(data, today=today)
        self.helper = helper(submit=_("Go on"))
        for name, value in carries:
            self.helper.add_input(Hidden(name, value))


class DeleteForm(BirthForm):
    """The date of birth, to delete a form behind the link of a reminder."""

    def __init__(self, data: Mapping | None = None, *, today: date):
        super().__init__(data, today=today)
        self.helper.inputs = [Submit("delete", _("Delete my form"), css_class="govuk-button--warning")]


class FirstBirthForm(BirthForm):
    """The date of birth of who wants to come back before they have given it."""

    def __init__(self, data: Mapping | None = None, *, today: date):
        super().__init__(data, today=today)
        self.helper = helper()

    def clean(self) -> dict:
        super().clean()
        check_birth(self, "date_of_birth", self.today)
        return self.cleaned_data


class CodeForm(BirthForm):
    """A printed code and the date of birth."""

    code = TypedText(
        exact=True,
        label=_("Your code"),
        help_text=_("10 letters and numbers."),
        max_length=100,
        error_messages={"required": _("Enter your code")},
        widget=forms.TextInput(CODE),
    )
    field_order = ("code", "date_of_birth")

    def clean_code(self) -> str:
        plain = resume_secrets.plain_code(self.cleaned_data["code"])
        if not resume_secrets.is_code(plain):
            raise ValidationError(_("Check your code: it has 10 letters and numbers"))
        return plain
