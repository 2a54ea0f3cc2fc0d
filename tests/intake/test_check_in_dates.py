"""When check-ins are due: the dates of a schedule, their windows, what answers them, and what is missed."""

from datetime import date, timedelta

import pytest

from intake.questionnaire.check_in_dates import Due, Every, On, due, missed_dates, windows

START = date(2026, 12, 7)


def day(number: int) -> date:
    return START + timedelta(days=number)


def opened(schedule: list[Every | On], today: int, since: int = 0) -> list[tuple[int, int, int]]:
    """Due, first and last day of each window, counted from START."""
    first = START.toordinal()
    found = windows(schedule, day(since), day(today))
    return [(each.due - first, each.opens - first, each.closes - first) for each in found]


def test_a_window_is_open_from_2_days_before_through_14_after():
    assert opened([On((day(0),))], 0) == [(0, -2, 14)]


def test_it_ends_before_the_next_one_opens():
    assert opened([Every(day(0), 7)], 8) == [(0, -2, 4), (7, 5, 11), (14, 12, 28)]
    assert opened([On((day(0), day(3)))], 9) == [(0, -2, 0), (3, 1, 17)]


@pytest.mark.parametrize(("apart", "kept"), [(16, 13), (17, 14), (18, 14)])
def test_the_nearer_of_both_ends_it(apart, kept):
    assert opened([On((day(0), day(apart)))], 20)[0] == (0, -2, kept)


def test_the_next_one_is_named_and_none_after_it():
    assert [each[0] for each in opened([Every(day(0), 28)], 25)] == [0, 28]
    assert [each[0] for each in opened([Every(day(0), 28)], 26)] == [0, 28, 56]


def test_a_date_less_than_3_days_after_one_that_was_kept_is_dropped():
    assert [each[0] for each in opened([On((day(0), day(2), day(3), day(5), day(6)))], 20)] == [0, 3, 6]
    assert [each[0] for each in opened([Every(day(0), 7), Every(day(2), 7)], 11)] == [0, 7, 14]
    assert [each[0] for each in opened([On((day(4), day(0), day(0)))], 20)] == [0, 4]


def test_dates_before_the_consent_go_first():
    """Else one that is gone would drop the one after it."""
    assert [each[0] for each in opened([On((day(-1), day(1)))], 20, since=0)] == [1]
    assert [each[0] for each in opened([Every(day(-20), 7)], 5, since=1)] == [1, 8]
    assert [each[0] for each in opened([Every(day(-21), 7)], 4, since=0)] == [0, 7]


def test_a_schedule_ends_on_its_last_day():
    assert [each[0] for each in opened([Every(day(0), 7, day(14))], 90)] == [0, 7, 14]
    assert [each[0] for each in opened([Every(day(0), 7, day(13))], 90)] == [0, 7]
    assert opened([Every(day(5), 7, day(0))], 90) == []
    assert opened([], 90) == []


def test_days_at_the_ends_of_the_calendar_are_counted():
    assert len(windows([Every(date.min, 90), On((date.min, date.max))], date.min, date(10, 1, 1))) > 30
    assert [each.due for each in windows([Every(date.max, 3)], date.min, date.max)] == [date.max.toordinal()]


WEEKLY = [Every(day(0), 7, day(35))]


@pytest.mark.parametrize(
    ("today", "answered", "expected"),
    [
        (-3, [], Due("not_yet", day(0), 0, "none")),
        (-2, [], Due("due", day(0), 0, "message")),
        (0, [], Due("due", day(0), 0, "message")),
        (1, [], Due("overdue", day(0), 0, "message")),
        (4, [], Due("overdue", day(0), 0, "message")),
        (5, [], Due("due", day(7), 1, "message")),
        (4, [-2], Due("not_yet", day(7), 0, "none")),
        (4, [-3], Due("overdue", day(0), 0, "message")),  # before it opened
        (4, [4], Due("not_yet", day(7), 0, "none")),
        (5, [4], Due("due", day(7), 0, "message")),
        (5, [5], Due("not_yet", day(14), 0, "none")),  # the one of the week before is not counted back to
        (12, [], Due("due", day(14), 2, "call")),
        (12, [0], Due("due", day(14), 1, "message")),
        (12, [5], Due("due", day(14), 0, "message")),
        (12, [12], Due("not_yet", day(21), 0, "none")),
        (26, [0, 1, 2], Due("due", day(28), 3, "call")),  # a second one in a window answers none
        (33, [28], Due("due", day(35), 0, "message")),
        (49, [], Due("overdue", day(35), 5, "call")),
        (49, [35], Due("ended", None, 0, "none")),
        (50, [35], Due("ended", None, 0, "none")),
        (50, [28], Due("ended", None, 1, "none")),
        (50, [], Due("ended", None, 6, "call")),
    ],
)
def test_how_a_person_stands(today, answered, expected):
    assert due(WEEKLY, day(-30), day(today), [day(number) for number in answered]) == expected


def test_days_between_windows_answer_none():
    schedule = [On((day(0), day(40)))]
    assert due(schedule, day(-30), day(45), [day(15)]) == Due("overdue", day(40), 1, "message")
    assert due(schedule, day(-30), day(30), [day(15)]) == Due("not_yet", day(40), 1, "none")


def test_without_dates_it_has_ended():
    assert due([], day(0), day(10), [day(3)]) == Due("ended")


@pytest.mark.parametrize(
    ("today", "answered", "missed"),
    [
        (4, [], []),  # open through that day
        (5, [], [0]),
        (5, [4], []),
        (49, [7, 8, 30], [0, 14, 21]),
        (50, [7, 8, 30], [0, 14, 21, 35]),
    ],
)
def test_what_was_missed_is_every_window_that_closed_without_an_answer(today, answered, missed):
    found = missed_dates(WEEKLY, day(-30), day(today), [day(number) for number in answered])
    assert found == [day(number) for number in missed]
