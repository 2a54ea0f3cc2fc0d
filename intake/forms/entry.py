"""The form of one entry of a list: one medicine, one therapy, one allergy."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from intake.forms.checking import on_day
from intake.forms.entries import check_months, entry_of, fitted, kept_texts, shown_entry, stale_texts
from intake.forms.fields import entry_fields
from intake.forms.meant import typed_in
from intake.forms.pages import SavedByPart, helper
from intake.questionnaire.page import Page


class EntryForm(SavedByPart):
    """``entry`` is what is stored of it so far, ``unread`` the words kept beside it: key of a question -> words."""

    helper = helper(submit=_("Continue"))
    keeps_blanks = True

    def __init__(
        self,
        page: Page,
        entry: Mapping | None,
        data: Mapping | None = None,
        *,
        today: date,
        unread: Mapping[str, str] | None = None,
    ):
        self.today = today
        self.page, self.stored = page, dict(entry or {})
        super().__init__(data, initial=shown_entry(page.list_field, entry or {}))
        self.unread = {**(unread or {}), **self._unread_texts()}
        self.heading = page.list_words.entry
        self.fields = dict(entry_fields(page))
        for part in page.list_field.parts:
            if part.by_hand:
                made = fitted(part, self.fields[part.key], (data or {}).get("drug"))
                self.fields[part.key] = on_day(made, today)
        self.show_unread()

    def clean(self) -> dict:
        super().clean()
        check_months(self, self.page.list_field, {name: name for name in self.fields}, self.today)
        self.keep_meant()
        return self.cleaned_data

    def is_unread(self, name: str) -> bool:
        """Beside an amount its text has a place in the entry, where only what could not be read stands."""
        return super().is_unread(name) and (name not in self._texts or self.has_error(name, "invalid"))

    @property
    def _texts(self) -> dict[str, str]:
        """The key of a number -> that of the text beside it."""
        return {part.key: part.typed_as for part in self.page.list_field.parts if part.typed_as}

    def _unread_texts(self) -> dict[str, str]:
        return {
            key: self.stored[text]
            for key, text in self._texts.items()
            if self.stored.get(key) is None and self.stored.get(text)
        }

    def to_unread(self) -> dict[str, str]:
        """What is to be kept as typed beside the entry, by the key of its question; see ``newly_unread``."""
        found = self.newly_unread(blanks=True)
        return {name: words for name, words in found.items() if name not in self._texts}

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
        known = {**(self.stored or entry), **filled, **dict.fromkeys(self.meant & self._texts.keys())}
        stale = stale_texts(self.page.list_field, known, entry)
        return {key: value for key, value in known.items() if key not in stale}
