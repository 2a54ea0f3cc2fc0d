"""What staff read of the medicines tried: the base of a combination, what was typed, and who decides."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.documents import trial, with_trials
from tests.pages import flat
from treatments.demo.people import PEOPLE
from treatments.demo.profiles import PROFILES
from treatments.reading import brief
from treatments.reading.trial_history import adequacy, dose, history, weeks
from treatments.rules.engine import assess
from treatments.rules.trials import Trials
from treatments.templatetags.desk import trd_words


def one(*entries: dict):
    return Trials(entries, 0).listed[-1]


def test_the_picture_names_the_base_of_a_combination():
    added = trial("bupropion", dose_mg=300, added_to_another="yes", added_to="Zoloft")
    assert adequacy(one(trial(), added)) == ("apart", "Added to sertraline, no trial of its own")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "150 mg, minimum 50 mg"),
        ({"dose_typed": "75 mg twice a day"}, "150 mg (“75 mg twice a day”), minimum 50 mg"),
        ({"drug": "Aplenzin", "dose_mg": 348}, "348 mg, Aplenzin 348 mg = bupropion 300 mg, minimum 300 mg"),
        ({"drug": "Exxua", "dose_mg": 60}, "60 mg, no minimum in the table"),
        ({"dose_mg": None}, "dose not known, minimum 50 mg"),
        ({"drug": "Cytomel", "dose_mg": 0.025}, "25 micrograms"),
        ({"drug": "Spravato", "dose_mg": 84}, "84 mg"),
        ({"drug": "the blue pill", "dose_mg": 20}, "20 mg, name not recognized"),
        (
            {"drug": "Prozac Weekly", "dose_mg": 90},
            "90 mg, 90 mg once a week is not a daily dose, the clinician decides",
        ),
    ],
)
def test_a_dose_is_shown_as_typed_and_as_read(answers, words):
    assert dose(one(trial(**answers))) == words


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "10 weeks"),
        ({"weeks": 13, "weeks_typed": "3 months"}, "13 weeks (“3 months”)"),
        ({"weeks": 0, "weeks_choice": "under_4"}, "under 4 weeks (chosen)"),
        ({"weeks": None}, "weeks not known"),
        ({"weeks": None, "weeks_typed": "a while"}, "weeks not known (“a while”)"),
    ],
)
def test_weeks_are_shown_as_typed_or_chosen(answers, words):
    assert weeks(one(trial(**answers))) == words


def test_the_picture_says_a_range_as_it_was_chosen():
    drawn = history(with_trials(trial(weeks=0, weeks_choice="under_4"), trial("Celexa", weeks=10)))
    said = [flat(render_to_string("admin/treatments/charts/weeks.html", {"bar": bar})) for bar in drawn.bars]
    assert said == ["under 4 weeks (chosen)", "10 wk"]


def test_the_arithmetic_says_that_weeks_were_chosen_as_a_range():
    document = with_trials(
        trial(weeks=0, weeks_choice="under_4"), trial("Celexa", weeks=26, weeks_choice="26_51")
    )
    first, second = brief.tried(document, [])
    assert "under 4 weeks (chosen)" in first.weeks and "6 to 12 months (chosen)" in second.weeks


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("second", "words"),
    [
        (trial("Exxua", dose_mg=72.6), "the clinician decides"),
        (trial("Celexa", dose_mg=None), "needs records"),
        (trial("Celexa", dose_mg=40), "yes"),
        (trial("Celexa", dose_mg=10), "no"),
    ],
)
def test_the_page_says_who_decides_where_only_a_minimum_dose_is_missing(
    clinic, cast, signed_in, second, words
):
    changes = {"antidepressants.trials": [trial(), second], "antidepressants.more_not_remembered": 0}
    referral = clinic.in_review(**changes)
    page = flat(signed_in(cast.cora).get(reverse("admin:treatments_referral_change", args=[referral.pk])))
    assert f"broad definition: <strong>{words}</strong>" in page
    assert f"<dt>Spravato label</dt><dd>{words}</dd>" in page


def test_an_account_that_was_kept_before_has_the_words_of_its_data():
    kept = {"trd": {"broad": "needs_records", "payer": "no", "definitions": {"label": "not_applicable"}}}
    assert [trd_words(kept, name) for name in ("broad", "payer", "label")] == [
        "needs records",
        "no",
        "not applicable",
    ]


def demonstrated(profile: str) -> list[dict]:
    assert profile in {person.profile for person in PEOPLE}
    return assess(with_trials(*PROFILES[profile]["antidepressants.trials"]))["trials"]


def test_the_demonstration_shows_a_combination_a_faded_benefit_and_forms_of_their_own():
    base, added = demonstrated("combination")
    assert (base["adequate_strict"], added["combination"], added["added_to"]) == (True, True, "sertraline")
    faded, _ = demonstrated("benefit_faded")
    assert (faded["adequate_strict"], faded["failed_broad"]) == (True, None)
    weekly, converted = demonstrated("weekly_form")
    assert (weekly["adequate_strict"], converted["adequate_strict"]) == (None, True)
