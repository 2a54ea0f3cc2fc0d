"""Somebody fills in the form for another person: who that is comes first, and the pages speak of the person."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from intake.forms import rendered
from intake.models import Submission
from intake.questionnaire import for_another
from intake.questionnaire.intake import INTAKE
from intake.views import page_cache
from tests.intake import pat
from tests.intake.screen import buttons, controls, names, summary, words

pytestmark = pytest.mark.django_db
ONLY = "Only Walter can answer these. Ask Walter to, alone if that is better."


@pytest.fixture
def draft(client) -> Submission:
    """A daughter has told who she is, and Walter's name."""
    draft = pat.begin(client, "someone_else")
    pat.save(client, "helper")
    pat.save(client, "consent")
    pat.save(client, "name", **{"about-first_name": "Walter", "about-preferred_name": ""})
    draft.refresh_from_db()
    return draft


def shown(client: Client, slug: str) -> str:
    return words(client.get(pat.address(slug)).content.decode())


# --- How it begins -------------------------------------------------------------------------------------


def test_the_start_page_asks_for_whom_and_a_form_under_way_is_gone_on_with(client):
    front = client.get(reverse("intake:start")).content.decode()
    assert "Start, for myself" in front and "Start, for someone else" in front
    assert "Go on with your form" not in front
    pat.begin(client)
    front = client.get(reverse("intake:start")).content.decode()
    assert "Go on with your form" in front and "Start, for" not in front


def test_a_form_begun_for_oneself_says_so_and_opens_with_the_consent(client):
    response = client.post(reverse("intake:start"), {"for": "self"})
    assert response.url == pat.address("consent")
    assert pat.draft_of(client).answers == {"about": {"filled_by": "self"}}
    assert client.get(pat.address("helper")).status_code == 302


def test_a_form_begun_for_someone_else_first_asks_who_helps_before_any_consent(client):
    assert client.post(reverse("intake:start"), {"for": "someone_else"}).url == pat.address("helper")
    page = client.get(pat.address("helper")).content.decode()
    assert "Who are you helping?" in page and "Your name" in words(page)
    assert "I am, for myself" not in page
    assert names(page) >= {f"about-filled_by{part}" for part in ("", "_name", "_relation", "_phone")}
    assert pat.save(client, "helper").url == pat.address("consent")
    told = pat.draft_of(client).answers["about"]
    assert (told["filled_by"], told["filled_by_name"], told["filled_by_relation"]) == (
        "family",
        "Jo Lee",
        "sister",
    )


def test_who_helps_must_say_whether_it_is_their_job(client):
    pat.begin(client, "someone_else")
    response = pat.save(client, "helper", **{"about-filled_by": None})
    assert response.status_code == 200
    assert summary(response.content.decode()) == ["Who you are: choose one answer"]
    assert pat.draft_of(client).answers["about"]["filled_by_name"] == "Jo Lee"


def test_nothing_is_sent_before_the_helper_has_said_who_they_are(client):
    pat.begin(client, "someone_else")
    for slug, told in pat.PAGES.items():
        assert client.post(pat.address(slug), told).status_code == 302, slug
    response = pat.send(client)
    assert response.status_code == 422 and 'href="/intake/helper/?return=check"' in response.content.decode()
    pat.save(client, "helper")
    assert pat.send(client).status_code == 302
    assert pat.draft_of(client).answers["about"]["filled_by"] == "family"


def test_what_a_person_fills_in_themselves_is_sent_as_theirs(client):
    pat.fill(client)
    pat.send(client)
    assert pat.draft_of(client).answers["about"]["filled_by"] == "self"


def test_who_presses_neither_button_is_asked_first(client):
    assert client.post(reverse("intake:start")).url == pat.address("helper")
    page = client.get(pat.address("helper")).content.decode()
    assert "Who is filling in this form?" in page and "I am, for myself" in page
    assert pat.save(client, "helper", **{"about-filled_by": "self"}).url == pat.address("consent")
    assert client.get(pat.address("helper")).status_code == 302


# --- Drafts begun before -------------------------------------------------------------------------------


def test_an_old_page_leads_to_the_one_that_asks_its_questions_now_and_keeps_what_was_typed_on_it(client):
    draft = pat.begin(client, "someone_else")
    draft.answers = {"about": {"filled_by": "professional"}}
    draft.progress = {"saved": ["helper", "helper-details"]}
    draft.save()
    old = reverse("intake:page", args=["helper-details"])
    assert client.get(old).url == pat.address("helper")
    assert client.post(old, {"about-filled_by_name": "Nurse Kim"}).url == pat.address("helper")
    draft.refresh_from_db()
    assert draft.answers["about"] == {"filled_by": "professional", "filled_by_name": "Nurse Kim"}
    assert client.get(reverse("intake:tasks")).status_code == 200
    assert client.get(reverse("intake:check")).status_code == 200


def test_an_old_draft_of_ones_own_is_asked_nothing_again(client):
    draft = pat.fill(client)
    draft.progress["saved"].append("helper")
    draft.save()
    assert client.get(pat.address("helper")).status_code == 302
    assert pat.send(client).status_code == 302


# --- Said by mistake -----------------------------------------------------------------------------------


def test_on_the_name_page_it_can_be_said_otherwise_and_what_is_typed_stays(client):
    draft = pat.begin(client)
    pat.save(client, "consent")
    page = client.get(pat.address("name")).content.decode()
    assert "Filling this in for someone else?" in page and buttons(page).count("for") == 1
    told = {"about-first_name": "Walter", "about-date_of_birth_month": "13", "for": "someone_else"}
    assert client.post(pat.address("name"), told).url == pat.address("helper")
    draft.refresh_from_db()
    assert draft.answers["about"] == {"first_name": "Walter"} and draft.helped_person == "Walter"
    # Another sentence than the one that was agreed to is agreed to now.
    assert "agreed" not in draft.answers["consent"]
    assert "consent" not in draft.saved_pages()
    pat.save(client, "helper")
    assert pat.save(client, "consent").url == pat.address("name")
    page = client.get(pat.address("name")).content.decode()
    assert "Filling this in for yourself?" in page and controls(page)["about-first_name"] == ["Walter"]
    assert client.post(pat.address("name"), {**told, "for": "self"}).url == pat.address("consent")
    draft.refresh_from_db()
    assert (draft.answers["about"]["filled_by"], draft.helped_person) == ("self", None)


def test_saying_the_same_again_changes_nothing(client, draft):
    pat.save(client, "name", **{"for": "someone_else"})
    draft.refresh_from_db()
    assert draft.answers["about"]["filled_by"] == "family" and draft.answers["consent"]["agreed"]


def test_only_the_name_page_listens_to_that_button(client):
    draft = pat.begin(client)
    pat.save(client, "reason", **{"for": "someone_else"})
    draft.refresh_from_db()
    assert draft.answers["about"]["filled_by"] == "self"


def test_what_was_said_of_a_helper_is_not_sent_where_there_is_none(client, draft):
    for slug, told in pat.PAGES.items():
        client.post(pat.address(slug), told)
    pat.save(client, "name", **{"for": "self"})
    pat.save(client, "consent")
    pat.send(client)
    assert [key for key in pat.draft_of(client).answers["about"] if key.startswith("filled_by")] == [
        "filled_by"
    ]


# --- Words ---------------------------------------------------------------------------------------------


def test_the_pages_of_a_helped_form_name_the_person_and_ones_own_form_never_does(client, draft):
    own = Client()
    pat.begin(own)
    pat.save(own, "name", **{"about-first_name": "Walter"})
    for page in draft.pages(draft.saved_at.date()):
        assert "For Walter." in shown(client, page.slug), page.slug
        assert "Walter." not in shown(own, page.slug), page.slug


def test_a_name_stands_in_no_title_of_a_page(client, draft):
    for address in (pat.address("mood"), pat.address("thoughts"), reverse("intake:check")):
        html = client.get(address).content.decode()
        assert "Walter" not in html[: html.index("</title>")], address


@pytest.mark.parametrize("slug", ["mood", "episode", "medicines-now", "symptoms", "anxiety"])
def test_a_part_opens_with_how_to_answer(client, draft, slug):
    assert "Answer as Walter would." in shown(client, slug)


@pytest.mark.parametrize("slug", ["helper", "consent", "contact", "trauma", "now", "visits"])
def test_other_pages_do_not_repeat_it(client, draft, slug):
    assert "Answer as" not in shown(client, slug)


@pytest.mark.parametrize("slug", ["thoughts", "plans", "past"])
def test_only_the_person_answers_the_suicide_screen(client, draft, slug):
    if slug in pat.BRINGS_UP:
        pat.reach(client, slug)
    page = shown(client, slug)
    assert ONLY in page and "choose “I prefer not to answer”" in page
    assert "I prefer not to answer" in page.split("We will call and ask.")[1]


@pytest.mark.parametrize("slug", ["asq", "asq-now"])
def test_only_the_person_answers_the_other_screen(client, draft, settings, slug):
    settings.SUICIDE_SCREEN = "asq"
    pat.save(client, "asq", **{"safety-asq-q1": "yes"})
    assert ONLY in shown(client, slug)


def test_before_the_name_is_known_the_person_is_spoken_of_all_the_same(client):
    pat.begin(client, "someone_else")
    assert "Only the person you help can answer these." in shown(client, "thoughts")
    assert "Answer as the person you help would." in shown(client, "mood")
    assert "For ." not in shown(client, "mood")


def test_name_contact_and_consent_speak_of_the_person(client, draft):
    page = shown(client, "name")
    assert "About the person" in page and "Their first name" in page and "Their date of birth" in page
    assert "What is your name?" not in page
    assert "How can we reach the person?" in shown(client, "contact")
    assert "I am allowed to fill in this form for the person I am helping" in shown(client, "consent")
    response = pat.save(client, "name", **{"about-first_name": ""})
    assert summary(response.content.decode()) == ["Their first name: write it"]
    response = pat.save(client, "contact", **{"about-phone": "212 555 018"})
    assert summary(response.content.decode())[0].startswith("Their phone number: ")


def test_the_check_reads_back_what_was_asked_and_done_says_whom_we_call(client, draft):
    for slug, told in pat.PAGES.items():
        if slug != "name":
            client.post(pat.address(slug), told)
    check = words(client.get(reverse("intake:check")).content.decode())
    assert "For Walter." in check and "About the person" in check and "Their first name Walter" in check
    pat.send(client)
    done = words(client.get(reverse("intake:done")).content.decode())
    assert "We contact Walter, and you if we cannot reach Walter" in done


def test_the_helper_is_asked_next_to_the_persons_numbers_whether_to_call_them_too(client, draft):
    page = client.get(pat.address("contact"))
    html = words(page.content.decode())
    assert html.index("How can we reach the person?") < html.index("Should we call you, too?")
    assert pat.shown(page)["about-filled_by_phone"] == ["212 555 0199"]
    pat.save(client, "contact", **{"about-filled_by_phone": "212 555 0144"})
    assert pat.draft_of(client).answers["about"]["filled_by_phone"] == "212 555 0144"
    pat.save(client, "contact")  # as a page posts it that was opened before it asked this
    assert pat.draft_of(client).answers["about"]["filled_by_phone"] == "212 555 0144"
    pat.save(client, "contact", **{"about-filled_by_phone": ""})
    assert "filled_by_phone" not in pat.draft_of(client).answers["about"]


def test_nobody_is_promised_a_call_at_a_number_they_did_not_give(client, draft):
    pat.save(client, "helper", **{"about-filled_by_phone": ""})
    for slug, told in pat.PAGES.items():
        client.post(pat.address(slug), told)
    pat.send(client)
    done = words(client.get(reverse("intake:done")).content.decode())
    assert "We contact Patty" in done and "and you if we cannot" not in done


def test_every_word_of_the_table_is_for_a_page_or_a_question_that_is_there():
    paths = {field.path for field in INTAKE.fields}
    assert for_another.HEADINGS.keys() | for_another.ONLY_THE_PERSON <= INTAKE.by_slug.keys()
    assert for_another.QUESTIONS.keys() <= paths
    for page in INTAKE.pages:
        fields = [*page.fields, *for_another.AGAIN.get(page.slug, ())]
        kept = [(field.path, field.kind) for field in for_another.worded(page).fields]
        assert kept == [(field.path, field.kind) for field in fields]


# --- Kept pages ----------------------------------------------------------------------------------------


def test_a_kept_page_of_a_helped_form_holds_no_name(client, draft, monkeypatch):
    kept = []
    monkeypatch.setattr(page_cache, "split", lambda html: kept.append(html) or rendered.split(html))
    page_cache.frame.cache_clear()
    pages = {page.slug: shown(client, page.slug) for page in draft.pages(draft.saved_at.date())}
    assert all("For Walter." in page for page in pages.values())
    assert kept and "Walter" not in "".join(kept)
    asked = page_cache.frame.cache_info()
    pat.save(client, "name", **{"about-first_name": "Zebulon", "about-preferred_name": ""})
    assert "For Zebulon." in shown(client, "mood")
    assert page_cache.frame.cache_info().currsize == asked.currsize  # the name is no part of the key


def test_a_name_on_a_kept_page_is_text_and_a_compressed_page_has_it_too(client, draft):
    pat.save(client, "name", **{"about-first_name": "<b>W\ue000\ue001</b>", "about-preferred_name": ""})
    html = client.get(pat.address("mood"), headers={"accept-encoding": "gzip"})
    text = html.content
    text = gzip.decompress(text) if html.get("Content-Encoding") == "gzip" else text
    assert "For &lt;b&gt;W" in text.decode() and "<b>W" not in text.decode()
