"""The boxes of an interruption page: where the person is, and a number for today; nothing has to be answered."""

import copy
from collections.abc import Mapping
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import SHORT, Answers
from intake.fields.lookup import answer
from intake.forms.pages import PageForm
from intake.forms.typed_fields import TypedPhone, TypedText
from intake.questionnaire.page import Page

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
        made = self.fields.get(NUMBER)
        if isinstance(made, TypedPhone):
            # Nothing here has to be answered: a number that can't be read is asked about once, then kept.
            made = self.fields[NUMBER] = copy.copy(made)  # the page's own is everybody's
            made.kept = answer(answers, "safety.number_today") or ""
        if not boxes:
            self.fields = {
                name: field for name, field in self.fields.items() if name == NUMBER and not number
            }
        elif number and NUMBER in self.fields:
            known = self.fields[NUMBER]
            known.label = _("Another number for today?")
            if end:
                known.help_text = _("If %(end)s is not the best one.") % {"end": end}

    def to_kept_answers(self) -> dict[str, dict]:
        """What a page with a fault says all the same, with the number as it was typed: staff may read more in it."""
        answers = self.to_sound_answers()
        typed = TypedText(required=False, max_length=SHORT, exact=True)
        with suppress(ValidationError):
            if NUMBER in self.errors and (number := typed.clean(self[NUMBER].data)):
                answers.setdefault("safety", {})["number_today"] = number
        return answers
