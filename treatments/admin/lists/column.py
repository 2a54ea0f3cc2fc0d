"""What a column of a list is: what it reads of a row, how its cell looks, and what a spreadsheet holds of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F, QuerySet
from django.utils.text import capfirst

from intake.fields.kinds import Text
from treatments.exports.worklist import Cell
from treatments.models.payer_state import payer_column
from treatments.models.referral_lists import findings_column

FINDINGS = "findings_read"
"""What ``narrowed`` names the findings, those that the reader may read."""

PAYER = "payer_read"
"""The same of where a referral stands before its payer."""

BY_READER: dict[str, Callable[[User | AnonymousUser], str]] = {FINDINGS: findings_column, PAYER: payer_column}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``cell`` is what a list shows of a row, ``value`` what a spreadsheet holds; None where it has no such column.

    ``reads`` are the row's fields that both need, as for ``.only()``. ``sheet_title`` is the title of the
    spreadsheet where it is another one. ``order`` is the field by which a list may be sorted by it.
    """

    key: str
    title: Text
    reads: tuple[str, ...] = ()
    value: Callable[[Any], Cell] | None = None
    cell: Callable[[Any], object] | None = None
    sheet_title: Text = ""
    order: str = ""


def list_display(columns: Iterable[Column]) -> tuple[Callable[[Any], object], ...]:
    """The columns of a list as Django's admin takes them."""
    return tuple(_display(column) for column in columns if column.cell)


def _display(column: Column) -> Callable[[Any], object]:
    def display(row: Any) -> object:
        return column.cell(row) if column.cell else None

    display.__name__ = column.key
    display.short_description = column.title  # type: ignore[attr-defined]
    display.admin_order_field = column.order or None  # type: ignore[attr-defined]
    return display


def of_list(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.cell]


def of_sheet(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.value]


def sheet_titles(columns: Sequence[Column]) -> list[str]:
    return [str(column.sheet_title or capfirst(column.title)) for column in of_sheet(columns)]


def sheet_rows(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Cell]]:
    values = [column.value for column in of_sheet(columns) if column.value]
    return ([value(row) for value in values] for row in rows)


def narrowed(
    queryset: QuerySet, columns: Iterable[Column], user: User | AnonymousUser, *also: str
) -> QuerySet:
    """The rows with no more than what these columns, and ``also``, read; what protected answers show in as ``user`` may read it."""
    reads = {*also, *(path for column in columns for path in column.reads)}
    by_reader = {path for path in reads if path.rpartition("__")[2] in BY_READER}
    related = {path.rpartition("__")[0] for path in reads if "__" in path} - {""}
    narrow = queryset.select_related(None).only(*(reads - by_reader))
    if related:
        narrow = narrow.select_related(*related)
    for path in by_reader:
        prefix, sign, name = path.rpartition("__")
        narrow = narrow.annotate(**{name: F(f"{prefix}{sign}{BY_READER[name](user)}")})
    return narrow
