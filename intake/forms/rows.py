"""The first entries of a list on its own page, a row each, under the answer to whether there are any."""

import copy
import re
import secrets
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy

from intake.document import MOST_ENTRIES
from intake.fields import Answers, Field
from intake.fields.kinds import Text
from intake.forms.beside import BesideList
from intake.forms.fields import entry_fields, mark_optional, stored_value
from intake.forms.follow_ups import following
from intake.forms.meant import typed_in
from intake.forms.more import more_field
from intake.forms.pages import SavedByPart
from intake.questionnaire.list_words import RowsWords
from intake.questionnaire.page import Page

ROWS, STEM, ADD, MORE = "rows", "stem", "add", "more"
FIRST = 2  # rows, and those that are added
_STEM = re.compile(r"[0-9a-f]{14}")


class AddField(forms.Field):
    """The button for more rows, among the rows: it shows where they do."""

    widget = forms.Widget

    def __init__(self, words: Text):
        super().__init__(label=words, required=False, template_name="clinic/forms/add.html")


class RowsForm(BesideList, SavedByPart):
    """``typed`` shows again what was typed, without judging it; with ``add`` in it there are more rows.

    ``stem`` is what the keys of this page's entries begin with: sent twice, it writes each in the same place.
    ``question`` takes the place of the list's own. ``answers`` are the ones stored so far. ``is_fresh``: nothing was
    told, typed or chosen yet, beside the list either, so that all but the stem is the same for everybody.
    """

    keeps_blanks = True

    def __init__(
        self,
        page: Page,
        data: Mapping[str, str] | None = None,
        *,
        answers: Answers,
        typed: Mapping[str, str] | None = None,
        question: Text = "",
        chosen: str = "",
    ):
        self.page, self.words = page, cast(RowsWords, page.rows)
        self.parts = [part for part in page.list_field.parts if part.key in self.words.labels]
        posted: Mapping[str, str] = data or typed or {}
        stem = posted.get(STEM, "")
        self.stem = stem if _STEM.fullmatch(stem) else secrets.token_hex(7)
        before = _count(self.parts, posted)
        self.count = min(before + FIRST * (ADD in posted), MOST_ENTRIES)
        super().__init__(data, initial=dict(posted) if typed is not None else {})
        self.initial = {name: posted.get(name, "") for name in self.initial}
        self.fields[MORE] = copy.copy(more_field(page, False))
        if question:
            self.fields[MORE].label = question
        self.initial.setdefault(MORE, chosen)
        if ADD in posted:
            self.initial[MORE] = "yes"
        for number in range(1, self.count + 1):
            for part in self.parts:
                self.fields[f"{part.key}-{number}"] = self._box(part, number)
        if self.count > before:
            self.fields[f"{self.parts[0].key}-{before + 1}"].widget.attrs["autofocus"] = True
        if self.count < MOST_ENTRIES:
            self.fields[ADD] = AddField(self.words.more)
        self.following = following((MORE, frozenset({"yes"}), name) for name in self.fields if name != MORE)
        self.ask_beside(page, answers)
        told = posted or question or chosen
        self.is_fresh = not told and self.initial.keys().isdisjoint(self.names_beside)

    def _box(self, part: Field, number: int) -> forms.Field:
        label = format_lazy(self.words.labels[part.key], number=number)
        if part.key in self.words.ticks:
            return forms.BooleanField(label=label, required=False)
        made = copy.copy(entry_fields(self.page)[part.key])
        made.widget = copy.deepcopy(made.widget)
        made.label, made.required, made.help_text = label, False, part.hint if number == 1 else ""
        vars(made)["named"] = label
        mark_optional(made, False)
        return made

    @property
    def questions(self) -> list[tuple[str, Field]]:
        """The name of each box with what it asks, and of each question beside the list."""
        numbers = range(1, self.count + 1)
        rows = [(f"{part.key}-{number}", part) for number in numbers for part in self.parts]
        return rows + [(name, question) for name, _owner, question, _place in self.beside]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        chosen, entries = cleaned.get(MORE), self.entries()
        first = self.parts[0].key
        for number in range(1, self.count + 1):
            row = self._row(number)
            if row and not row.get(first) and f"{first}-{number}" not in self.errors:
                self.add_error(f"{first}-{number}", format_lazy(self.words.unnamed, number=number))
        if chosen == "yes" and not entries and not self.errors:
            self.add_error(f"{first}-1", self.words.nothing)
        if self.errors and any(typed_in(self[name].data) for name in self.following.by_name):
            self.data = cast(dict, self.data).copy()
            self.data[MORE] = "yes"  # so that a fault is in sight
        return self.cleaned_data

    @property
    def chosen(self) -> str:
        return self.cleaned_data.get(MORE) or ""

    def _row(self, number: int) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for part in self.parts:
            said = self.cleaned_data.get(f"{part.key}-{number}")
            ticked = part.key in self.words.ticks
            value = ("yes" if said else None) if ticked else stored_value(said, part)
            if value is not None:
                row[part.key] = value
        return row

    def entries(self) -> dict[str, dict[str, Any]]:
        """The rows that have a name: key of the entry -> entry. What they say counts, whatever was chosen above."""
        rows = {f"{self.stem}{number:02x}": self._row(number) for number in range(1, self.count + 1)}
        return {key: row for key, row in rows.items() if row.get(self.parts[0].key)}


def is_rows(page: Page, posted: Mapping[str, str]) -> bool:
    """Whether ``posted`` came from the page with rows."""
    return page.rows is not None and ROWS in posted


def _count(parts: list[Field], posted: Mapping[str, str]) -> int:
    said = posted.get(ROWS, "")
    told = int(said) if said.isascii() and said.isdecimal() and len(said) <= 3 else 0
    filled = [
        number
        for number in range(1, MOST_ENTRIES + 1)
        if any(f"{part.key}-{number}" in posted for part in parts)
    ]
    return min(max(FIRST, told, *filled), MOST_ENTRIES)
