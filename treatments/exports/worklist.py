"""The worklist as CSV and as XLSX: its columns, and cells that no spreadsheet takes for a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from intake.fields.kinds import Text
from treatments.models import Referral
from treatments.workflow.effects import EFFECTS, OPEN

# A cell that opens with one of these is run as a formula by spreadsheets (OWASP, CSV injection), the
# full-width ones by those of East Asian settings.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_ROWS = 20_000
BOM = "\ufeff"  # without it Excel reads UTF-8 names as another encoding

Cell = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    title: Text
    value: Callable[[Referral], Cell]


def _effect(key: str) -> Callable[[Referral], str]:
    """The state in words and, as in the list, a question mark where a finding is still open."""

    def words(referral: Referral) -> str:
        state, undecided = getattr(referral, key), getattr(referral, f"{key}_open")
        told = str(EFFECTS[state][1])
        return f"{told} (? {OPEN[undecided]})" if undecided in OPEN else told

    return words


def _owner(referral: Referral) -> str:
    return (referral.owner.get_full_name() or referral.owner.get_username()) if referral.owner else ""


# What the worklist shows, and no more: no way to reach the person, no answers.
COLUMNS: tuple[Column, ...] = (
    Column(gettext_lazy("Reference"), lambda referral: referral.reference),
    Column(
        gettext_lazy("Hold"),
        lambda referral: str(referral.get_hold_display()) if referral.is_assessed else _("Not assessed"),
    ),
    Column(gettext_lazy("First name"), lambda referral: referral.first_name),
    Column(gettext_lazy("Last name"), lambda referral: referral.last_name),
    Column(gettext_lazy("Date of birth"), lambda referral: referral.date_of_birth.isoformat()),
    Column(gettext_lazy("PHQ-9"), lambda referral: referral.phq9),
    Column(gettext_lazy("Suicide screen"), lambda referral: referral.cssrs.replace("_", " ")),
    Column(gettext_lazy("Adequate trials without benefit"), lambda referral: referral.adequate_trials),
    Column(gettext_lazy("TMS"), _effect("tms")),
    Column(gettext_lazy("Spravato"), _effect("spravato")),
    Column(gettext_lazy("Psychotherapy"), _effect("psychotherapy")),
    Column(gettext_lazy("State"), lambda referral: str(referral.state_label)),
    Column(gettext_lazy("Assigned to"), _owner),
    Column(gettext_lazy("Language"), lambda referral: referral.language),
    Column(gettext_lazy("Received"), lambda referral: _local(referral.received_at)),
    Column(gettext_lazy("Waiting since"), lambda referral: _local(referral.waiting_since)),
)


def _local(moment: datetime) -> datetime:
    """In the clinic's time, to the minute; spreadsheets know no time zones."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


def defused(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cells(referral: Referral) -> list[Cell]:
    found = (column.value(referral) for column in COLUMNS)
    return [defused(value) if isinstance(value, str) else value for value in found]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(referrals: Iterable[Referral]) -> Iterator[str]:
    """The file line by line, so that a long list is never held in memory."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([str(column.title) for column in COLUMNS])
    for referral in referrals:
        row = cells(referral)
        yield writer.writerow(
            [value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value for value in row]
        )


def xlsx(referrals: Iterable[Referral]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Worklist"))
    sheet.freeze_panes = "B2"
    sheet.append([str(column.title) for column in COLUMNS])
    for referral in referrals:
        sheet.append([_writable(value) for value in cells(referral)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _writable(value: Cell) -> Cell:
    """Without the control characters that a workbook can't hold."""
    if isinstance(value, str):
        return "".join(letter for letter in value if letter >= " " or letter in "\t\n\r")
    return value
