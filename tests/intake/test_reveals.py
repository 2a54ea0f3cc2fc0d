"""Follow-up questions stand under the answer that asks them, on the same page."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django.urls import reverse
from django.utils import timezone

from intake.forms.follow_ups import follow_ups_of
from intake.forms.pages import PageForm
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import ids, links, names, summary, words

RECENT = "safety-cssrs-q6_recent"
DETAILS = "health-seizure_details"


def form(slug: str, told: dict | None = None, stored: dict | None = None) -> PageForm:
    agreed = {"consent": {"substance_use_agreed": "yes"}}
    answers = {**agreed, **(stored or {}), "today": timezone.localdate().isoformat()}
    return PageForm(INTAKE.by_slug[slug], answers, "cssrs", told)


@pytest.mark.parametrize("slug", pat.FOLLOW_UPS)
def test_what_follows_an_answer_stands_under_its_question_and_nowhere_else(slug):
    opening, under = pat.FOLLOW_UPS[slug]
    made = form(slug)
    follow = follow_ups_of(INTAKE.by_slug[slug]).by_name
    assert set(follow) == set(under)
    html = render_crispy_form(made)
    for name, value in opening.items():
        group = made[name].as_field_group()
        assert {name, *under} == names(group)
        assert html.count(f'id="{ids(group)[0]}"') == 1
        opener = re.search(rf'class="([^"]*)"\s+type="radio"\s+name="{name}"\s+value="{value}"', group)
        for number in set(re.findall(r"clinic-reveal-(\d)", group)):
            assert f"clinic-opens-{number}" in opener[1]
    assert len(ids(html)) == len(set(ids(html)))


@pytest.mark.parametrize("page", INTAKE.pages, ids=lambda page: page.slug)
def test_a_follow_up_comes_after_its_parent_and_has_none_of_its_own(page):
    follow = follow_ups_of(page)
    order = list(form(page.slug).fields)
    for parent, groups in follow.by_parent.items():
        assert parent not in follow.by_name
        assert len(groups) <= 2  # as many as the stylesheet has classes for
        for each in groups:
            assert each.opens and all(order.index(parent) < order.index(name) for name in each.names)


def test_a_follow_up_is_needed_only_where_it_was_asked():
    assert form("past", {"safety-cssrs-q6": "no"}).is_valid()
    assert list(form("past", {"safety-cssrs-q6": "yes"}).errors) == [RECENT]
    assert form("past", {"safety-cssrs-q6": "yes", RECENT: "no"}).is_valid()


def test_a_fault_in_what_was_not_asked_holds_nobody_up():
    long = "x" * 10_001
    closed = form("brain", {"health-seizure_ever": "no", DETAILS: long})
    assert closed.is_valid() and "seizure_details" not in closed.to_answers()["health"]
    assert list(form("brain", {"health-seizure_ever": "yes", DETAILS: long}).errors) == [DETAILS]
    assert list(form("brain", {DETAILS: long}).errors) == [DETAILS]


def test_what_was_said_while_it_was_asked_stays_until_the_form_is_sent():
    stored = {"health": {"seizure_ever": "yes", "seizure_details": "Once."}}
    closed = form("brain", {"health-seizure_ever": "no"}, stored)
    assert closed.is_valid() and "seizure_details" not in closed.to_answers()["health"]
    typed = form("brain", {"health-seizure_ever": "no", DETAILS: "Twice."}, stored)
    assert typed.is_valid() and typed.to_answers()["health"]["seizure_details"] == "Twice."
    emptied = form("brain", {"health-seizure_ever": "yes", DETAILS: ""}, stored)
    assert emptied.is_valid() and emptied.to_answers()["health"]["seizure_details"] is None


@pytest.mark.django_db
@pytest.mark.parametrize("slug", pat.FOLLOW_UPS)
def test_follow_ups_are_kept_and_shown_again(client, slug):
    pat.begin(client)
    opening, under = pat.FOLLOW_UPS[slug]
    assert pat.save(client, slug, **{**opening, **under}).status_code == 302
    response = client.get(pat.address(slug))
    for name, value in {**opening, **under}.items():
        assert pat.shown(response)[name] == [value]
    assert response.content.decode().count(f'name="{next(iter(under))}"') >= 1


@pytest.mark.django_db
def test_a_missing_follow_up_is_named_and_its_page_keeps_the_form_from_being_sent(client):
    draft = pat.fill(client)
    html = pat.save(client, "past", **{"safety-cssrs-q6": "yes"})
    assert html.url == reverse("intake:help", args=["past"])  # help does not wait for the follow-up
    html = client.get(reverse("intake:check")).content.decode()
    assert pat.address("past") + "?return=check" in links(html)
    draft.refresh_from_db()
    html = pat.save(client, "past", **{"safety-cssrs-q6": "yes"}).content.decode()
    assert len(summary(html)) == 1 and summary(html)[0] in words(html)


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new"), INTAKE.moved.items())
def test_a_page_that_is_gone_leads_to_the_one_that_asks_its_questions(client, old, new):
    pat.begin(client)
    if new in pat.BRINGS_UP:
        pat.reach(client, new)
    assert old not in INTAKE.by_slug
    assert client.get(pat.address(old)).url == pat.address(new)


@pytest.mark.django_db
def test_what_was_typed_on_a_page_that_is_gone_is_kept(client):
    draft = pat.begin(client)
    pat.save(client, "brain", **{"health-seizure_ever": "yes"})
    client.post(pat.address("seizure-details"), {DETAILS: "Once."})
    draft.refresh_from_db()
    assert draft.answers["health"]["seizure_details"] == "Once."


class TestADraftOfTheOldShape:
    """Its pages are done where all was asked that stands on them now."""

    def saved(self, *slugs: str, **answers: dict) -> list[str]:
        draft = Submission(answers=pat.BEGUN | answers, progress={"saved": list(slugs)})
        return draft.saved_pages()

    def test_a_page_is_not_done_before_its_follow_ups_were_seen(self):
        seizures = {"health": {"seizure_ever": "yes"}}
        assert self.saved("symptoms", "brain", **seizures) == ["symptoms"]
        assert "brain" in self.saved("symptoms", "brain", "seizure-details", **seizures)
        assert "brain" in self.saved("symptoms", "brain", health={"seizure_ever": "no"})

    @pytest.mark.django_db
    def test_saving_the_page_finishes_all_that_it_asks(self, client):
        draft = pat.begin(client)
        pat.save(client, "brain", **{"health-seizure_ever": "yes"})
        draft.refresh_from_db()
        assert "brain" in draft.saved_pages() and "seizure-details>brain" in draft.progress["moved"]


def test_the_questions_that_few_answer_are_folded_and_open_with_a_fault():
    told = {"about-first_name": "Pat", "about-gender": "x" * 501}
    folded = INTAKE.by_slug["name"].fold
    html, faulty = render_crispy_form(form("name")), render_crispy_form(form("name", told))
    inside = html[html.index("<details") : html.index("</details>")]
    assert names(inside) == {path.replace(".", "-") for path in folded.paths}
    assert '<details class="govuk-details">' in html
    assert '<details class="govuk-details" open>' in faulty


def test_the_stem_of_the_mood_scale_is_said_again_above_items_4_and_7():
    stem = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    made = form("mood")
    assert str(INTAKE.by_slug["mood"].hint) == stem
    said = [place for place in range(9) if stem in made[f"mood-phq9-{place}"].as_field_group()]
    assert said == [3, 6]
