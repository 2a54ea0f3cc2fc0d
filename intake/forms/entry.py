"""The form of one entry of a list: one medicine, one therapy, one allergy."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from intake.forms.checking import on_day
from intake.forms.entries import check_months, entry_of, fitted, kept_texts, shown_entry, stale_texts
from intake.forms.fields import entry_fields
from intake.forms.pages import SavedByPart, helper, typed_in
from intake.questionnaire.page import Page


class EntryForm(SavedByPart):
    """``entry`` is what is stored of it so far."""

    helper = helper(submit=_("Continue"))
    keeps_blanks = True

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
        return self.cleaned_data

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
        known = {**(self.stored or entry), **filled}
        stale = stale_texts(self.page.list_field, known, entry)
        return {key: value for key, value in known.items() if key not in stale}
