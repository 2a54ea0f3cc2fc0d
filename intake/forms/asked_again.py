"""The form of the questions a clinic asks after sending: only the asked fields, on one page, by topic.

A question left blank keeps the answer that was given, and so does a questionnaire left blank as a whole; of
one that was begun each required item is needed. Stored answers are not shown (whoever knows a reference
and a birth date should not read an intake), apart from the entries of an asked list: an entry
can only be completed or taken out by who sees it.
"""

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.document import MOST_ENTRIES
from intake.fields import BY_PATH, Answers, Field, Kind
from intake.fields.kinds import Text
from intake.fields.lookup import answer
from intake.forms.asked_blocks import Block, Slot
from intake.forms.checking import check_dates, check_pressure, on_day
from intake.forms.entries import check_months, entry_of, fitted, kept_texts, said, shown_entry
from intake.forms.fields import (
    form_field,
    item_list,
    mark_optional,
    name_of,
    page_fields,
    questions_of,
    required_error,
    stored_value,
)
from intake.forms.rendered import ClinicForm
from intake.questionnaire import amendments
from intake.questionnaire.page import Page

SHOWN = "shown"  # the conditional questions that the page showed, so that newly brought-up ones are seen


class AskedForm(ClinicForm):
    """Built from the dictionary for ``paths`` alone: nothing else that is POSTed is even looked at.

    ``kept`` are the answers (leaf path -> answer) that were taken before, beside a fault. ``typed`` shows
    again what was typed, without judging it: somebody adds an entry to a list.
    """

    #: where questions are looked for
    pages: tuple[Page, ...] = amendments.PAGES

    def __init__(
        self,
        paths: Iterable[str],
        answers: Answers,
        data: Mapping | None = None,
        *,
        today: date,
        typed: Mapping | None = None,
        kept: Mapping[str, object] | None = None,
    ):
        super().__init__(data)
        self.today = today
        self.paths, self.answers, self.kept = frozenset(paths), answers, kept or {}
        self.posted = data if data is not None else typed
        self.blocks: list[Block] = []
        self.conditional: list[str] = []
        for page in self.pages:
            self._add_questions(page)
            if page.entries is not None and page.entries.path in self.paths:
                self._add_list(page)
        self.fields[SHOWN] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=" ".join(self.conditional), max_length=2_000
        )
        if typed is not None:
            self.initial = {
                name: made.widget.value_from_datadict(typed, {}, name)
                for name, made in self.fields.items()
                if name != SHOWN
            }
        for block in self.blocks:
            block.fields = [self[name] for name in block.names]
            for slot in block.slots:
                slot.fields = [self[name] for name in (*slot.names.values(), slot.remove) if name]
                slot.is_open = slot.is_open or any(each.errors for each in slot.fields)

    @property
    def shows_entries(self) -> bool:
        """Whether an entry that was given before stands on the page."""
        return any(slot.remove for block in self.blocks for slot in block.slots)

    # --- Building ------------------------------------------------------------------------------------

    def _add_questions(self, page: Page) -> None:
        names = []
        for name, owner, question, _place in questions_of(page):
            if owner.path not in self.paths:
                continue
            if owner.kind is Kind.GROUP and not question.asked_when(self._as_answered(owner)):
                continue
            if owner.kind is Kind.GROUP and page.slug != self._first_page(owner):
                self.conditional.append(name)
            self.fields[name] = self._made(page, name, question)
            names.append(name)
        if names:
            self.blocks.append(Block(page.heading, page.hint, names))

    def _made(self, page: Page, name: str, question: Field) -> forms.Field:
        made = on_day(copy.copy(page_fields(page)[name]), self.today)
        made.required = False
        mark_optional(made, not question.required)
        return made

    def _first_page(self, owner: Field) -> str:
        return owner.parts[0].page

    def _as_answered(self, owner: Field) -> dict:
        """The answers with what was just chosen in ``owner``'s own parts: a yes brings up its follow-ups."""
        chosen = dict(answer(self.answers, owner.path) or {})
        for part in owner.parts:
            given = (self.posted or {}).get(name_of(owner.section, owner.key, part.key))
            if given in part.values:
                chosen[part.key] = given
        section = {**self.answers.get(owner.section, {}), owner.key: chosen}
        return {**self.answers, owner.section: section}

    def _add_list(self, page: Page) -> None:
        owner = page.list_field
        stored = self._entries(owner)
        list_name = name_of(owner.section, owner.key)
        count = f"{list_name}-count"
        places = max(len(stored), 1)
        if self.posted is not None:
            counted = self.posted.get(count, "")
            places = (
                int(counted) if counted.isascii() and counted.isdecimal() and len(counted) <= 3 else places
            )
            places = min(max(places, len(stored)) + (self.posted.get("add") == list_name), MOST_ENTRIES)
        self.fields[count] = forms.CharField(widget=forms.HiddenInput, required=False, initial=str(places))
        block = Block(page.heading, page.hint, [], owner, list_name)
        for place in range(places):
            block.slots.append(self._slot(owner, page.list_words.entry, place, stored))
        self.blocks.append(block)

    def _slot(self, owner: Field, title: Text, place: int, stored: list[dict]) -> Slot:
        known = stored[place] if place < len(stored) else {}
        slot = Slot(place, title, {}, is_open=not known)
        shown = shown_entry(owner, known)
        for part in (each for each in owner.parts if each.by_hand):
            name = slot.names[part.key] = name_of(owner.section, owner.key, place, part.key)
            drug = (self.posted or {}).get(name_of(owner.section, owner.key, place, "drug"))
            made = fitted(part, form_field(part), drug, _("Send my answers"))
            self.fields[name] = on_day(made, self.today)
            self.fields[name].required = False
            self.fields[name].initial = shown.get(part.key)
        if known:
            first = owner.parts[0]
            slot.title = first.words(known.get(first.key, "")) if first.choices else known.get(first.key, "")
            slot.remove = name_of(owner.section, owner.key, place, "remove")
            self.fields[slot.remove] = forms.BooleanField(
                label=_("Take this one out of the list"), required=False
            )
        return slot

    def _entries(self, owner: Field) -> list[dict]:
        return answer(self.answers, owner.path) or []

    # --- Judging the shape ---------------------------------------------------------------------------

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        check_dates(self, self.today)
        check_pressure(self, cleaned)
        for path in self.paths:
            self._check_questionnaire(BY_PATH[path], cleaned)
        shown = (cleaned.get(SHOWN) or "").split()
        for name in self.conditional:
            if name not in shown and name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, _("Your answer brings up one more question: please answer this too"))
        for block in self.blocks:
            if block.entries is not None:
                for slot in block.slots:
                    self._check_slot(block.entries, slot, cleaned)
        self._check_any()
        return cleaned

    def _check_any(self) -> None:
        if not self.errors and not self.to_answers() and not self.kept:
            self.add_error(None, _("Answer at least one question, or send us a message instead"))

    def _check_questionnaire(self, owner: Field, cleaned: Mapping) -> None:
        """Nothing of it was answered, or all that is required of it."""
        if owner.kind not in (Kind.ITEMS, Kind.GROUP):
            return
        answered, needed = False, []
        for page in self.pages:
            for name, asked, question, place in questions_of(page):
                if asked.path != owner.path or name not in self.fields or name in self.errors:
                    continue
                if cleaned.get(name) not in (None, "") or self._was_kept(owner, question, place):
                    answered = True
                elif question.required:
                    needed.append(name)
        for name in needed if answered else ():
            self.add_error(name, self.fields[name].error_messages["required"])

    def _was_kept(self, owner: Field, question: Field, place: int | None) -> bool:
        if place is None:
            return self.kept.get(f"{owner.path}.{question.key}") is not None
        items: Any = self.kept.get(owner.path) or [None] * owner.length
        return items[place] is not None

    def _check_slot(self, owner: Field, slot: Slot, cleaned: dict) -> None:
        if cleaned.get(slot.remove) or not self._entry(owner, slot, cleaned):
            return
        for part in owner.parts:
            name = slot.names.get(part.key, "")
            if part.required and name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, required_error(part))
        check_months(self, owner, slot.names, self.today)

    # --- What was answered -------------------------------------------------------------------------------

    def to_answers(self) -> dict[str, object]:
        """What was answered: leaf path -> answer. What is blank, faulty or kept already is not in it."""
        given: dict[str, object] = {}
        items: dict[str, list] = {}
        for page in self.pages:
            for name, owner, question, place in questions_of(page):
                if name not in self.fields:
                    continue
                value = self._stored(name, question)
                if value is None:
                    continue
                if place is not None:
                    items.setdefault(owner.path, self._known_items(owner))[place] = value
                elif owner.kind is Kind.GROUP:
                    given[f"{owner.path}.{question.key}"] = value
                else:
                    given[owner.path] = value
        for path, answers in items.items():
            # A list that can't hold a gap waits until each of its items is clear.
            if BY_PATH[path].nullable or not self._faulty(path):
                given[path] = item_list(BY_PATH[path], answers)
        for block in self.blocks:
            if block.entries is not None and not self._faulty(block.entries.path):
                given |= self._given_list(block.entries, block.slots)
        return {
            path: given[path]
            for path in amendments.leaves(amendments.in_order(self.paths))
            if path in given and given[path] != self.kept.get(path)
        }

    def _stored(self, name: str, question: Field) -> object:
        return stored_value(self.cleaned_data.get(name), question)

    def _known_items(self, owner: Field) -> list:
        """The items that those answered now are laid over: a required questionnaire is answered anew."""
        if owner.path in self.kept or not owner.required:
            return list(answer(self.answers, owner.path) or [None] * owner.length)
        return [None] * owner.length

    def _faulty(self, path: str) -> bool:
        """Whether a field of the list at ``path`` has an error."""
        start = name_of(*path.split("."), "")
        return any(name.startswith(start) for name in self.errors)

    def _given_list(self, owner: Field, slots: Iterable[Slot]) -> dict[str, list]:
        """The whole list as it is now; nothing where it was left as it was."""
        stored, now = self._entries(owner), []
        for slot in slots:
            entry = self._entry(owner, slot, self.cleaned_data)
            if not entry or self.cleaned_data.get(slot.remove):
                continue
            known = stored[slot.place] if slot.place < len(stored) else None
            same = known is not None and said(known, owner) == said(entry, owner)
            now.append(known if same else entry)
        return {owner.path: now} if now != stored else {}

    def _entry(self, owner: Field, slot: Slot, cleaned: Mapping) -> dict:
        """The slot's entry as stored, amounts left blank as null; {} where nothing was filled in."""
        stored = self._entries(owner)
        known = stored[slot.place] if slot.place < len(stored) else {}
        given = {key: cleaned.get(name) for key, name in slot.names.items()}
        entry = entry_of(owner, given, kept_texts(self, slot.names), known)
        return entry if said(entry, owner) else {}
