"""Turns an instrument's data into fields, its wording shown in the reader's language and never reworded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from intake.fields.kinds import Choices, Condition, Field, Kind, Text, always
from intake.scales import Item, Option, Scale


def in_reader_language(choose: Callable[[str], str]) -> Text:
    """``choose(language)``, called when the words are read: official wording is not for translators."""
    return lazy(lambda: choose(get_language() or "en"), str)()


def wording(words: Item | Option) -> Text:
    return in_reader_language(words.in_language)


def title_of(scale: Scale) -> Text:
    return in_reader_language(lambda language: scale.title.get(language) or scale.title["en"])


def stem_of(scale: Scale) -> Text:
    return in_reader_language(lambda language: scale.stem.get(language) or scale.stem["en"])


def hint_of(scale: Scale, item: Item) -> Text:
    """The item's own stem, where it has one beside the scale's, and its help text."""

    def choose(language: str) -> str:
        stem = "" if item.stem == scale.stem else item.stem_in(language)
        return " ".join(filter(None, (stem, item.help_in(language))))

    return in_reader_language(choose)


def options_of(scale: Scale, item: Item) -> Choices:
    return tuple((option.value, wording(option)) for option in item.options or scale.options)


def items(
    key: str,
    page: str,
    scale: Scale,
    length: int,
    *,
    follow_up: tuple[str, Condition] | None = None,
    stem_again: tuple[int, ...] = (),
    shorts: tuple[Text, ...] = (),
    **more: Any,
) -> Field:
    """A list of ``length`` answers, one per numbered item of ``scale``, each a code or null.

    With ``follow_up``, a page and a condition, all items but the first stand there. ``stem_again`` are the items
    above which the stem is said once more, ``shorts`` names each item in its errors.
    """
    places: list[tuple[str, Condition]] = [(page, always), *[follow_up or (page, always)] * (length - 1)]
    required = more.get("required", False)
    parts = tuple(
        replace(
            _item(scale, scale.item(str(number)), *place, required=required),
            stem=stem_of(scale) if number in stem_again else "",
            short=shorts[number - 1] if shorts else "",
        )
        for number, place in enumerate(places, start=1)
    )
    return Field(
        key=key,
        kind=Kind.ITEMS,
        page=page,
        question=title_of(scale),
        parts=parts,
        length=length,
        scale=scale,
        nullable=True,
        **more,
    )


def _item(scale: Scale, item: Item, page: str, condition: Condition, *, required: bool) -> Field:
    return Field(
        key=item.key,
        kind=Kind.CHOICE,
        page=page,
        asked_when=condition,
        question=wording(item),
        hint=hint_of(scale, item),
        choices=options_of(scale, item),
        scale=scale,
        required=required,
    )


def yes_no_items(key: str, page: str, scale: Scale, length: int, *, choices: Choices, **more: Any) -> Field:
    """A list of ``length`` yes-or-no answers, one per numbered item of ``scale``."""
    field = items(key, page, scale, length, **more)
    parts = tuple(replace(part, choices=choices) for part in field.parts)
    return replace(field, parts=parts, nullable=False)


def one_item(key: str, page: str, scale: Scale, item_key: str, **more: Any) -> Field:
    """One item of ``scale`` as a field of its own."""
    item = scale.item(item_key)
    return Field(
        key=key,
        kind=Kind.CHOICE,
        page=page,
        question=wording(item),
        hint=hint_of(scale, item),
        scale=scale,
        **{"choices": options_of(scale, item), **more},
    )


def screen_parts(
    scale: Scale,
    pages: dict[str, tuple[str, Condition]],
    *,
    choices: Choices,
    hints: Mapping[str, Text],
    shorts: Mapping[str, Text],
) -> tuple[Field, ...]:
    """The items of a suicide-risk screen; each must be answered, if only by declining.

    ``hints`` and ``shorts`` are by item.
    """
    more = {"choices": choices, "required": True, "kept_as": "yes"}
    parts = (
        one_item(key, page, scale, key, asked_when=condition, **more)
        for key, (page, condition) in pages.items()
    )
    return tuple(replace(part, hint=hints.get(part.key, part.hint), short=shorts[part.key]) for part in parts)
