"""Dates and blood pressure as people write them: read in one box, asked back where they can't be, rung at once."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from intake.fields import BY_PATH
from intake.forms.fields import form_field
from intake.forms.typed_fields import TypedMonth
from intake.forms.widgets import DatePartsField
from intake.questionnaire.intake import INTAKE
from intake.typed.dates import parts_of, year_of
from intake.typed.pressure import pair
from tests.intake import pat
from tests.intake.test_amendment import QUESTIONS, current

TODAY = datetime.date(2026, 11, 20)
MAY_14 = datetime.date(1984, 5, 14)
BORN = """5/14/1984 · 5-14-1984 · 5 14 1984 · 05/14/1984 · 5.14.1984 · 1984-05-14 · May 14 1984 · May 14, 1984 · may 14th, 1984
    · 14 May 1984 · the 14th of May 1984 · MAY 14 84 · 5/14/84 · 14 de mayo de 1984 · 14 de mayo del 1984 · mayo 14, 1984
    · 1984 May 14 · 14/5/1984 · el 14 de mayo de 1984"""


def date_field(**more) -> DatePartsField:
    made = DatePartsField(named="The date", required=False, **more)
    made.today = TODAY
    return made


# --- Dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [each.strip() for each in BORN.split("·")])
def test_a_date_is_read_from_the_first_box_however_it_is_written(typed):
    assert date_field(birth=True).clean([typed, "", ""]) == MAY_14
    assert date_field(month_is_enough=True).clean([typed, "", ""]) == MAY_14


@pytest.mark.parametrize("month", ["May", "MAY", "may", "mayo", "Mayo", "5", "05", "May."])
@pytest.mark.parametrize("year", ["1984", "84"])
def test_the_month_may_be_a_name_and_the_year_two_figures(month, year):
    assert date_field(birth=True).clean([month, "14", year]) == MAY_14


MONTHS = """January enero Jan · February febrero Feb · March marzo Mar · April abril Apr · May mayo May · June junio Jun
    · July julio Jul · August agosto Aug · September septiembre Sept · October octubre Oct · November noviembre Nov
    · December diciembre dic"""


@pytest.mark.parametrize(
    ("number", "name"),
    [(n, name) for n, names in enumerate(MONTHS.split("·"), start=1) for name in names.split()],
)
def test_each_month_has_its_names_in_both_languages(number, name):
    assert parts_of(f"{name} 2 2020", TODAY).month == number


@pytest.mark.parametrize(
    ("typed", "born", "other"),
    [("78", 1978, 1978), ("05", 2005, 2005), ("26", None, 2026), ("22", None, 2022), ("21", 2021, 2021),
     ("27", 1927, 1927), ("99", 1999, 1999), ("00", 2000, 2000), ("1978", 1978, 1978), ("178", None, None), ("8", None, None)],
)  # fmt: skip
def test_a_year_of_two_figures_is_read_where_only_one_century_fits(typed, born, other):
    assert year_of(typed, TODAY, birth=True) == born
    assert year_of(typed, TODAY) == other


@pytest.mark.parametrize(
    ("boxes", "day"),
    [
        (("10", "", "2026"), (2026, 10, 31)),
        (("October", "", "2026"), (2026, 10, 31)),
        (("octubre 2026", "", ""), (2026, 10, 31)),
        (("10/2026", "", ""), (2026, 10, 31)),
        (("2", "", "2024"), (2024, 2, 29)),
        (("Nov", "", "2026"), (2026, 11, 20)),
        (("today", "", ""), (2026, 11, 20)),
        (("Hoy", "", ""), (2026, 11, 20)),
        (("yesterday", "", ""), (2026, 11, 19)),
        (("ayer", "", ""), (2026, 11, 19)),
    ],
)
def test_of_a_reading_the_month_is_enough_and_stands_for_its_last_day(boxes, day):
    assert date_field(month_is_enough=True).clean(list(boxes)) == datetime.date(*day)


def test_of_a_birth_date_the_month_is_not_enough():
    for boxes in (["May 1984", "", ""], ["5", "", "1984"]):
        with pytest.raises(ValidationError):
            date_field(birth=True).clean(boxes)


@pytest.mark.parametrize(
    "typed",
    ["2/30/1984", "13/13/1984", "last spring", "5", "May", "99999", "5/14/1984/2", "May 1 2 1984", "x" * 200],
)
def test_what_is_no_date_is_refused_and_the_reading_named(typed):
    with pytest.raises(ValidationError) as refused:
        form_field(BY_PATH["health.bp_date"]).clean([typed, "", ""])
    assert refused.value.messages == ["When it was measured: write a month and a year, or leave it"]


@pytest.mark.parametrize(
    ("typed", "month"),
    [("3 2024", "2024-03"), ("3/2024", "2024-03"), ("03/24", "2024-03"), ("March 2024", "2024-03"), ("marzo de 2024", "2024-03"),
     ("2024-03", "2024-03"), ("2024", "2024"), ("5/14/2024", "2024-05"), (" ", None)],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(typed, month):
    made = TypedMonth(required=False)
    made.today = TODAY
    assert made.clean(typed) == month


@pytest.mark.parametrize("typed", ["5/14/84", "today", "May 84"])
def test_without_the_day_of_today_nothing_is_guessed(typed):
    assert parts_of(typed, None) is None


@given(
    st.one_of(
        st.text(max_size=60), st.from_regex(r"[0-9 /-]{1,12}( (May|mayo|de))?[ 0-9]{0,5}", fullmatch=True)
    )
)
@example("0/0/0000")
@example("May 0 0000")
@example("31/31/9999")
def test_reading_a_date_never_raises(typed):
    for birth in (True, False):
        found = parts_of(typed, TODAY, birth=birth)
        assert found is None or found.whole() is None or found.whole().year == found.year
        assert found is None or found.last_day(TODAY) is None or found.month


# --- Blood pressure -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "150/95",
        "150-95",
        "150 95",
        "150 over 95",
        "150 sobre 95",
        "150 / 95",
        "150/95 mmHg",
        "about 150/95",
        "１５０/９５",
    ],
)
def test_two_numbers_are_read_from_one_box(typed):
    assert pair(typed) == (150, 95)


@pytest.mark.parametrize("typed", ["150", "15095", "", "high", "150/95/80", "1500/95"])
def test_anything_else_is_not_two_numbers(typed):
    assert pair(typed) is None


@pytest.mark.django_db
class TestPage:
    PAGE = "heart"

    def answer(self, client, upper: str, lower: str = "", **more):
        """The page answered so, and what is stored of it then."""
        draft = pat.draft_of(client) if "intake" in client.session else pat.begin(client)
        two = {"health-bp_systolic": upper, "health-bp_diastolic": lower}  # as older pages post it
        told = {**(two if lower else {"health-bp": upper}), **more}
        response = client.post(pat.address(self.PAGE), told)
        draft.refresh_from_db()
        health = draft.answers.get("health", {})
        return response, (health.get("bp_systolic"), health.get("bp_diastolic")), draft

    @pytest.mark.parametrize("typed", ["150/95", "150-95", "150 95", "150 over 95", "150 sobre 95"])
    def test_both_numbers_are_taken_from_the_first_box(self, client, typed):
        response, stored, _draft = self.answer(client, typed)
        assert response.status_code == 302 and stored == (150, 95)

    def test_one_number_is_the_higher(self, client):
        assert self.answer(client, "150")[1] == (150, None)

    @pytest.mark.parametrize(("upper", "lower"), [("80/120", ""), ("80", "120"), ("80 over 120", "120")])
    def test_exchanged_numbers_are_asked_back_and_nothing_is_stored(self, client, upper, lower):
        response, stored, draft = self.answer(client, upper, lower)
        assert "Blood pressure: is it 120 over 80? Write the higher number first" in response.content.decode()
        assert stored == (None, None) and not draft.alarms.exists()
        assert pat.shown(response)["health-bp_systolic" if lower else "health-bp"] == [upper]

    @pytest.mark.parametrize(("upper", "lower"), [("121/185", ""), ("121", "185"), ("120/185", "90")])
    def test_an_emergency_rings_at_once_with_the_larger_as_the_higher(self, client, upper, lower):
        response, stored, draft = self.answer(client, upper, lower)
        assert response.url == f"/intake/help/{self.PAGE}/" or "/help/" in response.url
        assert stored == (185, int(upper[:3]))
        assert draft.alarms.get().danger == "very_high_blood_pressure"

    def test_the_same_second_number_twice_is_no_fault(self, client):
        assert self.answer(client, "150/95", "95")[1] == (150, 95)

    def test_two_second_numbers_are_asked_back(self, client):
        response, stored, _draft = self.answer(client, "150/95", "90")
        assert (
            "Blood pressure: write the higher number here, and the other below" in response.content.decode()
        )
        assert stored == (None, None)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("high", "Blood pressure: write two numbers, such as 120/80"),
            ("400/20", "Blood pressure: check the numbers; most are between 70 and 250"),
            ("1220", "Blood pressure: check the numbers; most are between 70 and 250"),
        ],
    )
    def test_what_cannot_be_a_pressure_is_asked_back(self, client, typed, sentence):
        response, stored, draft = self.answer(client, typed)
        assert sentence in response.content.decode()
        assert stored == (None, None) and not draft.alarms.exists()

    def test_a_month_of_the_reading_is_stored_as_its_last_day(self, client):
        _response, _stored, draft = self.answer(client, "150/95", **{"health-bp_date_month": "octubre 2025"})
        assert draft.answers["health"]["bp_date"] == "2025-10-31"

    def test_a_day_that_has_not_come_is_named(self, client):
        response, _stored, _draft = self.answer(client, "150", **{"health-bp_date_month": "1/1/2999"})
        assert "When it was measured: this day has not come yet" in response.content.decode()

    def test_a_birth_date_in_the_first_box_is_stored(self, client):
        draft = pat.begin(client)
        told = {
            "about-date_of_birth_day": "",
            "about-date_of_birth_year": "",
            "about-date_of_birth_month": "5/14/1984",
        }
        assert client.post(pat.address("name"), pat.PAGES["name"] | told).status_code == 302
        draft.refresh_from_db()
        assert draft.answers["about"]["date_of_birth"] == "1984-05-14"

    def test_after_sending_both_numbers_are_taken_too(self, client, asked):
        referral = asked("health.bp_systolic", "health.bp_diastolic")
        assert client.post(QUESTIONS, {"health-bp_systolic": "150/95"}).status_code == 302
        assert (current(referral)["health"]["bp_systolic"], current(referral)["health"]["bp_diastolic"]) == (
            150,
            95,
        )

    def test_after_sending_an_exchanged_emergency_rings_at_once(self, client, asked):
        referral = asked("health.bp_systolic", "health.bp_diastolic", "health.stroke")
        response = client.post(QUESTIONS, {"health-bp_systolic": "121/185"})
        assert response.status_code == 302 and "help" in response.url
        assert referral.submission.alarms.filter(danger="very_high_blood_pressure").exists()

    def test_where_the_second_number_is_not_asked_two_are_asked_back(self, client, asked):
        asked("health.bp_systolic", "health.stroke")
        response = client.post(QUESTIONS, {"health-bp_systolic": "150/95"})
        assert "write the higher number here" in response.content.decode()


@pytest.mark.parametrize(
    ("upper", "lower", "rings"),
    [
        (80, 120, False),
        (121, 185, True),
        (180, None, True),
        (None, 120, True),
        (179, 119, False),
        (120, 130, True),
    ],
)
def test_of_two_numbers_the_larger_is_judged_as_the_higher(upper, lower, rings):
    given = {"bp_systolic": upper, "bp_diastolic": lower}
    health = {key: value for key, value in given.items() if value}
    assert bool(INTAKE.dangers_in({"health": health})) is rings
