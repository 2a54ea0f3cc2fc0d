"""One page of a questionnaire: what stands on it, and what is folded away there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from intake.fields import Field
from intake.fields.kinds import Text
from intake.questionnaire.list_words import FollowUp, ListWords, NamesWords, RowsWords
from intake.questionnaire.ticks import TickList

REMIND = "remind"  # the wish to be reminded of a form that was begun


@dataclass(frozen=True, slots=True)
class Fold:
    """Questions of a page (``paths``) that few answer: they stand last, folded under ``words``."""

    words: Text = field(compare=False)
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page: ``slug`` in the address, ``heading`` (the question), ``hint``, the fields it asks.

    ``title`` tells it from every other page that the same person is asked.
    ``entries`` is the one list field of a page on which things are added one at a time, or None.
    ``wishes`` names what it asks that is no answer of the questionnaire: the language to speak, and REMIND.
    ``stamps`` is what is written into stamped fields, by their keys; the others take the day.
    """

    slug: str
    section: str
    heading: Text
    hint: Text
    fields: tuple[Field, ...]
    entries: Field | None
    title: Text = ""
    words: ListWords | None = None
    stamps: Mapping[str, str] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    fold: Fold | None = None
    ticks: tuple[TickList, ...] = ()

    @property
    def list_field(self) -> Field:
        """``entries`` of a page that has a list."""
        return cast(Field, self.entries)

    @property
    def list_words(self) -> ListWords:
        """``words`` of a page that has a list."""
        return cast(ListWords, self.words)

    @property
    def names(self) -> NamesWords | None:
        """What a list says that begins with the names of its entries, None for all others."""
        return self.words.names if self.words else None

    @property
    def rows(self) -> RowsWords | None:
        """What a list says whose first entries are written on its own page, None for all others."""
        return self.words.rows if self.words else None

    @property
    def follow_up(self) -> FollowUp | None:
        """The second page of the entries of a list that have one, None for all others."""
        return self.words.follow_up if self.words else None
