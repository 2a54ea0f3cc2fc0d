"""Answers as people read them back: for checking before sending, for the printed record, for staff."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake.fields import Answers, Field, Kind, Reader
from intake.questionnaire.amounts import amount_in_words


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer in words; ``answer`` is "" where there is none.

    ``before`` is what was sent where an amendment changed it, else "".
    """

    question: str
    answer: str
    path: str
    reader: Reader = Reader.CLINIC
    before: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one page or section; ``entries`` are the rows of each entry of its list."""

    title: str
    rows: list[Row]
    entries: list[list[Row]] = attribute(default_factory=list)
    slug: str = ""

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(row.answer) for rows in (self.rows, *self.entries) for row in rows)


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks of one section of the task list; ``unfinished`` while a required answer is missing.

    ``skipped`` counts the questions without an answer, boxes for words apart.
    """

    title: str
    blocks: list[Block]
    unfinished: bool
    skipped: int = 0

    @property
    def answered(self) -> int:
        return sum(block.answered for block in self.blocks)


def in_words(question: Field, value: Any) -> str:
    """A stored ``value`` as words; "" for none."""
    match value:
        case None:
            return ""
        case True:
            return _("Yes")
        case list() if question.kind is Kind.MANY:
            return ", ".join(str(question.words(entry)) for entry in value) or _("None of these")
        case str() if question.kind is Kind.DATE:
            try:
                return date_format(date.fromisoformat(value))
            except ValueError:
                return value
        case str() if question.kind is Kind.MONTH and len(value) == len("2026-11"):
            return date_format(date.fromisoformat(f"{value}-01"), "YEAR_MONTH_FORMAT")
    if question.kind is Kind.CHOICE:
        return str(question.words(value))
    return str(value)


def rows(fields: Iterable[Field], answers: Answers) -> Iterator[Row]:
    """A row for each question of ``fields``; for a list of entries only where there are none."""
    for field in fields:
        stored = answers.get(field.section, {}).get(field.key)
        if field.kind is Kind.ITEMS:
            for place, part in enumerate(field.parts):
                value = stored[place] if stored else None
                yield Row(str(part.question), in_words(part, value), f"{field.path}[{place}]", field.reader)
        elif field.kind is Kind.GROUP:
            for part in field.parts:
                value = (stored or {}).get(part.key)
                yield Row(str(part.question), in_words(part, value), f"{field.path}.{part.key}", field.reader)
        elif field.unasked and stored is None:
            continue
        elif field.kind is not Kind.ENTRIES:
            yield Row(str(field.question), in_words(field, stored), field.path, field.reader)
        elif not stored:
            yield Row(str(field.question), "" if stored is None else _("None"), field.path, field.reader)


def entry_rows(field: Field, entry: Mapping[str, Any]) -> list[Row]:
    """The rows of one entry of a list."""
    return [
        Row(str(part.question), in_entry(part, entry), f"{field.path}.{part.key}", field.reader)
        for part in field.parts
        if not part.unasked
    ]


def in_entry(part: Field, entry: Mapping[str, Any]) -> str:
    """The answer to one question of an entry; a number stands beside the text from which it was read."""
    if part.chosen_as and (chosen := entry.get(part.chosen_as.key)):
        return in_words(part.chosen_as, chosen)
    return amount_in_words(part, entry) if part.typed_as else in_words(part, entry.get(part.key))


def entry_blocks(field: Field, answers: Answers) -> list[list[Row]]:
    return [entry_rows(field, entry) for entry in answers.get(field.section, {}).get(field.key) or ()]


def with_words(row: Row, words: str | None) -> Row:
    """The row, with the person's own ``words`` where it has no answer."""
    if row.answer or not words:
        return row
    return replace(row, answer=_("“%(words)s”, as written") % {"words": words})


def with_kept_words(blocks: Iterable[Block], kept_as_typed: Mapping[str, str]) -> list[Block]:
    """The blocks with what is no answer and was kept as typed: path, as the interchange format has it -> words."""
    if not kept_as_typed:
        return [*blocks]
    return [
        replace(
            block,
            rows=[with_words(row, kept_as_typed.get(row.path)) for row in block.rows],
            entries=[
                [with_words(row, kept_as_typed.get(_placed(row.path, place))) for row in rows]
                for place, rows in enumerate(block.entries)
            ],
        )
        for block in blocks
    ]


def _placed(path: str, place: int) -> str:
    """The path of an entry's answer with its place in the list."""
    owner, _dot, key = path.rpartition(".")
    return f"{owner}[{place}].{key}"


def path_of(owner: Field, place: int) -> str:
    """The path of the answer to ``owner``'s question at ``place``."""
    match owner.kind:
        case Kind.ITEMS:
            return f"{owner.path}[{place}]"
        case Kind.GROUP:
            return f"{owner.path}.{owner.parts[place].key}"
    return owner.path
