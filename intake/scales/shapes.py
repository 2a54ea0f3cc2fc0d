"""The shapes an instrument's data takes once it is loaded: scale, item, option, band and level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Texts = Mapping[str, str]
"""Wording by language code, such as {"en": ..., "es": ...}; English is there whenever any is."""


def wording(texts: Texts, language: str) -> str:
    """The text in this language, else in English, else ""."""
    return texts.get(language) or texts.get("en", "")


@dataclass(frozen=True, slots=True)
class Row:
    """What every row of an instrument carries beside its own content.

    `source` is the full citation, each part opened by its key: "P1: ...; L2: ...".
    `unverified` names the parts of the row that still need a look at the owner's own page, such as
    "loinc", "es", "help", "yes_means", or "row" for all of it.
    """

    key: str
    text: Texts
    source: str
    reviewed: date
    unverified: frozenset[str]

    def in_language(self, language: str) -> str:
        """The wording in this language, in English where it has none."""
        return wording(self.text, language)

    @property
    def verified(self) -> bool:
        """True when no part of the row still needs checking."""
        return not self.unverified


@dataclass(frozen=True, slots=True)
class Coded(Row):
    """A row that may have a LOINC code; None where no source was seen for one."""

    loinc: str | None


@dataclass(frozen=True, slots=True)
class Option(Coded):
    """One choice of answer. `value` is what a document stores: a number of points, or a word."""

    value: int | str


@dataclass(frozen=True, slots=True)
class Level(Coded):
    """One result of a scale that is read from its answers and not added up, such as "high"."""


@dataclass(frozen=True, slots=True)
class Band(Row):
    """A named range of totals, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Item(Coded):
    """One question.

    `stem` stands before the question and is the scale's own unless the item has another.
    `options` are the item's own or the scale's; empty where the answer is a number.
    `asked_when` maps an earlier item's key to the answers that bring this one up; any match will do,
    and an empty mapping means always asked.
    `yes_means` is the key of the level that a yes stands for, where the scale has levels.
    """

    stem: Texts
    help: Texts
    options: tuple[Option, ...]
    scored: bool
    asked_when: Mapping[str, tuple[str, ...]]
    yes_means: str | None

    def help_in(self, language: str) -> str:
        """The help text in this language, in English where it has none, "" where there is no help."""
        return wording(self.help, language)

    def stem_in(self, language: str) -> str:
        """The stem in this language, in English where it has none, "" where there is no stem."""
        return wording(self.stem, language)

    def is_asked(self, answers: Mapping[str, object]) -> bool:
        """Whether these answers (item key -> value) bring the question up."""
        if not self.asked_when:
            return True
        return any(answers.get(key) in values for key, values in self.asked_when.items())


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole instrument, in the order its owner gives it.

    `cut_offs` are totals at or above which something holds; the data file names each.
    `notice` is the owner's copyright line and must stay with the text, "" where none is due.
    `unverified` names what still needs checking of the scale as such: "panel_loinc", "license".
    """

    key: str
    title: Texts
    stem: Texts
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    levels: tuple[Level, ...]
    cut_offs: Mapping[str, int]
    panel_loinc: str | None
    total_loinc: str | None
    source: str
    license: str
    notice: str
    note: str
    reviewed: date
    unverified: frozenset[str]

    @property
    def verified(self) -> bool:
        """True when nothing about the scale as such still needs checking; rows carry their own marks."""
        return not self.unverified

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that count."""
        return tuple(item for item in self.items if item.scored)

    @property
    def maximum(self) -> int:
        """The highest total: the most points each scored item can give, a yes giving one, added up."""
        return sum(max((_points(option) for option in item.options), default=0) for item in self.scored_items)

    def item(self, key: str) -> Item:
        """The item with this key; KeyError if the scale has none."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(f"{self.key} has no item {key!r}")

    def asked(self, answers: Mapping[str, object]) -> tuple[Item, ...]:
        """The items that these answers (item key -> value) bring up, in order."""
        return tuple(item for item in self.items if item.is_asked(answers))

    def band_of(self, total: int) -> str:
        """The key of the band that holds this total; ValueError outside every band."""
        for band in self.bands:
            if band.low <= total <= band.high:
                return band.key
        raise ValueError(f"{self.key} has no band for a total of {total}")


def _points(option: Option) -> int:
    if isinstance(option.value, int):
        return option.value
    return 1 if option.value == "yes" else 0
