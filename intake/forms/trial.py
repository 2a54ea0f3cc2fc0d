"""The two pages of a medicine that was tried: what it did, and what is asked of this depression alone."""

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.entries import entry_of, kept_texts
from intake.forms.fields import form_field
from intake.forms.fold import Fold
from intake.forms.pages import EntryForm
from intake.questionnaire.list_words import FollowUp
from intake.questionnaire.shape import Page
from intake.questionnaire.when_taken import PARTS, WHEN_TAKEN, when_taken, with_when

FIRST = ("dose_mg", "weeks", "improvement", WHEN_TAKEN.key)
NAME = "drug"
MONTHS = ("started", "stopped")


class TrialForm(EntryForm):
    """The first page: amount, time, benefit, and when. The name is folded away where it is known.

    Answers to the questions of the second page are taken too where they come along: from a page that was open
    since both were one.
    """

    def __init__(self, page: Page, entry: Mapping | None, data: Mapping | None = None, *, today: date):
        super().__init__(page, entry, data, today=today)
        made = {**self.fields, WHEN_TAKEN.key: when_field()}
        named = bool(self.stored.get(NAME)) and not (self.is_bound and not (data or {}).get(NAME))
        order = (*FIRST, NAME) if named else (NAME, *FIRST)
        self.fields = {key: made[key] for key in (*order, *_posted(made, data, order))}
        self.initial[WHEN_TAKEN.key] = when_taken(self.stored)
        shown = [Fold(_("Change the name"), key) if named and key == NAME else key for key in self.fields]
        self.helper = laid_out(self, shown)

    @property
    def chosen(self) -> str:
        """When it was taken, as it was said now, else ""."""
        return self.cleaned_data.get(WHEN_TAKEN.key, "")

    def to_entry(self) -> dict:
        entry = super().to_entry()
        return self._in_order(with_when(entry, self.chosen)) if self.chosen else entry

    def to_sound_entry(self) -> dict:
        entry = super().to_sound_entry()
        return self._in_order(with_when(entry, self.chosen)) if entry and self.chosen else entry

    def _entry(self) -> dict:
        return merged(self)

    def _in_order(self, entry: Mapping) -> dict:
        return {part.key: entry[part.key] for part in self.page.list_field.parts if part.key in entry}


class FollowUpForm(EntryForm):
    """The second page: of what is still taken its warning signs are asked, of all else why it was stopped."""

    def __init__(self, page: Page, entry: Mapping | None, data: Mapping | None = None, *, today: date):
        super().__init__(page, entry, data, today=today)
        still = self.stored.get(PARTS[0]) == "yes"
        elsewhere = ("stopped_because", "stopped") if still else ("warning_signs",)
        words = follow_up_of(page)
        made = {key: self.fields[key] for key in words.keys}
        shown = [key for key in words.keys if key not in elsewhere]
        self.fields = {key: made[key] for key in (*shown, *_posted(made, data, shown))}
        for key, question in words.questions.items():
            if key in self.fields:
                self.fields[key] = copy.copy(self.fields[key])
                self.fields[key].label = question
        months = [key for key in self.fields if key in MONTHS]
        title = _("Add the month you started it") if still else _("Add when you started and stopped it")
        self.helper = laid_out(
            self, [*(key for key in self.fields if key not in months), Fold(title, *months)]
        )

    def _entry(self) -> dict:
        return merged(self)


def follow_up_of(page: Page) -> FollowUp:
    """The second page of the page's entries, on a page that has one."""
    if page.follow_up is None:
        raise ValueError(f"{page.slug} asks an entry on one page")
    return page.follow_up


def entry_form(name: str, page: Page) -> type[EntryForm]:
    """The form of an entry's page with this name: ``entry`` for its own, ``more`` for the second."""
    if page.follow_up is None:
        return EntryForm
    return FollowUpForm if name == "more" else TrialForm


def merged(form: EntryForm) -> dict:
    """The entry with what the form's page says; what it does not ask stays as it was."""
    texts = kept_texts(form, {name: name for name in form.fields})
    return entry_of(form.page.list_field, form.cleaned_data, texts, form.stored, form.fields.keys())


def laid_out(form: EntryForm, shown: Iterable[object]):
    made = copy.copy(form.helper)
    made.layout = Layout(*shown)
    return made


@cache
def when_field() -> forms.Field:
    return form_field(WHEN_TAKEN)


def _posted(made: Mapping[str, forms.Field], data: Mapping | None, shown: Iterable[str]) -> list[str]:
    return [key for key in made if key in (data or {}) and key not in shown]
