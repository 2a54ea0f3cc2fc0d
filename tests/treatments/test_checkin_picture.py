"""Scores over time as a picture: everything stands where its day and its number say, and the table says the same."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings

from tests.treatments.checkins import (
    COURSE,
    SENT,
    START,
    at,
    document,
    documents,
    gad7,
    on,
    phq9,
    with_gaps,
)
from treatments.progress.picture import EDGE, HEAD, POINT, SMALL_POINT, Event, Picture, picture_of
from treatments.progress.record import record_of

FOOT = HEAD + 27 * POINT  # where a PHQ-9 of 0 stands


def pictured(*checkins: dict[str, Any], events: tuple[Event, ...] = (), **more: Any) -> Picture:
    return picture_of(record_of(document(*checkins, **more)), events)


def test_a_total_stands_at_its_height_and_its_day():
    drawn = pictured(on(SENT + timedelta(days=10), 27 - 3), as_of=at(SENT + timedelta(days=20), 12))
    assert [(mark.total, mark.x, mark.y) for mark in drawn.phq9.marks] == [
        (18, EDGE, FOOT - 18 * POINT),
        (24, 50.0, FOOT - 24 * POINT),
    ]
    assert (drawn.first, drawn.last) == (SENT, SENT + timedelta(days=20))


def test_the_axis_is_named_by_the_bands():
    levels = pictured().phq9.levels
    assert [level.total for level in levels] == [5, 10, 15, 20]
    assert [str(level.words) for level in levels] == ["mild", "moderate", "moderately severe", "severe"]
    assert [level.y for level in levels] == [FOOT - POINT * total for total in (5, 10, 15, 20)]


def test_the_baseline_is_a_line_with_its_number():
    assert (drawn := pictured().baseline) and (drawn.total, drawn.y) == (18, FOOT - 18 * POINT)
    course = pictured(on(0, 12), course=COURSE).baseline
    assert course and course.total == 12
    assert pictured(baseline=None).baseline is None


def test_the_gad7_has_a_strip_of_its_own_below():
    assert pictured(on(0, 12)).gad7 is None
    drawn = pictured(on(0, 12, gad7=gad7(7)))
    assert drawn.gad7 and drawn.gad7.top > drawn.phq9.bottom and drawn.height == drawn.gad7.bottom
    (mark,) = drawn.gad7.marks
    assert (mark.shape, mark.total, mark.y) == ("square", 7, drawn.gad7.bottom - 7 * SMALL_POINT)
    assert {mark.shape for mark in drawn.phq9.marks} == {"circle"}
    assert pictured(on(0, 12)).height == FOOT


def test_lines_join_neighbors():
    drawn = pictured(on(0, 12), on(7, 9))
    ends = [(line.x1, line.y1, line.x2, line.y2) for line in drawn.phq9.lines]
    marks = drawn.phq9.marks
    assert ends == [(one.x, one.y, other.x, other.y) for one, other in pairwise(marks)]


def test_an_incomplete_scale_is_a_span_that_no_line_crosses():
    drawn = pictured(on(0, with_gaps(phq9(9), 7, 8)), on(7, 9))
    (span,) = drawn.phq9.spans
    assert (span.low, span.high, span.y, span.height) == (9, 15, FOOT - 15 * POINT, 6 * POINT)
    assert drawn.phq9.lines == ()
    assert [mark.total for mark in drawn.phq9.marks] == [18, 9]


def test_of_one_day_the_one_that_counts_is_filled_and_joined():
    first, second = on(START, 12) | {"at": at(START, 8)}, on(START, 10)
    drawn = pictured(first, second)
    assert [(mark.total, mark.filled) for mark in drawn.phq9.marks] == [(18, True), (12, False), (10, True)]
    assert [line.y2 for line in drawn.phq9.lines] == [FOOT - 10 * POINT]


WEEKLY = [{"from": str(START), "every_days": 7, "until": str(START + timedelta(days=21))}]


def test_a_missed_window_breaks_the_line_and_says_so():
    answered = [on(0, 12), on(14, 10), on(21, 9)]
    drawn = pictured(*answered, schedule=WEEKLY)
    assert len(drawn.missed) == 1
    assert drawn.phq9.marks[1].x < drawn.missed[0] < drawn.phq9.marks[2].x
    joined = {(line.x1, line.x2) for line in drawn.phq9.lines}
    marks = drawn.phq9.marks
    assert joined == {(marks[0].x, marks[1].x), (marks[2].x, marks[3].x)}
    assert [str(row.words) for row in drawn.rows] == ["form sent", "", "no answer", "", ""]


def test_nothing_is_missed_without_a_consent_or_after_it_was_taken_back():
    assert pictured(schedule=WEEKLY, consent=None).missed == ()
    consent = {"agreed_on": str(SENT), "stopped_on": str(START + timedelta(days=5))}
    assert len(pictured(schedule=WEEKLY, consent=consent).missed) == 1
    assert len(pictured(schedule=WEEKLY).missed) == 4


def test_events_are_numbered_in_order_of_time_and_sessions_are_short():
    events = (
        Event(START + timedelta(days=9), "hold"),
        Event(START, "accepted"),
        Event(START + timedelta(days=2), "session", short=True),
    )
    drawn = pictured(on(0, 12), events=events)
    assert [(tick.number, tick.words) for tick in drawn.ticks] == [
        (1, "accepted"),
        (0, "session"),
        (2, "hold"),
    ]
    assert drawn.ticks[0].x == drawn.phq9.marks[1].x


def test_the_table_says_the_same():
    first = on(START, with_gaps(phq9(9), 8), gad7=gad7(4)) | {"at": at(START, 8)}
    drawn = pictured(first, on(START, 20), on(7, 18), {"at": at(START + timedelta(days=8)), "items": {}})
    assert [(row.on, row.phq9, row.change, row.gad7, str(row.words)) for row in drawn.rows] == [
        (SENT, "18", "", "", "form sent"),
        (START, "9–12", "", "4", "another of that day counts"),
        (START, "20", "+2", "", ""),
        (START + timedelta(days=7), "18", "+0", "", ""),
        (START + timedelta(days=8), "", "", "", ""),
    ]


def test_a_single_day_stands_in_the_middle():
    assert pictured(baseline=None, as_of=at(START)).phq9.marks == ()
    drawn = pictured(on(START, 12), baseline=None, as_of=at(START))
    assert [mark.x for mark in drawn.phq9.marks] == [50.0]


@given(documents())
@settings(max_examples=100, deadline=None)
def test_whatever_there_is_stays_on_the_paper(found):
    drawn = picture_of(record_of(found))
    for strip in filter(None, (drawn.phq9, drawn.gad7)):
        assert all(EDGE <= mark.x <= 100 - EDGE for mark in (*strip.marks, *strip.spans))
        assert all(strip.top <= mark.y <= strip.bottom for mark in (*strip.marks, *strip.levels))
        assert all(strip.top <= span.y <= span.y + span.height <= strip.bottom for span in strip.spans)
    assert [row.on for row in drawn.rows] == sorted(row.on for row in drawn.rows)
    assert len(drawn.rows) == len(found["checkins"]) + len(drawn.missed) + bool(found.get("baseline"))
