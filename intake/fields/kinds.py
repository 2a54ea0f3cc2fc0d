"""What a field of the intake is: its kinds, the values it may hold, who reads it, when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from intake.scales import Scale

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise
else:
    from django.utils.functional import Promise as StrPromise

Text: TypeAlias = str | StrPromise  # a lazy one is read in the language that is active then
Answers = Mapping[str, Any]  # section -> key -> value, and ``today`` beside the sections
Choices = tuple[tuple[str | int, Text], ...]
Condition = Callable[[Answers], bool]


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"  # YYYY-MM-DD
    MONTH = "month"  # YYYY-MM, or YYYY
    NUMBER = "number"
    CHOICE = "choice"  # one of ``choices``
    MANY = "many"  # a list of ``choices``
    TRUE = "true"  # a box that is ticked, or nothing
    ITEMS = "items"  # a list of fixed ``length``, each one of ``choices``
    GROUP = "group"  # an object of ``parts``
    ENTRIES = "entries"  # a list of objects of ``parts``


class Written(StrEnum):
    """How a text is written: what a phone offers while it is typed, and how it is judged."""

    WORDS = "words"
    EXACT = "exact"  # each letter counts: the name of a medicine, a code
    NAME = "name"  # of a person or a place: no dictionary knows better
    PHONE = "phone"
    EMAIL = "email"


class Reader(StrEnum):
    """Who at the clinic reads an answer."""

    CLINIC = "everyone at the clinic who works on this intake"
    SUBSTANCE_USE = "staff allowed to read substance-use answers (42 CFR Part 2)"
    RECORDS = "staff who keep records"


SHORT = 500  # characters of one line
LONG = 10_000  # characters of free text

YES_NO = (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("Not sure")))
YES_NO_DECLINED = (("yes", _("Yes")), ("no", _("No")), ("declined", _("I prefer not to answer")))


@dataclass(frozen=True, slots=True)
class Always:
    """Asked of everyone."""

    def __call__(self, answers: Answers) -> bool:
        return True


always = Always()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an intake, as in docs/interchange.md.

    ``section`` and ``key`` are the names in the interchange format. ``choices`` are pairs of the value
    stored and the words shown. ``page`` is the slug of the patient's page that asks it. ``asked_when``
    tells from the answers so far whether it is asked at all; that of a part of an entry reads the entry.
    ``stamped`` fields are written by the product when their page is saved, not typed. ``unasked`` ones only
    documents carry, or the reading of what was typed beside a number: no page asks them. ``scale`` is the instrument an answer belongs to. ``low`` and ``high`` are the contract's bounds;
    ``skipped_as`` is what a sent intake holds where an earlier answer left the question out.
    ``empty_when`` is when it holds an empty list.
    ``choices`` of a text are offered while it is typed, and stored by their first word.
    ``kept_as`` is an answer that stays in it where an earlier answer was changed so that it would be left out.
    ``missing`` is what a required text is asked for with when it was left blank; ``unit`` is that of a number.
    ``short`` names the field in its errors. In an entry, ``typed_as`` is the key of the text from which a number was read, and ``chosen_as`` the choice
    of a range instead of one.
    ``stem`` is said above the question.
    ``written`` says how a text is. ``most_typed`` and ``max_length`` are what a page takes, to catch slips of the thumb.
    """

    section: str = ""
    key: str
    kind: Kind
    question: Text
    page: str = ""
    hint: Text = ""
    choices: Choices = ()
    parts: tuple[Field, ...] = ()
    length: int = 0
    low: float = 0
    high: float | None = None
    most_typed: float | None = None
    max_length: int = 0
    written: Written = Written.WORDS
    required: bool = False
    nullable: bool = False
    stamped: bool = False
    unasked: bool = False
    patient_data: bool = True
    reader: Reader = Reader.CLINIC
    asked_when: Condition = always
    skipped_as: str = ""
    empty_when: Condition | None = None
    kept_as: str = ""
    missing: Text = ""
    unit: str = ""
    short: Text = ""
    typed_as: str = ""
    chosen_as: Field | None = None
    stem: Text = ""
    scale: Scale | None = None
    screen: str = ""

    @property
    def path(self) -> str:
        return f"{self.section}.{self.key}"

    @property
    def by_hand(self) -> bool:
        """Whether a person gives the answer on a page."""
        return not (self.stamped or self.unasked)

    @property
    def values(self) -> tuple[str | int, ...]:
        return tuple(value for value, _words in self.choices)

    def words(self, value: str | int) -> Text:
        """The words a person reads for a stored ``value``; the value itself where none are declared."""
        return next((words for known, words in self.choices if known == value), str(value))


def text(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return Field(
        key=key, kind=Kind.TEXT, page=page, question=question, hint=hint, **{"max_length": SHORT, **more}
    )


def long_text(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return Field(
        key=key, kind=Kind.LONG_TEXT, page=page, question=question, hint=hint, **{"max_length": LONG, **more}
    )


def exact(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return text(key, page, question, hint, written=Written.EXACT, **more)


def name(key: str, page: str, question: Text, **more: Any) -> Field:
    return text(key, page, question, written=Written.NAME, **more)


def phone(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return text(key, page, question, hint, written=Written.PHONE, **{"short": question, **more})


def date(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return Field(key=key, kind=Kind.DATE, page=page, question=question, hint=hint, **more)


def month(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return Field(key=key, kind=Kind.MONTH, page=page, question=question, hint=hint, **more)


def number(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return Field(key=key, kind=Kind.NUMBER, page=page, question=question, hint=hint, **more)


def yes_no(key: str, page: str, question: Text, hint: Text = "", **more: Any) -> Field:
    return Field(
        key=key, kind=Kind.CHOICE, page=page, question=question, hint=hint, **{"choices": YES_NO, **more}
    )


def choice(key: str, page: str, question: Text, choices: Choices, hint: Text = "", **more: Any) -> Field:
    return Field(key=key, kind=Kind.CHOICE, page=page, question=question, hint=hint, choices=choices, **more)


def many(key: str, page: str, question: Text, choices: Choices, hint: Text = "", **more: Any) -> Field:
    return Field(key=key, kind=Kind.MANY, page=page, question=question, hint=hint, choices=choices, **more)


def group(key: str, question: Text, *parts: Field, **more: Any) -> Field:
    return Field(key=key, kind=Kind.GROUP, question=question, parts=parts, **more)


def entries(key: str, page: str, question: Text, *parts: Field, **more: Any) -> Field:
    return Field(
        key=key,
        kind=Kind.ENTRIES,
        page=page,
        question=question,
        parts=tuple(replace(part, page=page) for part in parts),
        **more,
    )


def section(name: str, *fields: Field, **common: Any) -> tuple[Field, ...]:
    """The fields of one section, with its name and what they have in common."""
    return tuple(replace(field, section=name, **common) for field in fields)
