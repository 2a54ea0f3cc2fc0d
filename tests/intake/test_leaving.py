"""The buttons that lead away from a page: what was typed on it is saved first, and nothing blocks the way."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import buttons, words

pytestmark = pytest.mark.django_db

WITHOUT_LISTS = [slug for slug in pat.PAGES if slug not in pat.ENTRIES and slug not in pat.BRINGS_UP]
AWAY = ["tasks", "later"]


def leave(client, to: str, slug: str, told: dict):
    return client.post(pat.address(slug), {**told, to: "1"})


def medicine(client, to: str, **told: str):
    return client.post(reverse("intake:entry", args=["medicines-tried", pat.KEY]), {**told, to: "1"})


@pytest.mark.parametrize("slug", ["consent", "mood", "therapies"])
def test_enter_in_a_text_field_still_means_save_and_continue(client, slug):
    pat.begin(client)
    html = client.get(pat.address(slug)).content.decode()
    assert buttons(html) == ["continue", "back", "tasks", "later", "continue"]
    assert buttons(html[html.index("novalidate") :]) == ["continue"]
    assert html.count('form="answers"') == 4


def test_the_help_page_has_two_buttons_to_go_on_and_to_stop(client):
    pat.begin(client)
    html = client.get(reverse("intake:help", args=["mood"])).content.decode()
    assert buttons(html) == ["continue", "stop"]


@pytest.mark.parametrize("to", AWAY)
@pytest.mark.parametrize("slug", WITHOUT_LISTS)
def test_what_is_on_the_page_is_saved_on_the_way_out(client, to, slug):
    draft = pat.begin(client)
    assert leave(client, to, slug, pat.answered(slug)).url == reverse(f"intake:{to}")
    shown = pat.shown(client.get(pat.address(slug)))
    for name, value in pat.answered(slug).items():
        assert [each.replace("\r\n", "\n") for each in shown[name]] == (
            value if isinstance(value, list) else [value]
        )
    draft.refresh_from_db()
    assert slug not in draft.saved_pages()


@pytest.mark.parametrize("slug", WITHOUT_LISTS)
def test_an_untouched_page_is_left_without_a_word_and_stays_not_started(client, slug):
    draft = pat.begin(client)
    response = leave(client, "tasks", slug, {})
    assert response.url == reverse("intake:tasks")
    draft.refresh_from_db()
    assert draft.saved_pages() == []
    assert "was not clear" not in client.get(response.url).content.decode()


def test_a_part_with_answers_on_an_unfinished_page_is_started_on_the_task_list(client):
    pat.begin(client)
    response = leave(client, "tasks", "mood", {"mood-phq9-3": "2"})
    rows = {each["section"].slug: each for each in client.get(response.url).context["rows"]}
    assert rows["mood"]["begun"] and rows["mood"]["left"]
    assert not rows["visits"]["begun"]


@pytest.mark.parametrize("to", AWAY)
def test_a_faulty_answer_blocks_nobody_and_its_question_is_named_without_the_answer(client, to):
    draft = pat.begin(client)
    told = {"about-phone": "(212) 555-0142", "about-email": "pat at home"}
    response = leave(client, to, "contact", told)
    assert response.url == reverse(f"intake:{to}")
    text = words(client.get(response.url).content.decode())
    assert "We saved this page, but not your answer to “Email address”: it was not clear." in text
    assert "pat at home" not in text
    draft.refresh_from_db()
    assert draft.answers["about"] == {"filled_by": "self", "phone": "(212) 555-0142"}


def test_a_required_question_left_blank_is_not_called_unclear(client):
    pat.begin(client)
    response = leave(client, "tasks", "mood", {"mood-phq9-3": "2"})
    assert "was not clear" not in client.get(response.url).content.decode()
    assert pat.shown(client.get(pat.address("mood")))["mood-phq9-3"] == ["2"]


@pytest.mark.parametrize("to", AWAY)
@pytest.mark.parametrize("rest", [{}, {"mood-phq9-0": None}])
def test_who_leaves_with_an_unsafe_answer_sees_help_first_and_then_goes_where_they_wanted(client, to, rest):
    draft = pat.begin(client)
    told = pat.answered("mood", **{"mood-phq9-8": "2"}, **rest)
    response = leave(client, to, "mood", told)
    assert response.url == reverse("intake:help", args=["mood"]) + f"?return={to}"
    assert draft.alarms.get().danger == "phq9_item9"
    assert client.post(response.url, {}).url == reverse(f"intake:{to}")


@pytest.mark.parametrize("to", AWAY)
def test_a_half_filled_medicine_is_kept_and_can_be_finished(client, to):
    draft = pat.begin(client)
    response = medicine(client, to, drug="", dose_mg="150", weeks="a lot")
    assert response.url == reverse(f"intake:{to}")
    assert "How long, exactly?" in words(client.get(response.url).content.decode())
    draft.refresh_from_db()
    assert draft.entries(INTAKE.by_slug["medicines-tried"])[0]["dose_mg"] == 150
    assert "Not finished yet" in words(client.get(pat.address("medicines-tried")).content.decode())
    assert pat.add(client, "medicines-tried", dose_mg="150").status_code == 302
    draft.refresh_from_db()
    assert [each["drug"] for each in draft.entries(INTAKE.by_slug["medicines-tried"])] == ["sertraline"]


def test_a_form_with_an_unfinished_medicine_is_not_sent_and_says_where(client):
    pat.fill(client)
    medicine(client, "tasks", dose_mg="150")
    assert pat.send(client).status_code == 422
    assert pat.address("medicines-tried") in client.get(reverse("intake:check")).content.decode()
    assert pat.draft_of(client).is_draft


def test_an_empty_medicine_is_not_kept(client):
    draft = pat.begin(client)
    medicine(client, "later", drug="", dose_mg="")
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


def test_a_known_medicine_keeps_what_is_not_typed_anew(client):
    draft = pat.begin(client)
    pat.add(client, "medicines-tried")
    medicine(client, "later", drug="", dose_mg="200")
    draft.refresh_from_db()
    entry = draft.entries(INTAKE.by_slug["medicines-tried"])[0]
    assert (entry["drug"], entry["dose_mg"], entry["weeks"]) == ("sertraline", 200, 10)


@pytest.mark.parametrize(("more", "stored"), [("no", []), ("yes", None), ("not_sure", None), ("", None)])
def test_a_list_is_left_with_what_was_said_about_it(client, more, stored):
    draft = pat.begin(client)
    assert leave(client, "tasks", "allergies", {"more": more}).url == reverse("intake:tasks")
    draft.refresh_from_db()
    assert draft.entries(INTAKE.by_slug["allergies"]) == stored


# --- Finish and clear this phone ----------------------------------------------------------------------


def test_clearing_is_one_tap_from_every_page_of_the_form(client, settings):
    settings.SENDS_MAIL = True
    pat.fill(client)
    for slug in [slug for slug in pat.PAGES if slug not in pat.BRINGS_UP]:
        assert leave(client, "later", slug, pat.PAGES[slug]).url == reverse("intake:later"), slug
    for name in ("tasks", "check"):
        assert reverse("intake:later") in client.get(reverse(f"intake:{name}")).content.decode()
    made_code, mailed = reverse("intake:make-code"), reverse("intake:mail-link")
    pages = [client.get(reverse("intake:later")), client.post(made_code, follow=True)]
    pages += [client.post(mailed, follow=True)]
    pat.send(client)
    pages += [client.get(reverse("intake:done"))]
    for page in pages:
        html = page.content.decode()
        assert f'action="{reverse("intake:leave")}"' in html
        assert "Finish and clear this phone" in html


def test_before_it_is_cleared_the_page_says_what_becomes_of_the_draft(client):
    pat.begin(client)
    said = words(client.get(reverse("intake:later")).content.decode())
    assert "Then only a link or a code opens it" in said


def test_clearing_takes_session_and_cookies_without_help_from_the_browser(client):
    """Over plain http a browser passes over ``Clear-Site-Data``."""
    pat.begin(client)
    client.get(pat.address("name"))
    assert "csrftoken" in client.cookies
    response = client.post(reverse("intake:leave"))
    assert response.url == reverse("intake:cleared")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert {name for name, cookie in client.cookies.items() if cookie.value} == set()
    assert not Session.objects.exists()


def test_staff_who_clear_their_browser_are_signed_out(signed_in, cast):
    cora = signed_in(cast.cora)
    pat.begin(cora)
    cora.post(reverse("intake:leave"))
    assert cora.get(reverse("admin:index")).status_code == 302
