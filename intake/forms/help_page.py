"""The boxes of an interruption page: where the person is, and a number for today; nothing has to be answered."""

import copy
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Answers
from intake.forms.pages import PageForm
from intake.questionnaire.shape import Page

NUMBER = "safety-number_today"


class HelpForm(PageForm):
    """Filled in with what was said before. ``number`` is the one to call, "" for none; ``end`` its last digits.

    Where no ``boxes`` are asked for, the number still is if there is none: nobody can be called without.
    """

    def __init__(
        self,
        page: Page,
        answers: Answers,
        screen: str,
        data: Mapping | None = None,
        *,
        boxes: bool,
        number: str,
        end: str = "",
    ):
        super().__init__(page, answers, screen, data)
        if not boxes:
            self.fields = {
                name: field for name, field in self.fields.items() if name == NUMBER and not number
            }
        elif number and NUMBER in self.fields:
            known = self.fields[NUMBER] = copy.copy(self.fields[NUMBER])  # the page's own is everybody's
            known.label = _("Another number for today?")
            if end:
                known.help_text = _("If %(end)s is not the best one.") % {"end": end}
