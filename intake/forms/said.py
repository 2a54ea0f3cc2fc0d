"""The form in which staff write down what somebody says: the patient form's own questions, each of which may stay open.

"Does not know" stands beside every choice, and the person's own words under a yes. What is told whole is taken
as far as it got.
"""

import copy
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from intake.fields import BY_PATH, FIELDS, Field, Kind
from intake.fields.conditions import When
from intake.fields.kinds import LONG, Text
from intake.forms.asked_again import AskedForm
from intake.forms.asked_blocks import Block, Slot
from intake.forms.fields import name_of, questions_of, stored_value
from intake.forms.rendered import ClinicRenderer
from intake.forms.typed_fields import TypedText
from intake.forms.widgets import CheckboxTiles, RadioTiles
from intake.questionnaire import amendments, telling
from intake.questionnaire.amendments import NOT_SURE
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.page import Page

DECLINED = "declined"
WORDS = "words"
# The field of words that the dictionary has beside a question: path -> path.
BESIDE: Mapping[str, str] = {
    row.asked_when.path: row.path
    for row in FIELDS
    if row.kind is Kind.LONG_TEXT and isinstance(row.asked_when, When) and "yes" in row.asked_when.values
}


class StaffRenderer(ClinicRenderer):
    """Our widgets, placed by the admin's own templates."""

    bound_field_class = BoundField  # type: ignore[assignment]  # Django's own


@dataclass(slots=True)
class Line:
    """One question as the page shows it; ``words`` is the box beside it, None for none."""

    asked: BoundField
    words: BoundField | None
    reason: bool = False


@dataclass(slots=True)
class Shown:
    """One field of the dictionary as the page shows it; ``block`` holds the entries of a list."""

    path: str
    lines: list[Line] = field(default_factory=list)
    block: Block | None = None
    in_full: bool = False
    title: Text = ""


class SaidForm(AskedForm):
    """``in_full``: whether the person can be asked word for word; else nothing of what is told whole is taken."""

    default_renderer = StaffRenderer()
    pages = (*amendments.PAGES, INTAKE.help_page)

    def __init__(self, paths: Iterable[str], *args: Any, in_full: bool = True, **kwargs: Any):
        chosen = list(dict.fromkeys(paths))
        self.in_full = in_full
        self.words_of: dict[str, str] = {}  # the name of a question -> that of the box beside it
        self.named: dict[str, list[str]] = {path: [] for path in chosen}
        beside = [BESIDE[path] for path in chosen if path in BESIDE and BESIDE[path] not in chosen]
        super().__init__([*chosen, *beside], *args, **kwargs)
        if self.posted is not None and not self.is_bound:
            self._fill_lists()

    def _add_questions(self, page: Page) -> None:
        for name, owner, question, place in questions_of(page):
            if owner.path not in self.paths or name in self.fields:
                continue
            self.fields[name] = self._made(page, name, question)
            if owner.path not in self.named:
                continue  # the words beside a question
            self.named[owner.path].append(name)
            if owner.path in BESIDE and BESIDE[owner.path] not in self.named:
                self.words_of[name] = name_of(*BESIDE[owner.path].split("."))
            elif place is None and (owner.path in telling.NEEDS_REASON or "yes" in question.values):
                self._add_words(name, reason=owner.path in telling.NEEDS_REASON)

    def _fill_lists(self) -> None:
        """A list that was not on the page when it was sent shows its entries, not the blanks of what was typed."""
        for block in self.blocks:
            if block.entries is not None and f"{block.add}-count" not in (self.posted or {}):
                for slot in block.slots:
                    for name in (*slot.names.values(), slot.remove):
                        self.initial.pop(name, None)
                self.initial.pop(f"{block.add}-count", None)

    def _given_list(self, owner: Field, slots: Iterable[Slot]) -> dict[str, list]:
        """Nothing of a list that was not on the page: it was not emptied."""
        count = f"{name_of(owner.section, owner.key)}-count"
        return super()._given_list(owner, slots) if count in self.data else {}

    def _add_words(self, name: str, *, reason: bool) -> None:
        self.words_of[name] = name_of(WORDS, name)
        label = _("Why it changes") if reason else _("In the person’s words")
        self.fields[self.words_of[name]] = TypedText(
            label=label, required=False, max_length=LONG, widget=forms.TextInput({"autocomplete": "off"})
        )

    def _made(self, page: Page, name: str, question: Field) -> forms.Field:
        return for_staff(super()._made(page, name, question), question)

    def _slot(self, owner: Field, title: Text, place: int, stored: list[dict]) -> Slot:
        slot = super()._slot(owner, title, place, stored)
        for part in owner.parts:
            if name := slot.names.get(part.key):
                self.fields[name] = for_staff(self.fields[name], part)
        return slot

    # --- Judging -----------------------------------------------------------------------------------------

    def _check_any(self) -> None:
        """Nothing has to be answered."""

    def _check_questionnaire(self, owner: Field, cleaned: Mapping) -> None:
        """What is told whole has no gap; of anything else each question may stay open."""
        if not telling.is_in_full(owner) or owner.kind not in (Kind.ITEMS, Kind.GROUP):
            return
        gap = telling.first_gap(owner, {**self.answers, **telling.as_given(super().to_answers())})
        if gap:
            place = [part.key for part in owner.parts].index(gap)
            tail = gap if owner.kind is Kind.GROUP else place
            self.add_error(
                name_of(owner.section, owner.key, tail), _("Ask this one first: they are asked in order.")
            )

    def _known_items(self, owner: Field) -> list:
        return [None] * owner.length if telling.is_in_full(owner) else super()._known_items(owner)

    def _stored(self, name: str, question: Field) -> object:
        said = self.cleaned_data.get(name)
        return said if said == NOT_SURE and question.kind is Kind.CHOICE else stored_value(said, question)

    def to_answers(self) -> dict[str, object]:
        """As of ``AskedForm``; of what is told whole only what was reached, "not_sure" for who does not know."""
        given = super().to_answers()
        answers = {**self.answers, **telling.as_given(given)}
        for path in self.paths:
            owner = BY_PATH[path]
            if not telling.is_in_full(owner):
                continue
            kept = telling.reached(owner, answers) if self.in_full else []
            if owner.kind is Kind.GROUP:
                for part in owner.parts:
                    if part.key not in kept:
                        given.pop(f"{path}.{part.key}", None)
            elif isinstance(items := given.pop(path, None), list):
                items = [
                    item if part.key in kept else None for item, part in zip(items, owner.parts, strict=True)
                ]
                if any(item is not None for item in items):
                    given[path] = items
        return given

    def notes(self, given: Mapping[str, object]) -> dict[str, str]:
        """Leaf path -> what was said beside the answer, for those ``given`` whose words have no field of their own."""
        found = {}
        for name, words in self.words_of.items():
            path = name.replace("-", ".")
            if words.startswith(WORDS) and path in given and self.cleaned_data.get(words):
                found[path] = self.cleaned_data[words]
        return found

    @property
    def typed_in_full(self) -> bool:
        """Whether anything was answered that only the person alone may be asked."""
        full = [path for path in self.named if telling.is_in_full(BY_PATH[path])]
        return any(self.cleaned_data.get(name) for path in full for name in self.named[path])

    def faulty(self, within: Callable[[str], bool]) -> bool:
        """Whether something is wrong with a field (by its path) that is ``within``."""
        return any(
            name.startswith((name_of(*path.split(".")), name_of(WORDS, *path.split("."))))
            for path in self.paths
            if within(path)
            for name in self.errors
        )

    # --- Showing -----------------------------------------------------------------------------------------

    def shown(self, path: str, entries: Collection[tuple[str, int]] = ()) -> Shown:
        """``entries`` (path, place) of lists stand open."""
        owner = BY_PATH[path]
        shown = Shown(path, in_full=telling.is_in_full(owner), title=owner.question)
        for name in self.named[path]:
            words = self.words_of.get(name)
            shown.lines.append(Line(self[name], self[words] if words else None, path in telling.NEEDS_REASON))
        shown.block = next((block for block in self.blocks if block.entries is owner), None)
        for slot in shown.block.slots if shown.block else ():
            slot.is_open = slot.is_open or (path, slot.place) in entries
        return shown


def for_staff(made: forms.Field, question: Field) -> forms.Field:
    """Choices as the admin shows them, with "does not know" among those of one answer; any other field as it is."""
    if not isinstance(made, forms.ChoiceField) or not isinstance(made.widget, RadioTiles | CheckboxTiles):
        return made
    own = copy.copy(made)
    many = isinstance(made.widget, CheckboxTiles)
    own.widget = forms.CheckboxSelectMultiple() if many else forms.RadioSelect()
    # The last one takes back what was chosen by mistake: without a script no radio does.
    own.choices = [*made.choices] if many else [*said_choices(question), ("", _("Leave open"))]  # type: ignore[misc]
    return own


def said_choices(question: Field) -> list[tuple[str, Text]]:
    """The answers to one question as staff choose from them: who does not know says so, to any but a scale's."""
    said = {NOT_SURE: _("Does not know"), DECLINED: _("Would not say")}
    choices = [(str(value), said.get(str(value), words)) for value, words in question.choices]
    if {"yes", "no"} <= set(question.values) or not question.scale:
        choices = [(value, words) for value, words in choices if value not in said]
        declined = DECLINED in question.values
        choices.append((NOT_SURE, said[NOT_SURE]))
        choices += [(DECLINED, said[DECLINED])] if declined else []
    return choices
