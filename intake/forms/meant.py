"""Words that can't be read as an answer: they come back once, and who sends them again means them."""

from collections.abc import Mapping

from django import forms

from intake.fields.characters import storable
from intake.forms.pressure_box import PressureField
from intake.forms.typed_fields import TypedEmail, TypedMonth, TypedNumber
from intake.forms.widgets import DatePartsField, parts_of

TYPED_BEFORE = "typed-"  # hidden: what the page was sent with before
READ = TypedNumber | TypedMonth | TypedEmail | DatePartsField | PressureField
LONGEST = 200  # letters that are kept of a box meant for a few


def typed_in(data) -> bool:
    return any(str(part or "").strip() for part in (data if isinstance(data, list | tuple) else [data]))


class KeptAsTyped(forms.Form):
    """A form whose optional answers hold nobody up: unread words that are sent twice are kept as typed.

    ``unread`` are those that were kept so far: name -> words. ``meant`` are the names of those that are kept now:
    they are no fault, and no answer.
    """

    unread: Mapping[str, str] = {}
    meant: frozenset[str] = frozenset()

    def show_unread(self) -> None:
        """In a box without an answer stands what was kept of it."""
        for name, words in self.unread.items():
            if name in self.fields and not typed_in(self.initial.get(name)):
                date = isinstance(self.fields[name], DatePartsField)
                self.initial[name] = [words, "", ""] if date else words

    def keep_meant(self) -> None:
        """Once all is checked: what is meant is no fault any more."""
        self.meant = frozenset(filter(self._is_meant, list(self.errors)))
        for name in self.meant:
            del self.errors[name]
            self.cleaned_data.setdefault(name, None)

    def _is_meant(self, name: str) -> bool:
        words = self.words_in(name)
        known = self.unread.get(name, ""), self.data.get(TYPED_BEFORE + name, "").strip()
        return self.is_unread(name) and words in known and len(words) <= LONGEST and storable(words)

    def is_unread(self, name: str) -> bool:
        """Whether the box holds words that are no answer, and needs none."""
        made = self.fields.get(name)
        return isinstance(made, READ) and not made.required and bool(self.words_in(name))

    def words_in(self, name: str) -> str:
        data = self[name].data
        boxes = data if isinstance(data, list) else parts_of(data)[:1]
        return " ".join(filter(None, (str(box or "").strip() for box in boxes)))

    def typed_before(self) -> list[tuple[str, str]]:
        """What a page that comes back holds unseen: name and words."""
        return [(TYPED_BEFORE + name, self.words_in(name)) for name in self.errors if self.is_unread(name)]

    def newly_unread(self, *, blanks: bool) -> dict[str, str]:
        """What is to be kept by name, "" where words are no more: an answer took their place, or with ``blanks`` nothing."""
        gone = {
            name: ""
            for name in self.unread
            if name in self.fields
            and name not in self.errors
            and (self.cleaned_data.get(name) is not None or (blanks and not self.words_in(name)))
        }
        return gone | {name: self.words_in(name) for name in self.meant}
