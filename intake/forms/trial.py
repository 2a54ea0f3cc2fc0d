"""The first page of a medicine that was tried: how much, how long, what it did, and when it was taken."""

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import cast

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.entries import entry_of, kept_texts
from intake.forms.entry import EntryForm
from intake.forms.fields import form_field, mark_optional
from intake.forms.fold import Fold
from intake.forms.follow_ups import following
from intake.forms.meant import typed_in
from intake.questionnaire.amount_choices import (
    DOSE,
    EXACT,
    OTHER,
    TIME,
    Amounts,
    dose_choices,
    dose_chosen,
    time_chosen,
    usual_amounts,
    with_dose,
    with_time,
)
from intake.questionnaire.page import Page
from intake.questionnaire.when_taken import WHEN_TAKEN, when_taken, with_when

NAME = "drug"
FIRST = (DOSE.key, "dose_mg", TIME.key, "weeks", "improvement", WHEN_TAKEN.key)
BOXES = {"dose_mg": (DOSE.key, OTHER), "weeks": (TIME.key, EXACT)}  # each opens under an answer
OPENING = following((chosen, frozenset({opens}), box) for box, (chosen, opens) in BOXES.items())


class TrialForm(EntryForm):
    """The first page: amount, time, benefit, and when. The name is folded away where it is known.

    Amounts of a drug without a row are written at once. Answers to the questions of the second page are taken too
    where they come along: from a page that was open since both were one.
    """

    following = OPENING

    def __init__(
        self,
        page: Page,
        entry: Mapping | None,
        data: Mapping | None = None,
        *,
        today: date,
        unread: Mapping[str, str] | None = None,
    ):
        known = dict(entry or {})
        drug = known.get(NAME) or (data or {}).get(NAME)
        self.amounts = usual_amounts(drug)
        super().__init__(page, entry, _opened(data, self.amounts), today=today, unread=unread)
        made = {**self.fields, **choice_fields(), DOSE.key: dose_field(self.amounts)}
        named = bool(known.get(NAME)) and not (self.is_bound and not self.data.get(NAME))
        first = FIRST if self.amounts else FIRST[1:]
        order = (*first, NAME) if named else (NAME, *first)
        self.fields = {
            key: made[key] for key in (*order, *posted_beside(made, self.data, (*order, DOSE.key)))
        }
        self._show(known)
        shown = [Fold(_("Change the name"), key) if named and key == NAME else key for key in self.fields]
        self.helper = laid_out(self, shown)

    def _show(self, known: Mapping) -> None:
        """The choices that stand for what is stored; a box holds only what was written."""
        chosen = {
            DOSE.key: dose_chosen(known, self.amounts),
            TIME.key: time_chosen(known),
            WHEN_TAKEN.key: when_taken(known),
        }
        self.initial = {**self.initial, **chosen}
        for box, (key, opens) in BOXES.items():
            if key in self.fields:
                self.fields[box] = _relabelled(self.fields[box], box, offered=bool(self.amounts))
                if chosen[key] != opens:
                    self.initial.pop(box, None)

    def said(self, key: str) -> str:
        """What was chosen now, else ""."""
        return self.cleaned_data.get(key, "")

    def clean(self) -> dict:
        cleaned = super().clean()
        for box, (key, opens) in BOXES.items():
            if self.said(key) not in ("", opens):
                self.errors.pop(box, None)
                cleaned[box] = None
        return cleaned

    def to_entry(self) -> dict:
        return self._with_choices(super().to_entry())

    def to_sound_entry(self) -> dict:
        entry = super().to_sound_entry()
        return self._with_choices(entry) if entry else entry

    def _with_choices(self, entry: Mapping) -> dict:
        entry = with_time(with_dose(entry, self.said(DOSE.key)), self.said(TIME.key))
        if chosen := self.said(WHEN_TAKEN.key):
            entry = with_when(entry, chosen)
        return {part.key: entry[part.key] for part in self.page.list_field.parts if part.key in entry}

    def _entry(self) -> dict:
        return merged(self)


def _opened(data: Mapping | None, amounts: Amounts) -> Mapping | None:
    """``data`` with each written amount chosen as such, and one that is not offered here in its box."""
    if data is None:
        return None
    opened = cast(dict, data.copy())  # type: ignore[attr-defined]  # of a dict and of a QueryDict
    offered = dict.fromkeys(str(value) for value, _words in dose_choices(amounts))
    dose = opened.get(DOSE.key, "")
    if dose and dose not in offered and not typed_in(opened.get("dose_mg")):
        opened["dose_mg"] = dose
    if dose not in offered:
        opened[DOSE.key] = ""
    for box, (key, opens) in BOXES.items():
        if typed_in(opened.get(box)) and not opened.get(key):
            opened[key] = opens
    return opened


def merged(form: EntryForm) -> dict:
    """The entry with what the form's page says; what it does not ask stays as it was."""
    texts = kept_texts(form, {name: name for name in form.fields})
    return entry_of(form.page.list_field, form.cleaned_data, texts, form.stored, form.fields.keys())


def laid_out(form: EntryForm, shown: Iterable[object]):
    """The form's buttons with ``shown`` above them; what opens under an answer stands there."""
    made = copy.copy(form.helper)
    made.layout = Layout(*(each for each in shown if not (isinstance(each, str) and form.is_follow_up(each))))
    return made


@cache
def choice_fields() -> Mapping[str, forms.Field]:
    """How long, and when, in a few answers each."""
    time = form_field(TIME)
    time.widget.layout = "clinic-pairs"
    return {TIME.key: time, WHEN_TAKEN.key: form_field(WHEN_TAKEN)}


@cache
def dose_field(amounts: Amounts) -> forms.Field:
    made = form_field(replace(DOSE, choices=dose_choices(amounts)))
    made.widget.layout = "clinic-chips"
    return made


def _relabelled(made: forms.Field, box: str, *, offered: bool) -> forms.Field:
    """A box that stands under a question of the same words says them no second time.

    Where amounts are ``offered``, who does not remember has an answer beside the box, and it is no Spravato.
    """
    own = copy.copy(made)
    own.label = {"dose_mg": _("How much, in mg in one day?"), "weeks": _("How long, exactly?")}[box]
    mark_optional(own, False)
    if box == "weeks":
        own.help_text = _("For example, 8 weeks or 3 months.")
    elif offered:
        own.help_text = _("For a patch, the mg in 24 hours.")
    return own


def posted_beside(made: Mapping[str, forms.Field], data: Mapping | None, shown: Collection[str]) -> list[str]:
    """The keys of what came along though this page does not ask it."""
    return [key for key in made if key in (data or {}) and key not in shown]
