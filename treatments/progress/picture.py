"""Scores over time as a picture: numbers and days in, places on the paper out; and the same as rows of a table.

Lengths across are percentages and lengths down are px, as in ``treatments/charts.py``. There is no trend line, no
smoothing and nothing beyond the last day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.questionnaire.check_in_dates import missed_dates
from intake.scales import GAD7, PHQ9, Scale
from intake.scoring.answers import Points
from treatments.progress.in_force import baselines_of
from treatments.progress.record import Record, total_of

POINT = 6  # px for a point of the PHQ-9
SMALL_POINT = 3  # px for a point of the GAD-7
HEAD = 18  # px above the highest total, for its number
GAP = 30  # px between the two strips
EDGE = 4.0  # percent left free on both sides

CIRCLE, SQUARE = "circle", "square"
NO_ANSWER = _("no answer")


@dataclass(frozen=True, slots=True)
class Event:
    """Something of the person's way: a key says its ``words`` beside its number; a ``short`` one has neither."""

    on: date
    words: Text
    short: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A total: ``shape`` with the number beside it; filled where the check-in counts."""

    x: float
    y: float
    shape: str
    total: int
    filled: bool


@dataclass(frozen=True, slots=True)
class Span:
    """An incomplete scale, hollow: from the lowest to the highest that its total can be."""

    x: float
    y: float
    height: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Line:
    """Joins two neighbors."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Level:
    """A line across: a band's lower edge with its name, or the baseline with its number."""

    y: float
    total: int
    words: Text


@dataclass(frozen=True, slots=True)
class Tick:
    """``number`` is 0 for a short one."""

    x: float
    number: int
    words: Text


@dataclass(frozen=True, slots=True)
class Strip:
    """One scale: from ``top`` to ``bottom`` in px."""

    top: float
    bottom: float
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...]
    lines: tuple[Line, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; a text is "" where there is nothing to say."""

    on: date
    phq9: str
    change: str
    gad7: str
    words: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """``baseline`` is a dashed line, ``missed`` the places at which nobody answered; GAD-7 None where never asked."""

    first: date
    last: date
    phq9: Strip
    gad7: Strip | None
    baseline: Level | None
    missed: tuple[float, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Score:
    """What one record says of one scale; ``counts``: it is the one of its day."""

    on: date
    points: Points
    counts: bool


def picture_of(record: Record, events: Sequence[Event] = ()) -> Picture:
    """The picture of a record up to its today."""
    phq9, gad7 = _scores(record, "phq9"), _scores(record, "gad7")
    missed = _missed(record)
    days = [record.today, *(score.on for score in (*phq9, *gad7)), *missed, *(event.on for event in events)]
    first, last = min(days), max(days)
    bottom = HEAD + POINT * PHQ9.maximum
    start = baselines_of(record).on(record.today).phq9
    upper = _strip(phq9, missed, (first, last), PHQ9, CIRCLE, HEAD, POINT)
    lower = _strip(gad7, missed, (first, last), GAD7, SQUARE, bottom + GAP, SMALL_POINT) if gad7 else None
    return Picture(
        first,
        last,
        upper,
        lower,
        None if start is None else Level(bottom - POINT * start, start, _("start")),
        tuple(_across(day, first, last) for day in missed),
        _ticks(events, first, last),
        _rows(record, missed),
        (lower or upper).bottom,
    )


def _scores(record: Record, scale: str) -> list[_Score]:
    """The intake's score and those of the check-ins, in order of time."""
    intake = record.intake
    found = [_Score(intake.on, points, True)] if intake and (points := getattr(intake, scale)) else []
    found += [
        _Score(each.on, points, each.counts) for each in record.check_ins if (points := getattr(each, scale))
    ]
    return sorted(found, key=lambda score: score.on)


def _missed(record: Record) -> list[date]:
    if record.consent is None:
        return []
    until = min(record.consent.stopped_on or record.today, record.today)
    answered = [each.on for each in record.check_ins]
    return missed_dates(record.schedule, record.consent.agreed_on, until, answered)


def _across(day: date, first: date, last: date) -> float:
    """Where a day stands, in percent; in the middle where there is only one."""
    if first == last:
        return 50.0
    return round(EDGE + (100 - 2 * EDGE) * (day - first).days / (last - first).days, 3)


def _strip(
    scores: list[_Score],
    missed: list[date],
    days: tuple[date, date],
    scale: Scale,
    shape: str,
    top: float,
    point: int,
) -> Strip:
    bottom = top + point * scale.maximum
    marks = [
        Mark(_across(score.on, *days), bottom - point * total, shape, total, score.counts)
        for score in scores
        if (total := score.points.total) is not None
    ]
    spans = [
        Span(
            _across(score.on, *days),
            bottom - point * score.points.highest_total,
            point * (score.points.highest_total - score.points.lowest_total),
            score.points.lowest_total,
            score.points.highest_total,
        )
        for score in scores
        if score.points.total is None
    ]
    levels = [Level(bottom - point * band.low, band.low, band.in_language("en")) for band in scale.bands[1:]]
    lines = [
        Line(
            _across(one.on, *days),
            bottom - point * one.points.lowest_total,
            _across(other.on, *days),
            bottom - point * other.points.lowest_total,
        )
        for one, other in pairwise(score for score in scores if score.counts)
        if not (one.points.missing or other.points.missing or any(one.on < day < other.on for day in missed))
    ]
    return Strip(top, bottom, tuple(marks), tuple(spans), tuple(lines), tuple(levels))


def _ticks(events: Sequence[Event], first: date, last: date) -> tuple[Tick, ...]:
    """Those with words are numbered in order of time."""
    ticks, number = [], 0
    for event in sorted(events, key=lambda event: event.on):
        number += not event.short
        ticks.append(Tick(_across(event.on, first, last), 0 if event.short else number, event.words))
    return tuple(ticks)


def _rows(record: Record, missed: list[date]) -> tuple[Row, ...]:
    """The table: the intake, each check-in and each missed date, in order of time."""
    baselines, intake = baselines_of(record), record.intake
    rows = [Row(intake.on, _total(intake.phq9), "", _total(intake.gad7), _("form sent"))] if intake else []
    rows += [
        Row(
            each.on,
            _total(each.phq9),
            _change(total_of(each.phq9), baselines.on(each.on).phq9),
            _total(each.gad7),
            "" if each.counts or each.phq9 is None else _("another of that day counts"),
        )
        for each in record.check_ins
    ]
    rows += [Row(day, "", "", "", NO_ANSWER) for day in missed]
    return tuple(sorted(rows, key=lambda row: row.on))


def _total(points: Points | None) -> str:
    """A total, or the lowest and the highest that it can be."""
    if points is None:
        return ""
    if points.total is not None:
        return str(points.total)
    return f"{points.lowest_total}–{points.highest_total}"


def _change(total: int | None, start: int | None) -> str:
    return "" if total is None or start is None else f"{total - start:+d}"
