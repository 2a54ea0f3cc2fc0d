"""The page of what was told: the tick and the number of those whose names are not remembered."""

from collections.abc import Mapping
from typing import cast

from django import forms

from intake.fields import Field
from intake.forms.fields import form_field, mark_optional, name_of, not_offered
from intake.forms.follow_ups import following
from intake.forms.pages import SavedByPart, typed_in
from intake.forms.widgets import CheckboxTiles, RadioTiles
from intake.questionnaire.list_words import ListedWords, NamesWords
from intake.questionnaire.page import Page

OTHERS, HOW_MANY, YES = "others", "how_many", "yes"
ASKED = "asked"  # posted along: an older page did not ask this, and its silence says nothing


class ListedForm(SavedByPart):
    """``count`` is the number that is stored, None for none. No tick is 0; a number without one counts as new."""

    def __init__(self, page: Page, count: float | None, data: Mapping | None = None):
        self.page, self.words, self.count = page, listed_words(page), count
        self.owner = count_field(page)
        self.box = name_of(self.owner.section, self.owner.key)
        counts = [str(value) for value, _words in self.words.counts]
        chosen = f"{count:g}" if count and f"{count:g}" in counts else ""
        first = {
            OTHERS: [YES] * bool(count),
            HOW_MANY: chosen,
            self.box: count if count and not chosen else None,
        }
        super().__init__(data, initial=first)
        self.fields[OTHERS] = forms.MultipleChoiceField(
            label=self.words.any_others,
            choices=((YES, self.words.others),),
            required=False,
            widget=CheckboxTiles,
            error_messages={"invalid_choice": not_offered(self.words.any_others)},
        )
        self.fields[HOW_MANY] = forms.ChoiceField(
            label=self.words.how_many,
            choices=self.words.counts,
            required=False,
            widget=RadioTiles,
            error_messages={"invalid_choice": not_offered(self.words.how_many)},
        )
        self.fields[HOW_MANY].widget.layout = "clinic-chips"
        box = form_field(self.owner)
        box.label, box.help_text = self.words.box, ""
        mark_optional(box, False)
        self.fields[self.box] = box
        self.following = following((OTHERS, frozenset({YES}), name) for name in (HOW_MANY, self.box))
        if self.is_bound and typed_in(self[self.box].data) and self.box in self.errors:
            self.data = cast(dict, self.data).copy()
            self.data[OTHERS] = YES  # so that the fault is in sight

    def says_none(self) -> bool:
        """Whether neither a tick nor a number says that there were others."""
        said = (self.cleaned_data.get(name) for name in (OTHERS, HOW_MANY, self.box))
        return not any(said)

    def to_answers(self) -> dict[str, dict]:
        """The number as it is stored: None where others were ticked and nobody said how many."""
        if ASKED not in self.data:
            return {}
        ticked = YES in self.cleaned_data.get(OTHERS, ())
        chosen, written = self.cleaned_data.get(HOW_MANY) or "", self.cleaned_data.get(self.box)
        shown = self.initial[HOW_MANY], self.initial[self.box]
        number: float | None = written if written is not None else int(chosen) if chosen else None
        if not ticked and (number is None or (chosen, written) == shown):
            number = 0
        return {self.owner.section: {self.owner.key: number}}


def listed_words(page: Page) -> ListedWords:
    return cast(NamesWords, page.names).listed


def count_field(page: Page) -> Field:
    """The number beside the list of the page, of those whose names are not known."""
    return next(field for field in page.fields if field.key == listed_words(page).count_key)
