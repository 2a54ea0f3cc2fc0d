"""Rows as CSV and as XLSX, with cells that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from intake.fields.characters import UNWRITABLE

# A cell that opens with one of these is run as a formula by spreadsheets (OWASP, CSV injection), the
# full-width ones by those of East Asian settings.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAX_ROWS = 20_000
BOM = "\ufeff"  # without it Excel reads UTF-8 names as another encoding

Cell = str | int | datetime | None


def defused(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cells(row: Iterable[Cell]) -> list[Cell]:
    return [defused(UNWRITABLE.sub("", value)) if isinstance(value, str) else value for value in row]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(titles: list[str], rows: Iterable[list[Cell]]) -> Iterator[str]:
    """The file line by line, so that a long list is never held in memory."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(titles)
    for row in rows:
        yield writer.writerow(
            [
                value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value
                for value in _cells(row)
            ]
        )


def xlsx(titles: list[str], rows: Iterable[list[Cell]], name: str) -> bytes:
    """A workbook of one sheet, which is called ``name``."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    sheet.append(titles)
    for row in rows:
        sheet.append(_cells(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
