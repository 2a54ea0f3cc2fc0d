"""The page on allergies asks two more questions beside its list, which are saved with it by every button."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.forms.fields import questions_of
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import buttons, names, words

SLUG = "allergies"
PAGE = pat.address(SLUG)
ROWS = {"rows": "2", "stem": "b" * 14}
KETAMINE, MAOI = "medicines-ketamine_allergy", "medicines-maoi_last_14_days"
pytestmark = pytest.mark.django_db


def told(client: Client) -> dict:
    return pat.draft_of(client).answers.get("medicines", {})


def is_done(client: Client) -> bool:
    return SLUG in pat.draft_of(client).saved_pages()


@pytest.fixture
def begun(client) -> Client:
    pat.begin(client)
    return client


def test_rows_and_questions_are_one_page(begun):
    html = begun.get(PAGE).content.decode()
    assert "Allergies, and two more questions" in words(html)
    assert names(html) >= {"more", "substance-1", KETAMINE, MAOI}
    assert html.index('name="add"') < html.index(f'name="{KETAMINE}"') < html.rindex('name="continue"')
    begun.post(PAGE, {**ROWS, "more": "yes", "substance-1": "nuts", KETAMINE: "yes", MAOI: "no"})
    expected = {"allergies": [{"substance": "nuts"}], "ketamine_allergy": "yes", "maoi_last_14_days": "no"}
    assert told(begun) == expected and is_done(begun)


def test_they_stand_under_what_was_told_and_hold_their_answers(begun):
    pat.add(begun, SLUG)
    begun.post(PAGE, {"more": "no", KETAMINE: "no", MAOI: "not_sure"})
    shown = begun.get(PAGE)
    html = shown.content.decode()
    assert pat.shown(shown)[KETAMINE] == ["no"] and pat.shown(shown)[MAOI] == ["not_sure"]
    assert buttons(html[html.index('id="main"') :]) == ["more", "more"]
    begun.post(PAGE, {"more": "no", KETAMINE: "no", MAOI: ""})
    assert set(told(begun)) == {"allergies", "ketamine_allergy"}


def test_another_allergy_is_added_without_losing_what_is_chosen_below(begun):
    pat.add(begun, SLUG)
    answer = begun.post(PAGE, {"more": "yes", MAOI: "yes"})
    assert answer.url.startswith(PAGE) and told(begun)["maoi_last_14_days"] == "yes"
    assert not is_done(begun)


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("to", ["back", "tasks", "later"])
def test_who_leaves_keeps_them_and_a_blank_takes_nothing_out(begun, to, listed):
    if listed:
        pat.add(begun, SLUG)
    rows = {} if listed else ROWS
    begun.post(PAGE, {**rows, "leave": to, KETAMINE: "yes"})
    begun.post(PAGE, {**rows, "leave": to, MAOI: "no"})
    assert told(begun).items() >= {"ketamine_allergy": "yes", "maoi_last_14_days": "no"}.items()
    assert not is_done(begun)


def test_none_is_kept_by_who_leaves(begun):
    begun.post(PAGE, {**ROWS, "more": "no", "leave": "tasks"})
    assert told(begun) == {"allergies": []}


def test_a_wrong_answer_beside_the_rows_keeps_all_and_opens_no_row(begun):
    answer = begun.post(PAGE, {**ROWS, "more": "no", KETAMINE: "maybe", MAOI: "no"})
    assert answer.status_code == 200 and pat.shown(answer)["more"] == ["no"]
    assert pat.shown(answer)[MAOI] == ["no"] and not is_done(begun)


def test_what_a_sent_form_is_posted_is_given_back_whole(client):
    pat.fill(client)
    pat.send(client)
    answer = client.post(PAGE, {**ROWS, "more": "yes", "substance-1": "nuts", KETAMINE: "not_sure"})
    text = words(answer.content.decode())
    assert answer.status_code == 409 and "nuts" in text and "ketamine" in text and "Not sure" in text


def test_the_page_that_asked_them_before_leads_here_and_keeps_what_was_typed_on_it(begun):
    old = reverse("intake:page", args=["medicine-safety"])
    assert begun.get(old).url == PAGE
    assert begun.post(old, {KETAMINE: "yes"}).url == PAGE
    assert told(begun) == {"ketamine_allergy": "yes"} and not is_done(begun)


@pytest.mark.parametrize("saved", [["allergies"], ["allergies", "medicine-safety"]])
def test_a_draft_of_before_goes_on_where_it_stopped(begun, saved):
    draft = pat.draft_of(begun)
    draft.progress["saved"] = saved
    draft.save()
    assert is_done(begun) is ("medicine-safety" in saved)
    begun.post(PAGE, {**ROWS, "more": "no", KETAMINE: "no"})
    assert is_done(begun)


def test_no_unsafe_answer_stands_beside_a_list():
    for page in (each for each in INTAKE.pages if each.entries):
        asked = {owner.path for _name, owner, _question, _place in questions_of(page)}
        assert asked.isdisjoint(INTAKE.watched), page.slug
