"""A browser that has lost its cookies, or blocks them: what was typed is given back, and no pause is blamed."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Submission
from tests.intake import pat
from tests.intake.screen import words
from tests.intake.test_unsafe_answers import UNSAFE

pytestmark = pytest.mark.django_db

OURS = {"HTTP_ORIGIN": "http://testserver"}
PAUSE = ("long time", "too long", "a while", "long pause")
NOT_SAVED = "We could not save your answer. Nobody at the clinic has seen it, and nobody will call you."


@pytest.fixture
def browser(db) -> Client:
    """A browser in which Pat has begun; its pages are sent as a browser sends them."""
    client = Client(enforce_csrf_checks=True, **OURS)
    client.get("/")
    client.post("/", {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    return client


def said(response) -> str:
    text = words(response.content.decode())
    assert not any(pause in text for pause in PAUSE), text
    return text


@pytest.mark.parametrize("slug", ["reason", "contact", "mood", "symptoms"])
def test_what_was_typed_when_the_cookies_went_is_given_back(browser, slug):
    token = browser.cookies["csrftoken"].value
    browser.cookies.clear()
    response = pat.save(browser, slug, csrfmiddlewaretoken=token)
    assert response.status_code == 403
    assert "Please allow cookies" in said(response)
    text = words(response.content.decode())
    for name, value in pat.answered(slug).items():
        if name.endswith(("goals", "phone", "-email")):
            assert all(line in text for line in value.splitlines()), name
    assert "What you typed just now was not saved" in said(response)
    assert not response.cookies.get("sessionid") and Submission.objects.count() == 1


def test_an_entry_of_a_list_is_given_back_too(browser):
    browser.cookies.clear()
    response = pat.add(browser, "medicines-tried")
    assert response.status_code == 403
    assert pat.MEDICINE["drug"] in said(response)


@pytest.mark.parametrize("address", ["/status/message/", "/status/questions/"])
def test_so_is_what_was_written_to_us_after_sending(client, address):
    browser = Client(enforce_csrf_checks=True, **OURS)
    response = browser.post(
        address, {"text": "I moved to Utica.", "key": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    )
    assert response.status_code == 403
    assert "I moved to Utica." in said(response)
    assert "0f8fad5b" not in response.content.decode()


def test_cookies_cleared_while_another_page_was_opened_lose_nothing_either(browser):
    old = browser.cookies["csrftoken"].value
    browser.cookies.clear()
    browser.get("/")
    response = browser.post(pat.address("reason"), {**pat.PAGES["reason"], "csrfmiddlewaretoken": old})
    assert response.status_code == 403
    text = words(response.content.decode())
    assert "We can't find your form in this browser" in text and "cookies" in text
    assert "Feel like myself again." in text


def test_start_says_that_cookies_are_needed_and_begins_no_form():
    for _time in range(3):
        browser = Client(enforce_csrf_checks=True, **OURS)
        token = browser.get("/").cookies["csrftoken"].value
        browser.cookies.clear()
        response = browser.post("/", {"csrfmiddlewaretoken": token})
        assert response.status_code == 403
        assert "Please allow cookies" in said(response)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "address", ["/", "/intake/send/", "/intake/leave/", "/intake/mood/", "/language/", "/come-back/"]
)
def test_every_page_of_a_stranger_without_cookies_says_so(address):
    response = Client(enforce_csrf_checks=True).post(address, {"mood-phq9-0": "1"})
    assert response.status_code == 403
    assert "Please allow cookies" in said(response)


def test_staff_without_cookies_read_of_them_as_well():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"login": "cora"})
    assert response.status_code == 403
    assert "Please allow cookies" in said(response)


def test_what_another_site_sent_is_not_repeated():
    for headers in ({}, {"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}):
        foreign = Client(enforce_csrf_checks=True, **headers)
        response = foreign.post(pat.address("reason"), {"reason-goals": "Call +1 900 for help"})
        assert response.status_code == 403
        assert "+1 900" not in response.content.decode()


def test_an_older_browser_that_names_no_origin_but_the_same_site_gets_its_text_back():
    browser = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE="same-origin")
    response = browser.post(pat.address("reason"), {"reason-goals": "to sleep again"})
    assert "to sleep again" in said(response)


@pytest.mark.parametrize("danger", ["cssrs_q4", "chest_pain_or_stroke_signs"])
def test_an_unsafe_answer_shows_its_help_first_and_that_nobody_knows_of_it(browser, danger):
    slug, told, _urgency = UNSAFE[danger]
    for cookies in ("none", "another"):
        browser.cookies.clear()
        if cookies == "another":
            browser.get("/")
        text = words(pat.save(browser, slug, **told).content.decode())
        assert "Call 911" in text or "Call 988" in text
        assert NOT_SAVED in text
    lost = Client()
    text = words(pat.save(lost, slug, **told).content.decode())
    assert NOT_SAVED in text and "We can't find your form in this browser" in text


def test_a_form_that_is_known_without_the_cookie_of_its_pages_is_shown_again_without_blame(browser):
    del browser.cookies["csrftoken"]
    response = pat.save(browser, "reason")
    assert response.status_code == 403
    text = said(response)
    assert "Your browser sent us no cookie" in text and "Your answers are still here" in text
    assert pat.shown(response)["reason-goals"] == [pat.PAGES["reason"]["reason-goals"]]


def test_what_was_written_on_the_status_page_without_a_session_blames_no_pause():
    response = Client().post(reverse("intake:message"), {"text": "I moved to Utica."})
    assert response.status_code == 410
    assert "I moved to Utica." in said(response) and "cookies" in said(response)
