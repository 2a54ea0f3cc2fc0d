"""Boxes for text of which each letter counts: codes, phone numbers, email addresses."""

from django import forms

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
