"""How long things took, with those that still stand open counted as open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from treatments.figures.spells import Spell, median_of, span_in_words, spell, times_of

HOUR = 3600.0
# Weeks in remission, + still in it: Freireich et al., Blood 1963;21:699-716, as in every textbook since.
GIVEN_6MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
GIVEN_PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def spells(said: str) -> list[Spell]:
    return [Spell(float(each.rstrip("+")), each.endswith("+")) for each in said.split()]


@pytest.mark.parametrize(
    ("said", "median"),
    [
        (GIVEN_6MP, 23),
        (GIVEN_PLACEBO, 8),
        ("1 2 3 4", 2),
        ("5", 5),
        ("1 9+ 9+", None),
        ("9+", None),
        ("", None),
    ],
)
def test_the_median_counts_those_that_still_stand_open(said, median):
    assert median_of(spells(said)) == median


@pytest.mark.parametrize("number", range(2, 100, 2))
def test_half_of_an_even_number_is_half(number):
    assert median_of([Spell(float(each)) for each in range(number)]) == number / 2 - 1


def test_an_open_one_is_said_to_be_open_and_may_be_the_longest():
    told = times_of([Spell(HOUR), Spell(2 * HOUR), Spell(5 * HOUR, open=True)], [True, False, False])
    assert (told.number, told.still_open) == (3, 1)
    assert (told.median, told.longest) == ("2 hours", "5 hours, open")
    assert (told.in_time, told.judged) == (1, 3)
    assert times_of([Spell(HOUR), Spell(HOUR, open=True)]).longest == "1 hour, open"


def test_where_most_are_open_there_is_no_median_and_where_nothing_was_there_is_nothing():
    assert (
        times_of([Spell(HOUR), Spell(5 * HOUR, open=True), Spell(5 * HOUR, open=True)]).median
        == "not half yet"
    )
    none = times_of([])
    assert (none.number, none.median, none.longest) == (0, "–", "–")


def test_one_that_something_else_ended_is_neither_open_nor_the_longest():
    told = times_of([Spell(HOUR), Spell(2 * HOUR), Spell(9 * HOUR, left=True)])
    assert (told.number, told.still_open, told.longest) == (3, 0, "2 hours")
    assert median_of([Spell(1), Spell(2, left=True), Spell(3)]) == 3


def test_one_that_is_open_and_has_time_left_is_not_judged():
    told = times_of([Spell(HOUR), Spell(HOUR, open=True)], [True, None])
    assert (told.in_time, told.judged) == (1, 1)


def test_a_spell_lasts_until_its_end_or_until_now():
    now = timezone.now()
    assert spell(now - timedelta(hours=2), None, now) == Spell(2 * HOUR, open=True)
    assert spell(now - timedelta(hours=2), now - timedelta(hours=1), now) == Spell(HOUR)
    assert spell(now, now - timedelta(hours=1), now) == Spell(0)
    assert spell(now - timedelta(hours=2), None, now, left=now - timedelta(hours=1)) == Spell(HOUR, left=True)
    assert spell(now - timedelta(hours=2), now, now, left=now) == Spell(2 * HOUR)


@pytest.mark.parametrize(
    "span, words",
    [
        (timedelta(minutes=-5), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=30), "30 days"),
    ],
)
def test_waits_are_told_as_people_say_them(span, words):
    assert span_in_words(span) == words
