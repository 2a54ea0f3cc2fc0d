"""What a page of a fault gives back to whom: no password, nothing of another site, all else to be sent again."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from intake.views.unsaved import typed_in
from tests.intake import pat
from tests.intake.screen import names, words
from tests.trust import harm
from tests.trust.test_database_faults import form_in


@pytest.fixture
def away(real_database):
    client = Client(raise_request_exception=False)
    pat.begin(client)
    with harm.refused():
        yield client


def test_a_password_is_never_given_back(away):
    told = {"username": "cora", "password": "correct horse battery", "next": "/admin/"}
    away.cookies["csrftoken"] = "x" * 32  # as from the page that was filled in
    response = away.post(reverse("admin:login"), told)
    page = response.content.decode()
    assert response.status_code == 503
    assert "correct horse" not in page and 'name="password"' not in page
    assert form_in(response)["username"] == ["cora"]


def test_what_another_site_sent_is_not_repeated_above_a_button():
    foreign = RequestFactory().post("/status/message/", {"text": "typed by somebody else"})
    assert typed_in(foreign) is None
    own = RequestFactory().post("/status/message/", {"text": "typed here", "csrfmiddlewaretoken": "x"})
    own.META["CSRF_COOKIE"] = "x" * 32  # as Django's middleware reads it from the cookie
    assert typed_in(own).dict() == {"text": "typed here"}


def test_what_a_person_wrote_stands_in_plain_sight_and_what_the_page_added_does_not(away):
    told = {
        "text": "I moved to Utica.",
        "key": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "seen_version": "12345",
    }
    response = away.post(reverse("intake:message"), told)
    text = words(response.content.decode())
    assert "I moved to Utica." in text
    assert told["key"] not in text and told["seen_version"] not in text
    given = form_in(response)
    assert {name: given[name] for name in told} == {name: [value] for name, value in told.items()}


def test_a_page_that_was_only_to_be_read_can_be_asked_for_again(away):
    response = away.get("/intake/?return=check")
    assert response.status_code == 503 and response["Retry-After"] == "30"
    assert 'href="/intake/?return=check"' in response.content.decode()
    assert "<form" not in response.content.decode()


def test_a_button_without_words_can_be_pressed_again(away):
    response = away.post("/")
    assert form_in(response).keys() == {"csrfmiddlewaretoken"}
    assert "Try again" in words(response.content.decode())


def test_a_form_made_without_its_draft_asks_what_is_always_asked_and_what_was_answered(away):
    # Each of this page's questions depends on what was told earlier.
    response = away.post(pat.address("guardian"), {"about-guardian_name": "Jo"})
    assert names(response.content.decode()) == {"about-guardian_name"}
    response = away.post(pat.address("reason"), {"reason-wishes": "tms"})
    assert names(response.content.decode()) == {"reason-goals", "reason-wishes", "reason-heard_about"}


def test_the_token_of_the_given_back_form_is_taken(real_database):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    token = form_in(client.get("/"))["csrfmiddlewaretoken"]
    client.post("/", {"csrfmiddlewaretoken": token})
    told = {**pat.answered("reason"), "csrfmiddlewaretoken": token}
    with harm.refused():
        response = client.post(pat.address("reason"), told)
    assert response.status_code == 503
    assert client.post(pat.address("reason"), form_in(response)).status_code == 302
