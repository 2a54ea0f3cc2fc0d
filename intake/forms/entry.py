"""The form of one entry of a list: one medicine, one therapy, one allergy."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from intake.forms.checking import on_day
from intake.forms.entries import check_months, entry_of, fitted, kept_texts, shown_entry, stale_texts
from intake.forms.fields import entry_fields
from intake.forms.pages import TYPED_BEFORE, SavedByPart, helper, typed_in
from intake.forms.widgets import parts_of
from intake.questionnaire.page import Page


class EntryForm(SavedByPart):
    """``entry`` is what is stored of it so far."""

    helper = helper(submit=_("Continue"))
    keeps_blanks = True
    #: the names of the boxes whose words can't be read and were sent once more: they are kept as typed
    meant: frozenset[str] = frozenset()

    def __init__(self, page: Page, entry: Mapping | None, data: Mapping | None = None, *, today: date):
        self.today = today
        self.page, self.stored = page, dict(entry or {})
        super().__init__(data, initial=shown_entry(page.list_field, entry or {}))
        self.heading = page.list_words.entry
        self.fields = dict(entry_fields(page))
        for part in page.list_field.parts:
            if part.by_hand:
                made = fitted(part, self.fields[part.key], (data or {}).get("drug"))
                self.fields[part.key] = on_day(made, today)

    def clean(self) -> dict:
        super().clean()
        check_months(self, self.page.list_field, {name: name for name in self.fields}, self.today)
        self.meant = frozenset(filter(self._is_meant, list(self.errors)))
        for name in self.meant:
            del self.errors[name]
            self.cleaned_data[name] = None
        return self.cleaned_data

    def _is_meant(self, name: str) -> bool:
        """Whether the box holds the same words that could not be read before, and has a place for them."""
        known = self.stored.get(self._texts.get(name, ""), "") if self.stored.get(name) is None else ""
        typed = self._typed(name)
        return self._is_unread(name) and typed in (known, self.data.get(TYPED_BEFORE + name, "").strip())

    def _is_unread(self, name: str) -> bool:
        return name in self._texts and self.has_error(name, "invalid")

    def _typed(self, name: str) -> str:
        return parts_of(self[name].data)[0].strip()

    @property
    def _texts(self) -> dict[str, str]:
        """The key of a number -> that of the text beside it."""
        return {part.key: part.typed_as for part in self.page.list_field.parts if part.typed_as}

    def typed_before(self) -> list[tuple[str, str]]:
        """What a page that comes back holds unseen: whoever sends the same words again means them."""
        return [(TYPED_BEFORE + name, self._typed(name)) for name in self.errors if self._is_unread(name)]

    def is_empty(self) -> bool:
        """Whether nothing was typed and nothing chosen."""
        return not any(typed_in(self[name].data) for name in self.fields)

    def to_entry(self) -> dict:
        """The entry as stored."""
        return self._entry()

    def _entry(self) -> dict:
        texts = kept_texts(self, {name: name for name in self.fields})
        return entry_of(self.page.list_field, self.cleaned_data, texts, self.stored)

    def to_sound_entry(self) -> dict:
        """The entry with what is sound on a page that is not finished; {} where nothing was filled in."""
        entry = self.to_entry()
        filled = {key: value for key, value in entry.items() if value is not None}
        if not filled:
            return {}
        known = {**(self.stored or entry), **filled, **dict.fromkeys(self.meant)}
        stale = stale_texts(self.page.list_field, known, entry)
        return {key: value for key, value in known.items() if key not in stale}
