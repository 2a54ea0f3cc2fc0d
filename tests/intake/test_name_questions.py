"""A name that comes near to a medicine is asked about on the page of the list; nothing is replaced unasked."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from intake.questionnaire.names import name_question
from tests.intake import pat

LISTS = {"medicines-now": ("medicines", "list")}


def _page(client: Client, slug: str, **query: str) -> str:
    return client.get(reverse("intake:page", args=[slug]), query).content.decode()


def _press(client: Client, slug: str, **posted: str):
    return client.post(reverse("intake:page", args=[slug]), posted)


def _drug(draft, slug: str) -> str:
    draft.refresh_from_db()
    section, key = LISTS[slug]
    (entry,) = draft.answers[section][key]
    return entry["drug"]


@pytest.mark.parametrize(
    ("typed", "meant", "instead"),
    [
        ("simbalta", "Cymbalta (duloxetine)", "Cymbalta (duloxetine)"),
        ("simbalto 60 mg", "Cymbalta (duloxetine)", "Cymbalta (duloxetine) 60 mg"),
        ("prozzacc", "Prozac (fluoxetine)", "Prozac (fluoxetine)"),
    ],
)
def test_a_near_match_is_asked_about(typed: str, meant: str, instead: str) -> None:
    asked = name_question({"drug": typed})
    assert asked is not None
    assert (asked.meant, asked.instead, asked.several) == (meant, instead, ())


def test_two_known_names_are_asked_about() -> None:
    asked = name_question({"drug": "Zoloft and Abilify"})
    assert asked is not None
    assert (asked.meant, asked.several) == ("", ("sertraline", "aripiprazole"))


@pytest.mark.parametrize("entry", [{"drug": "Zoloft 50"}, {"drug": "the blue one"}, {"drug": "Symbyax"}, {}])
def test_a_plain_name_and_an_unknown_one_are_not_asked_about(entry: dict) -> None:
    assert name_question(entry) is None


@pytest.mark.django_db
@pytest.mark.parametrize("slug", LISTS)
def test_yes_takes_the_name_that_was_meant(client: Client, slug: str) -> None:
    draft = pat.begin(client)
    pat.add(client, slug, drug="simbalta 60 mg")
    assert _drug(draft, slug) == "simbalta 60 mg"
    html = _page(client, slug)
    assert "You wrote “simbalta 60 mg”. Did you mean Cymbalta (duloxetine)?" in html
    assert _press(client, slug, meant=pat.KEY).status_code == 302
    assert _drug(draft, slug) == "Cymbalta (duloxetine) 60 mg"
    assert "Did you mean" not in _page(client, slug)


@pytest.mark.django_db
def test_keeping_it_changes_nothing_and_asks_no_more_on_that_page(client: Client) -> None:
    draft = pat.begin(client)
    pat.add(client, "medicines-now", drug="simbalta")
    before = _page(client, "medicines-now")
    assert "Keep “simbalta” as I wrote it" in before
    kept = _press(client, "medicines-now", keep=pat.KEY)
    assert "Did you mean" not in client.get(kept.url).content.decode()
    assert _drug(draft, "medicines-now") == "simbalta"


@pytest.mark.django_db
def test_no_answer_leaves_the_name_as_typed_and_hinders_nothing(client: Client) -> None:
    draft = pat.begin(client)
    pat.add(client, "medicines-now", drug="simbalta")
    assert _press(client, "medicines-now", more="no").status_code == 302
    assert _drug(draft, "medicines-now") == "simbalta"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "posted", [{"meant": "nothing"}, {"meant": ""}, {"keep": "nothing"}, {"keep": "x&next=/"}]
)
def test_an_answer_about_an_entry_that_is_not_there_changes_nothing(client: Client, posted: dict) -> None:
    draft = pat.begin(client)
    pat.add(client, "medicines-now", drug="simbalta")
    answer = _press(client, "medicines-now", **posted)
    assert answer.url == reverse("intake:page", args=["medicines-now"])
    assert _drug(draft, "medicines-now") == "simbalta"


@pytest.mark.django_db
def test_yes_to_a_name_that_is_plain_by_now_changes_nothing(client: Client) -> None:
    draft = pat.begin(client)
    pat.add(client, "medicines-now", drug="Zoloft 50")
    _press(client, "medicines-now", meant=pat.KEY)
    assert _drug(draft, "medicines-now") == "Zoloft 50"


@pytest.mark.django_db
def test_two_medicines_in_one_box_are_asked_about_and_kept(client: Client) -> None:
    draft = pat.begin(client)
    pat.add(client, "medicines-now", drug="Zoloft and Abilify")
    assert "Are these two medicines: sertraline, aripiprazole?" in _page(client, "medicines-now")
    _press(client, "medicines-now", meant=pat.KEY)
    draft.refresh_from_db()
    assert "Zoloft and Abilify" in json.dumps(draft.answers)
