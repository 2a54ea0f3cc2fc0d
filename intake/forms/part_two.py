"""The form of a page of part two: nothing has to be answered, and what was told before is not shown."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from intake.fields import Answers
from intake.forms.fields import questions_of
from intake.forms.pages import PageForm, helper
from intake.questionnaire.page import Page
from intake.questionnaire.part_two import PART_TWO


class LaterForm(PageForm):
    """As ``PageForm``; a blank keeps what was told before."""

    def __init__(self, page: Page, answers: Answers, screen: str, data: Mapping | None = None):
        super().__init__(page, answers, screen, data)
        self.initial = {}  # a date of birth opens this page
        self.helper = helper(submit=_("Send"))

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
