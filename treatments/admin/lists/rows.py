"""The rows of a list, written out, because they are most of what a list costs.

Django's ``items_for_result`` finds out anew for each cell what column it stands in. Here that is found once a
list. It is for lists that are only read: their rows hold no fields to edit, nothing opens in a pop-up, and no
column is a related object or asks for an icon of yes and no.
"""

from collections.abc import Callable, Iterator
from datetime import date, time
from operator import attrgetter
from typing import cast

from django.contrib.admin.utils import display_for_field, display_for_value
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

Row = models.Model


class WrittenColumn:
    """One column of a list: how a row's cell in it reads, and the tag around it."""

    def __init__(self, changes: ChangeList, shown: str | Callable, header: dict, *, first_link: bool):
        name = shown if isinstance(shown, str) else shown.__name__
        self.is_link = shown in (changes.list_display_links or ())
        self.tag, role = ("th", "rowheader") if self.is_link and first_link else ("td", "cell")
        # The column's name, which a phone shows beside each cell; the box to tick has none.
        label = "" if "<input" in header["text"] else capfirst(header["text"])
        kind = "action-checkbox" if name == "action_checkbox" else f"field-{name}"
        self.opening = f'<{self.tag} role="{role}" data-label="{escape(label)}" class="{kind}'
        self.empty = changes.model_admin.get_empty_value_display()
        self.field = None if callable(shown) else _field(changes.model, name)
        of_row = isinstance(self.field, models.ForeignKey) and self.field.name == name  # and not its id
        # As Django: a time and another row stay on one line.
        self.stays_whole = of_row or isinstance(self.field, (models.DateField, models.TimeField))
        self.read: Callable[[Row], object]
        if of_row:
            self.read, self.field = attrgetter(name), None  # the other row, by its own words
        elif self.field is not None:
            self.read = attrgetter(self.field.attname)
        else:
            self.read = shown if callable(shown) else getattr(changes.model_admin, name)
        self.has_choices = bool(self.field is not None and self.field.choices)

    def cell(self, row: Row, address: str) -> str:
        value = self.read(row)
        whole = self.stays_whole or isinstance(value, (date, time))
        words = f'<a href="{escape(address)}">{self.shown(value)}</a>' if self.is_link else self.shown(value)
        return f'{self.opening}{" nowrap" if whole else ""}">{words}</{self.tag}>'

    def shown(self, value: object) -> str:
        if isinstance(value, SafeString):
            return value
        if isinstance(value, str) and not value.strip():
            value = ""
        if type(value) is int and 0 <= value < 1000 and not self.has_choices:
            return str(value)  # small numbers are written alike everywhere
        if self.field is not None:
            return conditional_escape(display_for_field(value, self.field, self.empty))
        return conditional_escape(display_for_value(value, self.empty))


def _field(model: type[Row], name: str) -> models.Field | None:
    try:
        return cast(models.Field, model._meta.get_field(name))  # no column is a relation from elsewhere
    except FieldDoesNotExist:
        return None


def rows(changes: ChangeList, headers: list[dict]) -> SafeString:
    """The table's rows; ``headers`` as Django's ``result_headers`` gives them."""
    written = [html for _row, html in written_rows(changes, headers)]
    return mark_safe("".join(written))  # nosec B308, B703 # noqa: S308 every cell is escaped below


def written_rows(changes: ChangeList, headers: list[dict]) -> Iterator[tuple[Row, str]]:
    """Each row with its line of the table."""
    columns: list[WrittenColumn] = []
    for shown, header in zip(changes.list_display, headers, strict=True):
        first_link = not any(column.is_link for column in columns)
        columns.append(WrittenColumn(changes, shown, header, first_link=first_link))
    for row in changes.result_list:
        address = _with_filters(changes.url_for_result(row), changes.preserved_filters)
        cells = "".join([column.cell(row, address) for column in columns])
        yield row, f'<tr role="row">{cells}</tr>\n'


def _with_filters(address: str, filters: str) -> str:
    """The ``address`` of a row with the list's own filters, as ``add_preserved_filters`` writes it."""
    page, _mark, query = address.partition("?")
    asked = "&".join(filter(None, (filters, query)))
    return f"{page}?{asked}" if asked else page
