"""Numbers as people type them: with their own unit after them or not, and never guessed at."""

import pytest
from django.core.exceptions import ValidationError

from intake.fields import FIELDS, Kind
from intake.forms.fields import form_field
from intake.forms.typed_fields import UNITS
from tests.intake import pat

NUMBERS = {part.key: part for field in FIELDS for part in (field, *field.parts) if part.kind is Kind.NUMBER}


def cleaned(key: str, typed: str):
    return form_field(NUMBERS[key]).clean(typed)


@pytest.mark.parametrize(
    ("key", "typed", "number"),
    [
        ("dose_mg", "150 mg", 150),
        ("dose_mg", "150mg", 150),
        ("dose_mg", " 37.5 MG. ", 37.5),
        ("dose_mg", "1,200 milligrams", 1200),
        ("weeks", "10 weeks", 10),
        ("weeks", "1 week", 1),
        ("sessions", "16 sessions", 16),
        ("episode_months", "14 months", 14),
        ("first_episode_age", "25 years old", 25),
        ("drug_use_past_year", "3 times", 3),
        ("psychiatric_admissions", "1 time", 1),
        ("bp_systolic", "122 mmHg", 122),
        ("more_not_remembered", "2", 2),
    ],
)
def test_a_number_may_be_followed_by_its_own_unit(key, typed, number):
    assert cleaned(key, typed) == number


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("dose_mg", "10-20 mg"),
        ("dose_mg", "150 or 200"),
        ("dose_mg", "150 mg or 200 mg"),
        ("dose_mg", "about 150 mg"),
        ("dose_mg", "150 mcg"),
        ("dose_mg", "1 g"),
        ("dose_mg", "10,20 mg"),
        ("dose_mg", "12,5"),
        ("dose_mg", "mg"),
        ("dose_mg", "10 weeks"),
        ("weeks", "2 months"),
        ("weeks", "10 mg"),
        ("episode_months", "2 years"),
        ("first_episode_age", "25 months"),
        ("dose_mg", "1" + " " * 100_000 + "mg"),
    ],
)
def test_what_is_not_one_number_in_its_own_unit_is_refused(key, typed):
    with pytest.raises(ValidationError, match="Enter a number, such as 12"):
        cleaned(key, typed)


def test_a_number_with_its_unit_is_still_held_to_its_limits():
    with pytest.raises(ValidationError, match="Enter a number from 30 to 350"):
        cleaned("bp_systolic", "1220 mmHg")


def test_every_number_has_a_unit():
    assert {part.unit for part in NUMBERS.values()} == set(UNITS)


@pytest.mark.django_db
def test_a_dose_and_weeks_with_their_units_are_stored_as_numbers(client):
    draft = pat.begin(client)
    assert pat.add(client, "medicines-tried", dose_mg="150 mg", weeks="10 weeks").status_code == 302
    draft.refresh_from_db()
    trial = draft.answers["antidepressants"]["trials"][0]
    assert (trial["dose_mg"], trial["weeks"]) == (150, 10)
