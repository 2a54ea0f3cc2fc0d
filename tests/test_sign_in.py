"""How often a sign-in may be tried, who is let in, and what stands in the log."""

import logging
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, override_settings

from clinic import sign_in
from tests.pages import flat

pytestmark = pytest.mark.django_db

RIGHT = "correct horse battery"
TOO_MANY = "Too many tries went wrong"


def attempt(client: Client, username: str = "cora", typed: str = "wrong", sender: str = "198.51.100.1"):
    return client.post("/admin/login/", {"username": username, "password": typed}, REMOTE_ADDR=sender)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def senders():
    """A new address for each try."""
    return (f"203.0.{high}.{low}" for high in range(250) for low in range(1, 250))


def test_whoever_opens_the_page_can_type_at_once(client):
    page = client.get("/admin/login/").content.decode()
    assert re.search(r'<input[^>]*name="username"[^>]* autofocus', page)


def test_ten_wrong_passwords_from_one_address_are_judged_and_no_more(cast, client):
    answers = [flat(attempt(client, username=f"somebody{number}")) for number in range(12)]
    assert [TOO_MANY in answer for answer in answers] == [False] * 10 + [True] * 2
    attempt(client, typed=RIGHT)
    assert not is_in(client)
    attempt(client, typed=RIGHT, sender="198.51.100.2")
    assert is_in(client)


def test_forty_wrong_passwords_for_one_name_from_forty_addresses_are_judged_ten_times(cast):
    answers = [
        flat(attempt(Client(), sender=sender)) for _number, sender in zip(range(40), senders(), strict=False)
    ]
    assert [TOO_MANY in answer for answer in answers] == [False] * 10 + [True] * 30
    client = Client()
    attempt(client, typed=RIGHT)
    assert not is_in(client)


def test_a_flood_over_all_names_and_addresses_stops_and_lets_known_browsers_in(cast, monkeypatch):
    monkeypatch.setattr(sign_in, "IN_ALL", {"in_all": "5/5m/key"})
    known, stranger = Client(), Client()
    attempt(known, typed=RIGHT)
    known.post("/admin/logout/")
    for number, sender in zip(range(5), senders(), strict=False):
        assert TOO_MANY not in flat(attempt(Client(), username=f"somebody{number}", sender=sender))
    attempt(stranger, username="carl", typed=RIGHT, sender="192.0.2.8")
    assert not is_in(stranger)
    attempt(known, typed=RIGHT, sender="192.0.2.9")
    assert is_in(known)


def test_a_stranger_who_knows_a_name_locks_nobody_out_of_their_own_browser(cast):
    known = Client()
    attempt(known, typed=RIGHT)
    known.post("/admin/logout/")
    for _number, sender in zip(range(12), senders(), strict=False):
        attempt(Client(), sender=sender)
    attempt(known, typed=RIGHT, sender="192.0.2.9")
    assert is_in(known)


@pytest.mark.parametrize("forged", ["", "x", "cora", "0123456789abcdef:sig"])
def test_no_browser_makes_itself_known(cast, forged):
    client = Client()
    client.cookies[sign_in.KNOWN] = forged
    answers = [
        flat(attempt(client, sender=sender)) for _number, sender in zip(range(12), senders(), strict=False)
    ]
    assert TOO_MANY in answers[-1]


def test_a_browser_known_for_one_name_is_a_stranger_for_another(cast):
    client = Client()
    attempt(client, typed=RIGHT)
    client.post("/admin/logout/")
    answers = [
        flat(attempt(client, username="carl", sender=sender))
        for _number, sender in zip(range(12), senders(), strict=False)
    ]
    assert TOO_MANY in answers[-1]


def test_guesses_in_a_known_browser_are_limited_too(cast):
    client = Client()
    attempt(client, typed=RIGHT)
    client.post("/admin/logout/")
    answers = [
        flat(attempt(client, sender=sender)) for _number, sender in zip(range(12), senders(), strict=False)
    ]
    assert TOO_MANY in answers[-1]


def test_the_count_is_shared_by_all_workers():
    """It lies in the database: a count in each process would let twice as many through."""
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"


def test_a_sign_in_that_is_refused_is_a_line_without_the_name(cast, client, caplog):
    with caplog.at_level(logging.WARNING):
        for _time in range(11):
            attempt(client, username="Canarybird")
    told = [record.getMessage() for record in caplog.records]
    assert sum("Sign-in failed, request" in line for line in told) == 10
    assert sum("Sign-in refused after too many tries, request" in line for line in told) == 1
    assert "Canarybird" not in "".join(told)


def test_the_number_of_requests_to_the_page_is_limited_with_a_page_of_ours(cast, client):
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"}):
        answers = [attempt(client, typed="") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Please wait a few minutes" in flat(answers[-1])


def test_an_account_that_is_no_staffs_or_is_ended_is_told_no_more_than_a_wrong_password(cast, client):
    User.objects.create_user("nora", password=RIGHT)
    User.objects.filter(username="carl").update(is_active=False)
    told = {
        name: flat(attempt(client, username=name, typed=password))
        for name, password in (("nora", RIGHT), ("carl", RIGHT), ("cora", "wrong"), ("nobody", "wrong"))
    }
    wrong = "The user name or the password is wrong."
    assert all(wrong in answer for answer in told.values())
    assert not is_in(client)


def test_somebody_signed_in_who_is_no_staff_is_not_led_in_circles(client, db):
    client.force_login(User.objects.create_user("nora", password=RIGHT))
    assert client.get("/admin/login/").status_code == 200


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_the_sign_in_leads_nowhere_else(cast, client, there):
    response = client.post("/admin/login/", {"username": "cora", "password": RIGHT, "next": there})
    assert response.url == "/admin/"


@pytest.mark.parametrize("end", ["signup/", "password/reset/", "email/", "login/code/", "confirm-email/"])
def test_nothing_else_of_allauth_has_an_address(client, db, end):
    for before in ("/admin/", "/accounts/", "/"):
        assert client.get(before + end).status_code in (302, 404)
        assert "Sign Up" not in flat(client.get(before + end, follow=True))
    assert not EmailAddress.objects.exists()


def test_signing_out_takes_one_press_and_no_address_alone_does_it(cast, signed_in):
    cora = signed_in(cast.cora)
    assert "Log out" in flat(cora.get("/admin/"))
    assert cora.get("/admin/logout/").url == "/admin/"
    assert is_in(cora)
    assert cora.post("/admin/logout/").status_code == 302
    assert not is_in(cora)
