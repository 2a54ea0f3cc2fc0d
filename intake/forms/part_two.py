"""The form of a page of part two: nothing has to be answered, and what was told before is not shown."""

import copy
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from intake.fields import Answers
from intake.forms.fields import questions_of
from intake.forms.pages import PageForm, helper
from intake.forms.typed_fields import TypedPhone
from intake.questionnaire.page import Page
from intake.questionnaire.part_two import PART_TWO

TYPED_BEFORE = "typed-"  # hidden: a number that could not be read; whoever sends it again means it


class LaterForm(PageForm):
    """As ``PageForm``; a blank keeps what was told before."""

    def __init__(self, page: Page, answers: Answers, screen: str, data: Mapping | None = None):
        super().__init__(page, answers, screen, data)
        self.initial = {}  # a date of birth opens this page
        self.helper = helper(submit=_("Send"))
        for name, field in self.fields.items():
            if isinstance(field, TypedPhone) and data is not None:
                made = self.fields[name] = copy.copy(field)  # the page's own is everybody's
                made.kept = data.get(TYPED_BEFORE + name, "").strip()

    def typed_before(self) -> list[tuple[str, str]]:
        """What the page that comes back holds unseen: name and value."""
        return [
            (TYPED_BEFORE + name, self[name].data or "")
            for name, field in self.fields.items()
            if isinstance(field, TypedPhone) and name in self.errors
        ]

    def given(self) -> dict[str, object]:
        """What was answered: leaf path -> answer; of a page with a fault what is sound."""
        sections = self.to_sound_answers()
        given: dict[str, object] = {}
        for section, values in sections.items():
            for key, value in values.items():
                if isinstance(value, dict):
                    given |= {f"{section}.{key}.{part}": said for part, said in value.items()}
                else:
                    given[f"{section}.{key}"] = value
        return given


def with_later(answers: dict[str, dict], data: Mapping, context: Answers) -> dict[str, dict]:
    """``answers`` of a page, and beside them what its ``data`` say of part two.

    A page that was open while those questions still stood on it loses none of them.
    """
    for page in PART_TWO.pages:
        if any(name in data for name, *_question in questions_of(page)):
            form = LaterForm(page, context, "", data)
            form.is_valid()
            for section, values in form.to_sound_answers().items():
                answers = {**answers, section: {**values, **answers.get(section, {})}}
    return answers
