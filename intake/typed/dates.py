"""Reads a date as people write it: with figures or the month's name, a year of two figures, a month alone, today."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from intake.fields.days import latest_anywhere
from intake.typed.plain import plain

MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        [
            "january/jan/enero/ene",
            "february/feb/febrero",
            "march/mar/marzo",
            "april/apr/abril/abr",
            "may/mayo",
            "june/jun/junio",
            "july/jul/julio",
            "august/aug/agosto/ago",
            "september/sep/sept/septiembre/setiembre",
            "october/oct/octubre",
            "november/nov/noviembre",
            "december/dec/diciembre/dic",
        ],
        start=1,
    )
    for word in words.split("/")
}
TODAY = re.compile(r"(?:earlier )?today|hoy(?: mismo)?|now|ahora")
YESTERDAY = re.compile(r"yesterday|ayer")
FILLERS = re.compile(r"\b(?:of|de|del|the|el|la|on|in|en|st|nd|rd|th|about|around|unos|como)\b|(?<=\d) o\b")
YOUNGEST, OLDEST = 5, 104  # years of age: a birth year of two figures is read where only one century fits


@dataclass(frozen=True, slots=True)
class Parts:
    """What was read of a date: a year, and the month and the day where they were named."""

    year: int
    month: int | None = None
    day: int | None = None

    def month_or_year(self) -> str:
        """As a month of the interchange format."""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    def whole(self) -> date | None:
        """The date, None where it isn't one."""
        if not (self.month and self.day):
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    def last_day(self, today: date) -> date | None:
        """The last day of the month, or ``today`` in this one; None without a month.

        Of a month that has begun elsewhere alone it is the first.
        """
        if not self.month:
            return None
        first = date(self.year, self.month, 1)
        last = first.replace(day=calendar.monthrange(self.year, self.month)[1])
        if first == latest_anywhere(today):
            return first
        return min(last, today) if first <= today else last


def parts_of(typed: str, today: date | None, *, birth: bool = False) -> Parts | None:
    """What ``typed`` says of a date; None where it can't be read.

    Without ``today`` neither that word nor a year of two figures is read.
    """
    made = plain(typed.replace(".", "/"))
    if made is None:
        return None
    text = made.text
    if today and (TODAY.fullmatch(text) or YESTERDAY.fullmatch(text)):
        day = today - timedelta(days=1) if YESTERDAY.fullmatch(text) else today
        return Parts(day.year, day.month, day.day)
    words = re.sub(r"[/,-]", " ", FILLERS.sub(" ", text)).split()
    named = [word for word in words if word in MONTHS]
    figures = [word for word in words if word not in MONTHS]
    if (
        len(named) > 1
        or not 1 <= len(figures) <= 3
        or not all(re.fullmatch(r"\d{1,4}", each) for each in figures)
    ):
        return None
    if named:
        return _with_month(MONTHS[named[0]], figures, today, birth)
    return _in_figures(figures, today, birth)


def _with_month(month: int, figures: list[str], today: date | None, birth: bool) -> Parts | None:
    if len(figures) > 2:
        return None
    if len(figures) == 2 and len(figures[0]) == 4:
        figures = figures[::-1]
    year = year_of(figures[-1], today, birth=birth)
    day = int(figures[0]) if len(figures) == 2 else None
    return _sound(year, month, day)


def _in_figures(figures: list[str], today: date | None, birth: bool) -> Parts | None:
    """Figures alone: month, day, year as in the United States; day first only where that alone can be."""
    if len(figures[0]) == 4 and len(figures) > 1:  # 1984-05-14
        first, *rest = figures
        figures = [*rest, first]
    year = year_of(figures[-1], today, birth=birth)
    numbers = [int(each) for each in figures[:-1]]
    if not numbers:
        return _sound(year, None, None) if len(figures[-1]) == 4 else None
    if len(numbers) == 1:
        return _sound(year, numbers[0], None)
    month, day = numbers
    if month > 12 >= day:
        month, day = day, month
    return _sound(year, month, day)


def year_of(typed: str, today: date | None, *, birth: bool = False) -> int | None:
    """A year of four figures, or of two in the one century that it can lie in; None where that is not clear."""
    if len(typed) == 4:
        return int(typed)
    if len(typed) != 2 or today is None:
        return None
    years = [century + int(typed) for century in (today.year // 100 * 100, today.year // 100 * 100 - 100)]
    if not birth:
        return next(year for year in years if year <= latest_anywhere(today).year)
    fits = [year for year in years if YOUNGEST <= today.year - year <= OLDEST]
    return (
        fits[0]
        if len(fits) == 1 and years[0] not in range(today.year - YOUNGEST + 1, today.year + 1)
        else None
    )


def _sound(year: int | None, month: int | None, day: int | None) -> Parts | None:
    if year is None or year < 1 or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    return Parts(year, month, day)
