"""What the page of a list asks beside its list: plain questions, saved together with it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from intake.fields import Answers
from intake.forms.fields import Asked, initial_of, page_fields, questions_of, stored_value
from intake.questionnaire.page import Page


class BesideList(forms.Form):
    """``beside`` are these questions, none on most pages. None of them is unsafe, a follow-up or a group."""

    beside: tuple[Asked, ...] = ()

    def ask_beside(self, page: Page, answers: Answers) -> None:
        self.beside = questions_of(page)
        self.fields |= {name: page_fields(page)[name] for name in self.names_beside}
        self.initial = {**initial_of(page, answers), **self.initial}

    @property
    def names_beside(self) -> Iterable[str]:
        return (name for name, _owner, _question, _place in self.beside)

    def said_beside(self, *, blanks: bool) -> dict[str, dict[str, Any]]:
        """Section -> key -> answer, as far as it is sound; a blank is None, or left out without ``blanks``."""
        said: dict[str, dict[str, Any]] = {}
        for name, owner, question, _place in self.beside:
            value = stored_value(self.cleaned_data.get(name), question)
            if value is not None or blanks:
                said.setdefault(owner.section, {})[owner.key] = value
        return said
