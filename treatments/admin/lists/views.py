"""The line of views above a list, and the chosen filters as chips that a click takes off again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.filters import ListFilter
from django.contrib.admin.views.main import ChangeList
from django.http import QueryDict

from intake.fields.kinds import Text

SHOW = "show"  # the filter that makes the views


@dataclass(frozen=True, slots=True)
class View:
    """A link to the list with other filters; ``number`` None where it is not counted."""

    words: Text
    url: str
    selected: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter: its words, and the address without it."""

    title: Text
    words: Text
    url: str


class ListFrame:
    """What stands above a list, from its filters; ``numbers`` are of the views, by what they show."""

    def __init__(
        self, changes: ChangeList, numbers: Mapping[str, int] | None = None, saved: Iterable[View] = ()
    ):
        self.changes = changes
        self.numbers = numbers or {}
        self.saved = list(saved)

    @cached_property
    def choices(self) -> list[tuple[ListFilter, list[Mapping[str, Any]]]]:
        return [(spec, list(spec.choices(self.changes))) for spec in self.changes.filter_specs]

    @cached_property
    def views(self) -> list[View]:
        """What the list may show; the filters that are chosen stay."""
        return [*self._shown(), *self.saved]

    def _shown(self) -> Iterator[View]:
        for spec, choices in self.choices:
            if _is_show(spec):
                keys = [str(key) for key, _words in getattr(spec, "lookup_choices", ())]
                keys = [""] * (len(choices) - len(keys)) + keys  # Django's own "All" has none
                for key, choice in zip(keys, choices, strict=True):
                    selected = choice["selected"] and not any(view.selected for view in self.saved)
                    yield View(choice["display"], choice["query_string"], selected, self.numbers.get(key))

    @cached_property
    def filters(self) -> list[ListFilter]:
        """The others, which stand in one fold."""
        return [spec for spec, _choices in self.choices if not _is_show(spec)]

    @cached_property
    def chips(self) -> list[Chip]:
        """Of the folded filters those that are chosen: the first choice of each is all."""
        return [
            Chip(spec.title or "", choice["display"], choices[0]["query_string"])
            for spec, choices in self.choices
            if not _is_show(spec)
            for choice in choices[1:]
            if choice["selected"]
        ]


def _is_show(spec: ListFilter) -> bool:
    return getattr(spec, "parameter_name", "") == SHOW


def kept_query(asked: QueryDict, known: Callable[[str], bool]) -> str:
    """Of the address of a list what a saved view keeps: its filters and its order, in one order, and no words.

    ``known`` says whether a parameter is a filter of the list.
    """
    kept = [(key, value) for key in sorted(asked) if known(key) for value in asked.getlist(key)]
    return urlencode(kept)
