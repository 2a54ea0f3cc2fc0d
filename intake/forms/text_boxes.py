"""Boxes for text of which each letter counts: codes, phone numbers, email addresses."""

from django import forms
from django.utils.html import format_html, format_html_join

from intake.fields import Field
from intake.fields.kinds import Choices, Written

# What keeps a phone from changing what is typed.
UNCORRECTED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
CODE = {"autocomplete": "off", **UNCORRECTED, "autocapitalize": "characters"}


class PhoneText(forms.TextInput):
    """A phone number: the keyboard has digits."""

    input_type = "tel"

    def __init__(self, attrs: dict | None = None):
        super().__init__({"inputmode": "tel", "autocomplete": "off", **(attrs or {})})


class EmailText(forms.TextInput):
    """An email address typed as text: `type=email` hides what was typed wrong from us."""

    def __init__(self, attrs: dict | None = None):
        super().__init__({"inputmode": "email", "autocomplete": "email", **UNCORRECTED, **(attrs or {})})


class SuggestedText(forms.TextInput):
    """Text with a few usual answers that the browser offers: value and what it is called."""

    def __init__(self, attrs: dict | None, suggestions: Choices):
        super().__init__(attrs)
        self.suggestions = suggestions

    def render(self, name, value, attrs=None, renderer=None):
        offered = f"{name}-offered"
        box = super().render(name, value, {**(attrs or {}), "list": offered}, renderer)
        options = format_html_join("", '<option value="{}" label="{}"></option>', self.suggestions)
        return format_html('{}<datalist id="{}">{}</datalist>', box, offered, options)


# What a browser may fill in from what it knows of its owner. Nothing else: least of all what is another person's.
OWN = {
    "about.first_name": "given-name",
    "about.last_name": "family-name",
    "about.preferred_name": "nickname",
    "about.phone": "tel",
    "about.email": "email",
    "about.postcode": "postal-code",
    "about.state": "address-level1",
    "consent.signed_name": "name",
}


def text_attrs(field: Field) -> dict[str, str]:
    """Hints for the phone's keyboard and for filling in from the address book or the list of drug names."""
    attrs = {"autocomplete": OWN.get(field.path, "off")}
    if field.written is Written.EXACT:
        attrs |= UNCORRECTED
    elif field.written is Written.NAME:
        attrs |= UNCORRECTED | {"autocapitalize": "words"}
    if field.key == "drug":
        attrs["data-drug-names"] = ""
    return attrs
