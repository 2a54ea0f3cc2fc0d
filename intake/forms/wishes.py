"""What a page asks that is no answer of its questionnaire: the language to speak, and to be reminded of the form."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.fields import LANGUAGE
from intake.forms.fields import form_field, mark_optional, not_offered
from intake.forms.widgets import CheckboxTiles
from intake.questionnaire.page import REMIND, Page

YES = "yes"


def reminder() -> forms.Field:
    label = _("If you stop before the end")
    made = forms.MultipleChoiceField(
        label=label,
        choices=((YES, _("Remind me, three times at most, without saying what it is about")),),
        required=False,
        widget=CheckboxTiles,
        error_messages={"invalid_choice": not_offered(label)},
    )
    mark_optional(made, False)
    return made


WISHES: Mapping[str, forms.Field] = {LANGUAGE.key: form_field(LANGUAGE), REMIND: reminder()}


def wishes_on(page: Page) -> dict[str, forms.Field]:
    """The fields of the wishes of ``page``; which of them are asked is for its form to say."""
    return {name: WISHES[name] for name in page.wishes}
