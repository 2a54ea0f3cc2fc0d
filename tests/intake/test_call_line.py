"""The line that says when the clinic calls: its hours, weekends, holidays and clock, and at which number."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from intake.locations import settings_of
from intake.views.call_line import call_line, clock, end_of, number_of

NUMBER = "(212) 555-0188"
CLOSED = "The clinic is closed until then and nobody reads this form. Do not wait for our call if things get worse."
OPEN = "We may not read this form before then. Do not wait for our call if things get worse."
HOLIDAYS = frozenset({date(2026, 11, 26), date(2026, 11, 27)})


def line(moment: datetime, number: str = NUMBER, **changes):
    usual = {
        "call_promise": True,
        "working_days": frozenset(range(5)),
        "working_hours": (time(9), time(17)),
        "time_zone": "America/New_York",
        "holidays": HOLIDAYS,
        "hours": "Monday to Friday, 9 am to 5 pm",
    }
    return call_line(replace(settings_of(None), **{**usual, **changes}), moment, number)


def at(text: str) -> datetime:
    """A moment of November 2026 in New York, which is five hours behind."""
    return datetime.fromisoformat(f"2026-11-{text}:00-05:00")


TODAY = "We will call you today before 5 pm,"


def on(day: str) -> str:
    return f"We will call you on {day}, between 9 am and 5 pm,"


# November 16, 2026 is a Monday.
@pytest.mark.parametrize(
    ("moment", "opening", "rest"),
    [
        ("16T09:00", TODAY, ""),
        ("16T15:00", TODAY, ""),
        ("16T15:01", on("Tuesday, November 17"), OPEN),
        ("16T16:59", on("Tuesday, November 17"), OPEN),
        ("16T17:00", on("Tuesday, November 17"), CLOSED),
        ("16T08:59", on("Monday, November 16"), CLOSED),
        ("20T18:00", on("Monday, November 23"), CLOSED),
        ("21T12:00", on("Monday, November 23"), CLOSED),
        ("25T16:00", on("Monday, November 30"), OPEN),
        ("25T20:00", on("Monday, November 30"), CLOSED),
        ("26T10:00", on("Monday, November 30"), CLOSED),
        ("27T15:30", on("Monday, November 30"), CLOSED),
    ],
)
def test_the_call_is_promised_within_the_hours_that_somebody_works(moment, opening, rest):
    said = line(at(moment))
    assert said.opening == opening
    assert said.rest == f"at the number that ends in 0188. {rest}".strip()


def test_the_hours_are_those_of_the_clinics_own_clock():
    moment = datetime(2026, 11, 16, 20, 30, tzinfo=UTC)  # 3:30 pm in New York, 12:30 pm in Los Angeles
    assert line(moment).opening == on("Tuesday, November 17")
    assert line(moment, time_zone="America/Los_Angeles").opening == TODAY
    late = datetime(2026, 11, 17, 2, tzinfo=UTC)  # still Monday there
    assert line(late).opening == on("Tuesday, November 17")


def test_a_clinic_that_works_on_other_days_and_half_hours_says_so():
    said = line(at("21T10:00"), working_days=frozenset({5, 6}), working_hours=(time(8, 30), time(12)))
    assert said.opening == "We will call you today before 12 pm,"
    said = line(at("21T10:01"), working_days=frozenset({5, 6}), working_hours=(time(8, 30), time(12)))
    assert said.opening == "We will call you on Sunday, November 22, between 8:30 am and 12 pm,"


@pytest.mark.parametrize("moment", ["16T10:00", "21T12:00", "26T10:00"])
def test_without_the_promise_no_day_and_no_hour_is_named(moment):
    said = line(at(moment), call_promise=False)
    assert said.opening == "We will call you as soon as we have read this,"
    assert said.rest == (
        "at the number that ends in 0188. Our hours: Monday to Friday, 9 am to 5 pm. "
        "Do not wait for our call if things get worse."
    )
    assert said.short == "We call you as soon as we have read this."


def test_where_nobody_ever_works_no_day_is_promised():
    never = frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + number) for number in range(900))
    assert line(at("16T10:00"), holidays=never).opening == "We will call you as soon as we have read this,"


@pytest.mark.parametrize("promise", [True, False])
def test_without_a_number_no_call_is_promised(promise):
    said = line(at("16T10:00"), "", call_promise=promise)
    assert (said.opening, said.rest) == ("Tell us a number, so that we can call you.", "")


def test_a_number_is_named_by_its_end_alone():
    assert [end_of(number) for number in (NUMBER, "+1 212 555 0100 ext", "0188", "my sister's")] == [
        "0188",
        "0100",
        "",
        "",
    ]
    assert line(at("16T10:00"), "my sister's").rest == "at the number you gave us."


def test_the_number_for_today_comes_first():
    answers = {"about": {"phone": NUMBER}, "safety": {"number_today": " 212 555 0101 "}}
    assert number_of(answers) == "212 555 0101"
    assert number_of({"about": {"phone": NUMBER}, "safety": {"number_today": " "}}) == NUMBER
    assert number_of({"about": {"phone": ""}}) == ""


def test_hours_are_said_as_people_say_them():
    assert [clock(time(*each)) for each in ((0, 5), (9,), (11, 59), (12,), (13, 30))] == [
        "12:05 am",
        "9 am",
        "11:59 am",
        "12 pm",
        "1:30 pm",
    ]
