"""Form fields that stand for several stored ones: a list of ticks, and a blood pressure in one box.

A form that is posted with the stored fields themselves, as a page opened before a list was made of them posts, is
read as such: nothing that was typed is lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError

from intake.fields.kinds import Answers, Text
from intake.forms.fields import mark_optional, name_of, page_fields
from intake.forms.pressure_box import BOX, PressureStandIn
from intake.forms.several import SeveralField
from intake.forms.widgets import CheckboxTiles
from intake.forms.wishes import wishes_on
from intake.questionnaire.page import Page
from intake.questionnaire.ticks import NONE, UNSURE, TickList


class StandIn(Protocol):
    """Some ``fields``, by their names."""

    @property
    def fields(self) -> Mapping[str, forms.Field]: ...

    @property
    def places(self) -> Mapping[str, str]:
        """The name of a field that is not asked itself -> that of the one that stands in its place, if any."""

    def initial(self, answers: Answers) -> dict[str, Any]:
        """What the fields show, by their names; nothing for what was not answered."""

    def check(self, form: forms.Form) -> None:
        """Judge the cleaned values together."""

    def said(self, cleaned: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
        """Path -> answer, None for none; nothing where what is stored stays."""


class TicksField(SeveralField):
    """A list of ticks: "None of these" stands alone, apart from the one that says the same."""

    def __init__(self, ticks: TickList, beside: Iterable[str]):
        super().__init__(
            choices=ticks.rows,
            widget=CheckboxTiles(hints=dict(ticks.hints)),
            label=ticks.label,
            help_text=ticks.hint,
            required=False,
        )
        self.both, self.beside = ticks.both, frozenset(beside)
        mark_optional(self, False)

    def valid_value(self, value: object) -> bool:
        """A list may have been one with those beside it when its page was opened."""
        return value in self.beside or super().valid_value(value)

    def validate(self, value: list[str]) -> None:
        forms.MultipleChoiceField.validate(self, value)
        if NONE in value and set(value) - {NONE, UNSURE} and self.both:
            raise ValidationError(self.both, code="none_and_others")


class TicksStandIn:
    """The lists of one page that say things together; most pages have each on its own."""

    def __init__(self, *lists: TickList):
        self.lists = lists
        every = [value for each in lists for value, _words in each.rows]
        self.fields = {each.name: TicksField(each, every) for each in lists}
        self.places = {
            name_of(*path.split(".")): each.name if path == each.at else ""
            for each in lists
            for path in each.covers
        }

    def initial(self, answers: Answers) -> dict[str, Any]:
        ticked = self.lists[0].shown(answers)
        own = {each.name: [value for value, _words in each.rows if value in ticked] for each in self.lists}
        return {name: values for name, values in own.items() if values}

    def check(self, form: forms.Form) -> None:
        """Each list judges itself; "None of these" in one of them speaks for all."""
        ticked = {name: form.cleaned_data.get(name) or [] for name in self.fields}
        for each in self.lists:
            others = any(ticked[name] for name in self.fields if name != each.name)
            if NONE in ticked[each.name] and others and each.both and each.name not in form.errors:
                form.add_error(each.name, each.both)

    def said(self, cleaned: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
        if not self.fields.keys() <= cleaned.keys():
            return {}
        ticked = [value for name in self.fields for value in cleaned[name]]
        if set(ticked) == set(self.lists[0].shown(answers)):
            return {}
        return self.lists[0].said(ticked)


@cache
def stand_ins_of(page: Page) -> tuple[StandIn, ...]:
    """What stands for fields of ``page``; lists that mean the same answers are one."""
    together: dict[Any, list[TickList]] = {}
    for each in page.ticks:
        together.setdefault(each.said, []).append(each)
    found: list[StandIn] = [TicksStandIn(*lists) for lists in together.values()]
    if BOX[0] in page_fields(page):
        found.append(PressureStandIn(page_fields(page)))
    return tuple(found)


@cache
def covered(page: Page) -> frozenset[str]:
    """The names of the fields that others stand for."""
    return frozenset(name for each in stand_ins_of(page) for name in each.places)


@cache
def shown_fields(page: Page) -> dict[str, forms.Field]:
    """The fields of ``page`` as it shows them, its wishes last, shared as those of ``page_fields``."""
    places = {old: (new, each) for each in stand_ins_of(page) for old, new in each.places.items()}
    shown: dict[str, forms.Field] = {}
    for name, made in page_fields(page).items():
        new, stand_in = places.get(name, (name, None))
        if new:
            shown[new] = stand_in.fields[new] if stand_in else made
    return shown | wishes_on(page)


def shown_instead(stand_ins: Iterable[StandIn], answers: Answers) -> dict[str, Any]:
    """What fields show that stand for others, by their names."""
    return {name: value for each in stand_ins for name, value in each.initial(answers).items()}


def said_instead(
    stand_ins: Iterable[StandIn], cleaned: Mapping[str, Any], answers: Answers
) -> Iterator[tuple[str, str, Any]]:
    """(section, key, answer) of all that fields say which stand for others."""
    for each in stand_ins:
        for path, value in each.said(cleaned, answers).items():
            section, _dot, key = path.partition(".")
            yield section, key, value


@cache
def folded_on(page: Page) -> tuple[tuple[str, ...], Text]:
    """The names of the fields of ``page`` that are folded, and the words over them."""
    if page.fold is None:
        return (), ""
    return tuple(name_of(*path.split(".")) for path in page.fold.paths), page.fold.words
