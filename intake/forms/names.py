"""The names of a list, before any detail: a box for each, and what may be chosen where none is known."""

import re
import secrets
from collections.abc import Mapping
from typing import cast

from django import forms
from django.utils.text import format_lazy

from intake.document import MOST_ENTRIES
from intake.fields import Field
from intake.fields.characters import seen
from intake.fields.kinds import Text
from intake.forms.fields import mark_optional, not_offered, typed_text
from intake.forms.pages import SavedByPart
from intake.forms.typed_fields import TypedText
from intake.forms.widgets import RadioTiles
from intake.questionnaire.list_words import NEVER, NamesWords
from intake.questionnaire.page import Page

BOXES = 3  # at first, and those that are added
INSTEAD, BOX_COUNT, STEM = "instead", "boxes", "stem"
ADD = "add"
_STEM = re.compile(r"[0-9a-f]{14}")


class NamesForm(SavedByPart):
    """``typed`` shows again what was typed, without judging it; with ``add`` in it there are more boxes.

    ``known`` is how many entries there are, for who adds to them: nothing need be written then, or chosen instead.
    ``stem`` is what the keys of this page's entries begin with: sent twice, it writes each name in the same place.
    ``is_fresh``: nothing was told, typed or chosen yet, so that all but the stem is the same for everybody.
    """

    def __init__(
        self,
        page: Page,
        data: Mapping[str, str] | None = None,
        *,
        typed: Mapping[str, str] | None = None,
        never: bool = False,
        known: int = 0,
    ):
        self.known = known
        self.page, self.words = page, cast(NamesWords, page.names)
        self.posted: Mapping[str, str] = data or typed or {}
        stem = self.posted.get(STEM, "")
        self.stem = stem if _STEM.fullmatch(stem) else secrets.token_hex(7)
        self.is_fresh = not (self.posted or known or never)
        before = box_count(page, self.posted)
        self.count = min(before + BOXES * (ADD in self.posted), MOST_ENTRIES)
        shown = {name: self.posted.get(name, "") for name in box_names(page, self.count)}
        super().__init__(data, initial={**shown, INSTEAD: self.posted.get(INSTEAD, NEVER * never)})
        part = name_part(page)
        for number, name in enumerate(shown, known + 1):
            self.fields[name] = _box(part, format_lazy(self.words.box, number=number))
        if self.count > before:
            self.fields[f"{part.key}-{before + 1}"].widget.attrs["autofocus"] = True
        if known:
            return
        self.fields[INSTEAD] = forms.ChoiceField(
            label=self.words.instead,
            choices=self.words.choices,
            required=False,
            widget=RadioTiles,
            error_messages={"invalid_choice": not_offered(self.words.instead)},
        )

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != INSTEAD]

    @property
    def may_add(self) -> bool:
        return self.count < MOST_ENTRIES

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        typed, chosen = bool(self.names()), cleaned.get(INSTEAD)
        if typed and chosen == NEVER:
            self.add_error(INSTEAD, self.words.both)
        elif not (typed or chosen or self.known or self.errors):
            self.add_error(next(iter(self.fields)), self.words.nothing)
        return self.cleaned_data

    def names(self) -> dict[str, str]:
        """The names that can be kept: key of the entry -> name."""
        boxes = enumerate(box_names(self.page, self.count), 1)
        typed = {number: self.cleaned_data.get(name) or "" for number, name in boxes}
        return {f"{self.stem}{number:02x}": name for number, name in typed.items() if seen(name)}

    @property
    def chosen(self) -> str:
        """What was chosen and can be kept."""
        return self.cleaned_data.get(INSTEAD, "")


def name_part(page: Page) -> Field:
    """The part of an entry that is its name."""
    key = cast(NamesWords, page.names).key
    return next(part for part in page.list_field.parts if part.key == key)


def _box(part: Field, label: Text) -> TypedText:
    made = typed_text(part, {"label": label, "help_text": "", "required": False, "error_messages": {}})
    mark_optional(made, False)
    return made


def box_names(page: Page, count: int) -> list[str]:
    """The names of the first ``count`` boxes."""
    return [f"{name_part(page).key}-{number}" for number in range(1, count + 1)]


def box_count(page: Page, posted: Mapping[str, str]) -> int:
    """How many boxes a page had, of which ``posted`` came."""
    said = posted.get(BOX_COUNT, "")
    told = int(said) if said.isascii() and said.isdecimal() and len(said) <= 3 else 0
    filled = [number for number, name in enumerate(box_names(page, MOST_ENTRIES), 1) if name in posted]
    return min(max(BOXES, told, *filled), MOST_ENTRIES)
