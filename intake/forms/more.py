"""The question under a list: is there another one?"""

from collections.abc import Mapping
from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Answers
from intake.forms.beside import BesideList
from intake.forms.fields import not_offered
from intake.forms.pages import QUESTIONS, SavedByPart
from intake.forms.widgets import RadioTiles
from intake.questionnaire.page import Page


class MoreForm(BesideList, SavedByPart):
    """Under a list: is there another one? With nothing in the list: is there any?"""

    helper = QUESTIONS
    keeps_blanks = True

    def __init__(self, page: Page, count: int, answers: Answers, data: Mapping | None = None):
        super().__init__(data)
        self.page, self.count = page, count
        self.fields["more"] = more_field(page, bool(count))
        self.ask_beside(page, answers)


@cache
def more_field(page: Page, another: bool) -> forms.ChoiceField:
    choices = (("yes", _("Yes")), ("no", _("No")))
    label = page.list_words.another if another else page.list_words.first
    return forms.ChoiceField(
        label=label,
        choices=choices if another else (*choices, ("not_sure", _("Not sure"))),
        required=False,
        widget=RadioTiles,
        error_messages={"invalid_choice": not_offered(label)},
    )
