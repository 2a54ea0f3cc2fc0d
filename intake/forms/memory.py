"""Names to tick, class by class, for who does not remember which medicines they took."""

from collections.abc import Mapping
from typing import cast

from django import forms
from django.http import QueryDict

from intake.forms.fields import not_offered
from intake.forms.pages import SavedByPart
from intake.forms.widgets import CheckboxTiles
from intake.questionnaire.list_words import MemoryWords, NamesWords
from intake.questionnaire.memory import Remembered
from intake.questionnaire.page import Page

OTHERS, NONE = "others", "none"
ELSE, KNOWN = "else", "known"


class MemoryForm(SavedByPart):
    """``known`` are the keys of names that are entries already; ``typed`` shows again what was ticked."""

    def __init__(
        self,
        page: Page,
        known: Mapping[str, str],
        data: QueryDict | None = None,
        *,
        typed: QueryDict | None = None,
    ):
        self.page, self.known = page, known
        self.words = memory_words(page)
        posted = data if data is not None else typed
        #: those that were ticked when the page was made: to take such a tick away says something
        self.shown = set(known if posted is None else posted.get(KNOWN, "").split())
        super().__init__(data)
        for kind, title in self.words.kinds:
            rows = [row for row in self.words.rows if row.kind == kind]
            self.fields[kind] = _ticks(title, [(row.key, row.name) for row in rows], _below(rows))
            self.initial[kind] = [row.key for row in rows if row.key in known]
        choices = [(OTHERS, self.words.others), (NONE, self.words.none)]
        self.fields[ELSE] = _ticks(self.words.anything_else, choices, {})
        if typed is not None:
            self.initial = {name: typed.getlist(name) for name in self.fields}

    @property
    def classes(self) -> list[forms.BoundField]:
        return [self[kind] for kind, _title in self.words.kinds]

    @property
    def anything_else(self) -> forms.BoundField:
        return self[ELSE]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        # Who has named some already leaves their ticks where they are, and knows none of the others.
        if NONE in cleaned.get(ELSE, ()) and (self.ticked - self.shown or OTHERS in cleaned[ELSE]):
            self.add_error(ELSE, self.words.both)
        return self.cleaned_data

    @property
    def ticked(self) -> set[str]:
        return {key for kind, _title in self.words.kinds for key in self.cleaned_data.get(kind, ())}

    def added(self) -> list[Remembered]:
        """The names that are ticked now and are no entries yet."""
        return [row for row in self.words.rows if row.key in self.ticked and row.key not in self.known]

    def taken_back(self) -> set[str]:
        """The texts of the entries whose tick was taken away."""
        faulty = {key for kind in self.errors if kind in self.fields for key in self._keys(kind)}
        return {text for key, text in self.known.items() if key in self.shown - self.ticked - faulty}

    def _keys(self, kind: str) -> set[str]:
        return {row.key for row in self.words.rows if row.kind == kind}


def memory_words(page: Page) -> MemoryWords:
    """What the page of names that may help says, on a page that has one."""
    return cast(MemoryWords, cast(NamesWords, page.names).memory)


def _below(rows: list[Remembered]) -> dict[str, str]:
    return {row.key: row.below for row in rows}


def _ticks(label, choices: list, below: dict[str, str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=CheckboxTiles(hints=below),
        error_messages={"invalid_choice": not_offered(label)},
    )
