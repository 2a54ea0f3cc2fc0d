"""Every page of the intake: it opens, it saves, it shows again what was saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.fields import FIELDS
from intake.questionnaire.asking import leaves
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.part_two import PART_TWO
from tests.intake import pat
from tests.intake.screen import buttons, ids, links, names, words

pytestmark = pytest.mark.django_db

FORMS = [*pat.PAGES, *pat.MORE_PAGES]
WITHOUT_LISTS = [slug for slug in FORMS if slug not in pat.ENTRIES]
MOST_QUERIES = 8


def test_pat_knows_every_page_of_the_intake():
    assert {page.slug for page in INTAKE.pages} == {*pat.PAGES, *pat.MORE_PAGES, *pat.ASQ_PAGES}


@pytest.mark.parametrize("slug", FORMS)
def test_a_page_opens_with_one_heading_and_nothing_chosen(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    response = client.get(pat.address(slug))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert len(ids(html)) == len(set(ids(html)))
    if slug not in ("name", "contact"):
        assert not any(value for values in pat.shown(response).values() for value in values)


@pytest.mark.parametrize("slug", WITHOUT_LISTS)
def test_a_page_asks_all_that_pat_answers_or_leaves_unticked_and_nothing_else(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    _opening, under = pat.FOLLOW_UPS.get(slug, ({}, {}))
    asked = names(client.get(pat.address(slug)).content.decode())
    assert asked == {*pat.answered(slug), *under, *pat.UNTICKED.get(slug, ())}


@pytest.mark.parametrize("slug", WITHOUT_LISTS)
def test_a_saved_page_shows_again_what_was_saved(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    assert pat.save(client, slug).status_code == 302
    shown = pat.shown(client.get(pat.address(slug)))
    for name, value in pat.answered(slug).items():
        assert [each.replace("\r\n", "\n") for each in shown[name]] == (
            value if isinstance(value, list) else [value]
        ), name


@pytest.mark.parametrize("slug", FORMS)
def test_saving_a_page_costs_few_queries(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    with CaptureQueriesContext(connection) as spent:
        assert pat.save(client, slug).status_code == 302
    assert len(spent) <= MOST_QUERIES, [query["sql"][:60] for query in spent]


@pytest.mark.parametrize("slug", pat.ENTRIES)
def test_saving_an_entry_costs_few_queries(client, slug):
    pat.begin(client)
    with CaptureQueriesContext(connection) as spent:
        assert pat.add(client, slug).status_code == 302
    pages = 2 if INTAKE.by_slug[slug].follow_up else 1
    assert len(spent) <= MOST_QUERIES * pages


@pytest.mark.parametrize("slug", FORMS)
def test_saving_a_page_twice_is_the_same_as_once(client, slug):
    draft = pat.begin(client)
    pat.reach(client, slug)
    pat.save(client, slug)
    draft.refresh_from_db()
    once = draft.answers
    assert pat.save(client, slug).status_code == 302
    draft.refresh_from_db()
    assert draft.answers == once


def test_the_pages_lead_pat_from_the_first_to_the_last(client):
    pat.begin(client)
    slugs = list(pat.PAGES)
    for slug, following in zip(slugs, [*slugs[1:], None], strict=True):
        response = pat.save(client, slug)
        assert response.url == (pat.address(following) if following else reverse("intake:check"))


def test_what_pat_answers_is_a_sound_document(client):
    draft = pat.fill(client)
    for slug in pat.ENTRIES:
        pat.add(client, slug)
    draft.refresh_from_db()
    assert draft.faults(timezone.localdate()) == []


def test_a_page_that_may_be_skipped_is_saved_empty_and_says_nothing(client):
    draft = pat.begin(client)
    needed = {"consent", "name", "contact", "mood", "thoughts", "past"}
    for slug in [slug for slug in pat.PAGES if slug not in needed and slug not in pat.ENTRIES]:
        assert client.post(pat.address(slug), {}).status_code == 302, slug
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


@pytest.mark.parametrize("slug", FORMS)
def test_a_page_has_a_way_back_and_a_way_to_all_parts(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    html = client.get(pat.address(slug)).content.decode()
    found = links(html)
    assert "tasks" in buttons(html)
    order = [page.slug for page in pat.draft_of(client).pages(timezone.localdate())]
    place = order.index(slug)
    back = pat.address(order[place - 1]) if place else reverse("intake:tasks")
    assert back in found or client.post(pat.address(slug), {"back": "1"}).url == back


@pytest.mark.parametrize("slug", FORMS)
def test_help_in_a_crisis_stands_on_every_page(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    text = words(client.get(pat.address(slug)).content.decode())
    assert "In crisis? Call 988 Text 988 Call 911" in text
    assert "Nobody watches this form all the time." in text


@pytest.mark.parametrize("slug", pat.MORE_PAGES)
def test_a_page_that_does_not_apply_leads_back_to_the_list_of_parts(client, slug):
    pat.begin(client)
    pat.save(client, "trauma")
    pat.save(client, "other-treatments")
    assert client.get(pat.address(slug)).url == reverse("intake:tasks")
    assert client.post(pat.address(slug), pat.MORE_PAGES[slug]).url == reverse("intake:tasks")


def test_the_substance_pages_are_asked_only_with_consent(client):
    pat.begin(client)
    for answer in ("no", "not_sure", None):
        pat.save(client, "consent", **{"consent-substance_use_agreed": answer})
        assert client.get(pat.address("alcohol")).url == reverse("intake:tasks")
    pat.save(client, "consent")
    assert client.get(pat.address("alcohol")).status_code == 200


@pytest.mark.parametrize("slug", pat.ASQ_PAGES)
def test_a_clinic_may_ask_the_other_suicide_screen_instead(client, settings, slug):
    settings.SUICIDE_SCREEN = "asq"
    pat.begin(client)
    if slug == "asq-now":
        pat.save(client, "asq", **{"safety-asq-q1": "yes"})
    assert pat.save(client, slug).status_code == 302
    shown = pat.shown(client.get(pat.address(slug)))
    assert {name: values[0] for name, values in shown.items()} == pat.ASQ_PAGES[slug]
    assert client.get(pat.address("thoughts")).url == reverse("intake:tasks")


def test_where_past_attempts_are_asked_elsewhere_their_page_is_about_others_alone(client, settings):
    settings.SUICIDE_SCREEN = "asq"
    pat.begin(client)
    html = client.get(pat.address("past")).content.decode()
    assert "Thoughts about others" in words(html) and "Past attempts" not in words(html)
    assert "safety-harm_to_others" in names(html) and "safety-cssrs-q6" not in names(html)
    pat.save(client, "past")
    check = words(client.get(reverse("intake:check")).content.decode())
    assert "Thoughts about others" in check and "Past attempts" not in check


def test_coming_from_the_answers_a_changed_page_leads_back_to_them(client):
    pat.fill(client)
    response = client.post(pat.address("now") + "?return=check", pat.PAGES["now"])
    assert response.url == reverse("intake:check")


def test_coming_from_the_answers_new_questions_are_asked_first(client):
    pat.fill(client)
    changed = {**pat.PAGES["trauma"], "anxiety-trauma_event": "yes"}
    response = client.post(pat.address("trauma") + "?return=check", changed)
    assert response.url == pat.address("trauma-effects") + "?return=check"
    response = client.post(response.url, pat.MORE_PAGES["trauma-effects"])
    assert response.url == reverse("intake:check")


def test_coming_from_the_answers_the_way_back_leads_to_them(client):
    pat.fill(client)
    answer = client.post(pat.address("now") + "?return=check", {"leave": "back"})
    assert answer.url == reverse("intake:check")


def test_every_question_stands_on_exactly_one_page():
    asked = [
        (field.path, leaf.key)
        for page in (*INTAKE.pages, INTAKE.help_page, INTAKE.check_page, *PART_TWO.pages)
        for field in page.fields
        for leaf in leaves(field)
        if leaf.page == page.slug
    ]
    assert len(asked) == len(set(asked))
    assert {path for path, _key in asked} == {field.path for field in FIELDS}
