"""The form of a page of which nothing stored can be read: made from what was posted alone."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.http import QueryDict

from intake.fields import Answers
from intake.fields.kinds import always
from intake.forms.fields import page_fields, questions_of
from intake.forms.pages import PageForm
from intake.forms.stand_ins import shown_fields
from intake.questionnaire.page import Page
from intake.questionnaire.shape import Questionnaire


class UnsavedForm(PageForm):
    """It asks what is always asked, and what was answered: no stored answer says which follow-ups apply.

    ``screen`` is the suicide-risk screen that a clinic has chosen; one that was answered is shown all the same.
    """

    def __init__(self, page: Page, data: QueryDict, screen: str, *, today: date):
        super().__init__(page, {"today": today.isoformat()}, screen, data)
        plain = {
            name
            for name, owner, question, _place in questions_of(page)
            if owner.asked_when is always and question.asked_when is always
        }
        plain |= {name for each in self.stand_ins for name in each.fields}
        every = shown_fields(page) if self.stand_ins else page_fields(page)
        asked = (self.fields.keys() & plain) | {name for name in every if was_posted(name, data)}
        self.fields = {name: field for name, field in every.items() if name in asked}


def was_posted(name: str, data: Mapping[str, object]) -> bool:
    """Whether the field ``name``, or a part of it such as the month of a date, stands in ``data``."""
    return any(each == name or each.startswith(f"{name}_") for each in data)


def sound_answers(asked_of: Questionnaire, data: QueryDict, *, today: date) -> Iterator[Answers]:
    """What ``data`` says as far as it is sound, page by page: a form may ask the questions of several."""
    for page in asked_of.pages:
        if any(was_posted(name, data) for name in (*page_fields(page), *shown_fields(page))):
            form = UnsavedForm(page, data, "", today=today)
            form.is_valid()
            yield form.to_sound_answers()
