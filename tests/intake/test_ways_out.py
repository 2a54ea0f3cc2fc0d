"""Back, All parts, Save and leave and the language: one name of button on every page of questions, and all save."""

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from intake.locations import EVERY
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import buttons, summary, words

pytestmark = pytest.mark.django_db
BOTH = override_settings(OFFERED_LANGUAGES=["en", "es"])
LIST = "medicines-tried"
ENTRY = f"{LIST}/{pat.KEY}"
MEMORY = reverse("intake:memory", args=[LIST])
SPANISH = {"leave": "in-es"}
BIRTH = {
    f"date_of_birth_{part}": pat.PAGES["name"][f"about-date_of_birth_{part}"]
    for part in ("month", "day", "year")
}


def before(slug: str) -> str:
    """The page before ``slug`` in Pat's form."""
    slugs = list(pat.PAGES)
    return pat.address(slugs[slugs.index(slug) - 1])


def entry() -> str:
    return reverse("intake:entry", args=[LIST, pat.KEY])


def spanish(response) -> bool:
    return '<html\n  lang="es"' in response.content.decode()


@pytest.mark.parametrize(
    ("address", "back"),
    [
        (pat.address("mood"), before("mood")),
        (pat.address("contact"), before("contact")),
        (pat.address(LIST), before(LIST)),
        (pat.address("allergies"), before("allergies")),
        (reverse("intake:entry", args=["allergies", pat.KEY]), pat.address("allergies")),
        (MEMORY, pat.address(LIST)),
    ],
)
def test_every_page_of_questions_has_the_ways_out_and_each_leads_there(client, address, back):
    pat.fill(client)
    client.post(reverse("intake:remove", args=[LIST, pat.KEY]))
    html = client.get(address).content.decode()
    assert buttons(html)[:4] == ["continue", "back", "tasks", "later"]
    assert "See all parts" not in html and "govuk-back-link" not in html
    for to, leads in (("back", back), ("tasks", reverse("intake:tasks")), ("later", reverse("intake:later"))):
        assert client.post(address, {"leave": to}).url == leads


def test_the_first_page_leads_back_to_the_parts(client):
    pat.begin(client)
    assert client.post(pat.address("consent"), {"leave": "back"}).url == reverse("intake:tasks")


def test_from_the_list_of_answers_back_leads_there_even_where_the_answer_brings_up_more(client):
    pat.fill(client)
    address = pat.address("alcohol") + "?return=check"
    answer = client.post(address, {"substances-audit_c-0": "3", "leave": "back"})
    assert answer.url == reverse("intake:check")


@pytest.mark.parametrize("to", ["back", "tasks", "later"])
def test_back_saves_what_is_typed(client, to):
    draft = pat.begin(client)
    client.post(pat.address("reason"), {"reason-goals": "Sleep.", "leave": to})
    draft.refresh_from_db()
    assert draft.answers["reason"] == {"goals": "Sleep."} and draft.saved_pages() == []


def test_a_button_that_nobody_made_is_the_one_to_go_on(client):
    pat.begin(client)
    for made_up in ("nowhere", "in-xx", "in-es", ""):
        answer = client.post(pat.address("reason"), {"reason-goals": "Sleep.", "leave": made_up})
        assert answer.url == pat.address("mood")


# --- Nothing is erased ------------------------------------------------------------------------------------


def test_blanks_of_an_older_tab_erase_nothing_and_the_page_says_so(client):
    draft = pat.begin(client)
    pat.save(client, "name")
    known = pat.draft_of(client).answers["about"]
    told = {key: value for key, value in pat.PAGES["name"].items() if key != "about-pronouns"}
    answer = client.post(pat.address("name"), {**told, "about-first_name": "Patricia", "leave": "tasks"})
    draft.refresh_from_db()
    assert draft.answers["about"] == {**known, "first_name": "Patricia"}
    assert "name" in draft.saved_pages()
    text = words(client.get(answer.url).content.decode())
    assert text.count("We kept what you had told us before.") == 1
    assert "she/her" not in text


def test_blanks_of_many_questions_are_named_together(client):
    draft = pat.begin(client)
    pat.save(client, "mood")
    stored = pat.draft_of(client).answers["mood"]
    answer = client.post(pat.address("mood"), {"mood-phq9-0": "1", "leave": "back"})
    draft.refresh_from_db()
    assert draft.answers["mood"] == stored | {"phq9": [1, *stored["phq9"][1:]]}
    assert "Some questions were blank on this page." in words(client.get(answer.url).content.decode())
    assert "mood" in draft.saved_pages()


def test_who_goes_on_with_a_blank_takes_the_answer_out(client):
    draft = pat.begin(client)
    pat.save(client, "visits")
    client.post(pat.address("visits"), {"practical-ride_home": "no"})
    draft.refresh_from_db()
    assert draft.answers["practical"] == {"ride_home": "no"}


def test_blanks_of_an_older_tab_leave_a_medicine_as_it_was(client):
    draft = pat.begin(client)
    pat.add(client, LIST)
    kept = pat.draft_of(client).entries(INTAKE.by_slug[LIST])
    answer = client.post(entry(), {"drug": "sertraline", "leave": "back"})
    assert answer.url == pat.address(LIST)
    assert "We kept what you had told us before." in words(client.get(answer.url).content.decode())
    draft.refresh_from_db()
    assert draft.entries(INTAKE.by_slug[LIST]) == kept
    assert draft.waiting(INTAKE.by_slug[LIST]) == []


def test_a_page_that_is_left_as_it_stands_is_not_written(client):
    draft = pat.begin(client)
    pat.add(client, LIST)
    at = pat.draft_of(client).saved_at
    client.post(entry(), {**pat.MEDICINE, "leave": "back"})
    client.post(pat.address("mood"), {"leave": "back"})
    draft.refresh_from_db()
    assert draft.saved_at == at


# --- Help comes first ---------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    ("to", "leads"),
    [("back", before("mood")), ("in-es", pat.address("mood")), ("later", reverse("intake:later"))],
)
def test_an_unsafe_answer_rings_and_shows_its_help_then_the_button_leads_on(client, to, leads):
    draft = pat.begin(client)
    answer = client.post(pat.address("mood"), {"mood-phq9-8": "2", "leave": to})
    assert draft.alarms.get().danger == "phq9_item9"
    assert answer.url.startswith(reverse("intake:help", args=["mood"]))
    page = client.get(answer.url)
    assert spanish(page) is (to == "in-es")
    assert "Thank you for telling us" in words(page.content.decode())
    assert client.post(answer.url, {}).url == leads
    client.post(pat.address("mood"), {"mood-phq9-8": "2", "leave": to})
    assert "Thank you for telling us this too" not in words(client.get(leads).content.decode())
    assert draft.alarms.count() == 1


def test_from_the_list_of_answers_help_leads_back_to_it(client):
    pat.fill(client)
    told = pat.answered("mood", **{"mood-phq9-8": "2"}, leave="back")
    answer = client.post(pat.address("mood") + "?return=check", told)
    assert client.post(answer.url, {}).url == reverse("intake:check")


@override_settings(HELP_PAGES=EVERY)
def test_a_page_left_as_it_stands_has_had_its_help(client):
    pat.begin(client)
    told = pat.answered("mood", **{"mood-phq9-8": "2"})
    client.post(client.post(pat.address("mood"), told).url, {})
    assert client.post(pat.address("mood"), {**told, "leave": "back"}).url == before("mood")
    assert "/help/" in client.post(pat.address("mood"), {**told, "mood-phq9-8": "3", "leave": "back"}).url


def test_help_that_was_left_by_the_browsers_own_back_button_comes_again(client):
    pat.begin(client)
    told = pat.answered("mood", **{"mood-phq9-8": "2"})
    client.post(pat.address("mood"), told)
    assert "/help/" in client.post(pat.address("mood"), {**told, "leave": "back"}).url


def test_an_unclear_answer_beside_an_unsafe_one_is_named_after_the_help(client):
    pat.begin(client)
    told = {"mood-phq9-8": "2", "mood-phq9-0": "often", "leave": "tasks"}
    answer = client.post(pat.address("mood"), told)
    assert "not clear" not in words(client.get(answer.url).content.decode())
    leads = client.post(answer.url, {}).url
    assert "it was not clear" in words(client.get(leads).content.decode())


@pytest.mark.parametrize(("to", "leads"), [("", "mood"), ("back", "reason"), ("tasks", None)])
def test_a_page_that_is_gone_saves_helps_and_leads_on(client, monkeypatch, to, leads):
    """Opened before its questions moved to another page."""
    monkeypatch.setitem(INTAKE.moved, "old-mood", "mood")
    draft = pat.begin(client)
    leads = pat.address(leads) if leads else reverse("intake:tasks")
    answer = client.post(pat.address("old-mood"), {"mood-phq9-0": "1", "leave": to})
    assert answer.url == leads
    answer = client.post(pat.address("old-mood"), {"mood-phq9-8": "2", "leave": to})
    assert draft.alarms.count() == 1
    assert answer.url.startswith(reverse("intake:help", args=["mood"]))
    assert client.post(answer.url, {}).url == leads


# --- The language -------------------------------------------------------------------------------------------


@BOTH
def test_the_language_button_saves_and_shows_the_same_page(client):
    draft = pat.begin(client)
    address = pat.address("reason") + "?return=check"
    assert buttons(client.get(address).content.decode())[:2] == ["continue", "in-es"]
    answer = client.post(address, {"reason-goals": "Sleep.", **SPANISH})
    assert answer.url == address
    page = client.get(answer.url)
    assert spanish(page) and pat.shown(page)["reason-goals"] == ["Sleep."]
    draft.refresh_from_db()
    assert draft.language == "es" and draft.saved_pages() == []


@BOTH
def test_what_is_wrong_stays_in_place_in_the_other_language_and_is_not_judged(client):
    draft = pat.begin(client)
    told = {"about-phone": "(212) 555-0142", "about-email": "pat at home", "about-contact_by": ["call"]}
    assert client.post(pat.address("contact"), told).status_code == 200
    page = client.post(pat.address("contact"), {**told, **SPANISH})
    assert page.status_code == 200 and spanish(page) and page["Content-Language"] == "es"
    assert summary(page.content.decode()) == []
    shown = pat.shown(page)
    assert {name: shown[name] for name in told} == {
        "about-phone": ["(212) 555-0142"], "about-email": ["pat at home"], "about-contact_by": ["call"]
    }  # fmt: skip
    draft.refresh_from_db()
    assert draft.answers["about"]["phone"] == "(212) 555-0142"


@BOTH
def test_an_entry_the_names_the_ticks_and_a_choice_stay_in_place(client):
    pat.begin(client)
    page = client.post(pat.address(LIST), {"drug-1": "sertraline", "instead": "never", **SPANISH})
    assert spanish(page) and pat.shown(page)["drug-1"] == ["sertraline"]
    assert pat.shown(page)["instead"] == ["never"]
    page = client.post(MEMORY, {"first": ["zoloft"], "else": ["others"], "leave": "in-en"})
    assert not spanish(page) and pat.shown(page)["first"] == ["zoloft"]
    assert pat.shown(page)["else"] == ["others"]
    page = client.post(entry(), {"drug": "Zoloft", "weeks": "a lot", **SPANISH})
    assert spanish(page) and pat.shown(page)["weeks"] == ["a lot"]
    assert summary(page.content.decode()) == []
    page = client.post(pat.address("allergies"), {"more": "not_sure", **SPANISH})
    assert spanish(page) and pat.shown(page)["more"] == ["not_sure"]


@BOTH
def test_names_sent_for_a_language_and_sent_again_are_entries_once(client):
    draft = pat.begin(client)
    page = client.post(pat.address(LIST), {"drug-1": "sertraline", **SPANISH})
    stem = page.context["form"].stem
    client.post(pat.address(LIST), {"stem": stem, "drug-1": "sertraline"})
    draft.refresh_from_db()
    assert [each["drug"] for each in draft.entries(INTAKE.by_slug[LIST])] == ["sertraline"]


@BOTH
def test_a_refused_sending_changes_its_language_on_the_page_before(client):
    pat.begin(client)
    page = pat.send(client)
    assert page.status_code == 422
    address = page.wsgi_request.get_full_path()
    answer = client.post(reverse("intake:language"), {"language": "es", "next": address})
    page = client.get(answer.url, follow=True)
    assert page.redirect_chain == [(reverse("intake:check"), 302)] and spanish(page)


@BOTH
@override_settings(DRAFT_DAYS=20)
def test_the_cookie_lives_as_long_as_the_draft_and_is_renewed_with_it(client):
    with time_machine.travel("2026-03-02 12:00Z", tick=False) as clock:
        pat.begin(client)
        answer = client.post(pat.address("consent"), SPANISH)
        cookie = answer.cookies["django_language"]
        assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("es", 21 * 24 * 60 * 60, True)
        assert "django_language" not in client.post(pat.address("consent"), {}).cookies
        clock.move_to("2026-03-03 12:00Z")
        answer = client.post(pat.address("consent"), {})
        assert answer.cookies["django_language"]["max-age"] == 21 * 24 * 60 * 60


@BOTH
def test_a_language_to_speak_that_was_given_stays_when_the_pages_change_theirs(client):
    draft = pat.begin(client)
    draft.language, draft.progress["spoken"] = "en", True  # as drafts were asked it before, and on the phone
    draft.save()
    client.post(pat.address("reason"), SPANISH)
    draft.refresh_from_db()
    assert draft.spoken == "en"


@BOTH
def test_a_page_without_answers_changes_the_draft_too(client):
    draft = pat.begin(client)
    client.post(reverse("intake:language"), {"language": "es", "next": reverse("intake:tasks")})
    draft.refresh_from_db()
    assert draft.language == "es"


@BOTH
def test_a_code_brings_back_the_language_of_the_draft(client):
    pat.begin(client)
    pat.save(client, "name")
    client.post(pat.address("reason"), SPANISH)
    page = client.post(reverse("intake:make-code"), follow=True)
    phone = Client()
    answer = phone.post(reverse("intake:come-back"), {"code": page.context["code"], **BIRTH})
    assert answer.url == reverse("intake:tasks")
    assert spanish(phone.get(answer.url))
    assert Submission.objects.get().language == "es"
