"""Nobody of the staff reads with a password alone where a second factor is asked for; each change of one is an event."""

import re
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client

from clinic import second_factor
from intake.encryption.sealing import Tampered
from tests import racing
from tests.conftest import Clinic, arrive, hire
from tests.pages import flat
from tests.treatments.test_access import World, addresses
from treatments.models import Event
from treatments.triage.accounts import give_link

RIGHT = "correct horse battery"
INDEX = "/admin/factors/"
ADD = "/admin/factors/totp/activate/"


@pytest.fixture(autouse=True)
def asked_for(settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


def code_of(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def with_app(person: User) -> str:
    """Give them an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def sign_in(client: Client, person: User, then: str = "/admin/"):
    return client.post("/admin/login/", {"username": person.username, "password": RIGHT, "next": then})


def answer(client: Client, code: str):
    return client.post("/admin/factors/authenticate/", {"code": code})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- At rest ------------------------------------------------------------------------------------------------


def test_what_codes_are_made_of_is_sealed_in_the_database(cast, client):
    secret = with_app(cast.cora)
    RecoveryCodes.activate(cast.cora)
    kept = {row.type: row.data for row in Authenticator.objects.all()}
    assert secret not in str(kept)
    assert sign_in(client, cast.cora).url == "/admin/factors/authenticate/"
    assert answer(client, code_of(secret)).status_code == 302
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert len(codes) == len({*codes}) > 5
    assert kept["recovery_codes"]["seed"].isascii() and len(kept["recovery_codes"]["seed"]) > 60


def test_a_secret_that_was_put_there_plain_or_changed_opens_no_door(cast):
    """As somebody would who can write to the database but has no key."""
    with_app(cast.cora)
    row = Authenticator.objects.get()
    other, changed = generate_totp_secret(), bytearray(b64decode(row.data["secret"]))
    changed[-1] ^= 1
    for planted in (other, b64encode(other.encode() * 3).decode(), b64encode(changed).decode()):
        Authenticator.objects.update(data={"secret": planted})
        with pytest.raises((Tampered, ValueError)):
            TOTP(Authenticator.objects.get()).validate_code(code_of(other))


# --- The guard ----------------------------------------------------------------------------------------------

OPEN = {
    "/admin/factors/",
    ADD,
    "/admin/factors/webauthn/add/",
    "/admin/again/",
    "/admin/login/",
    "/admin/logout/",
}


@pytest.mark.walk
@pytest.mark.parametrize("role", ["cora", "adam"])
def test_no_address_of_the_staff_answers_a_password_alone(role, db):
    world = World(Clinic(hire(), arrive))
    client = world.client(role)
    for _name, address in addresses(world, most=2):
        if address.partition("?")[0] in OPEN:
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(address, {"note": "broke in", "do": "link"})
            where = f"{role} {method} {address} {response.status_code}"
            if "set-password" in address:
                assert response.status_code == 404, where
                continue
            assert response.status_code == 302 and response.url in (INDEX, "/admin/"), where
            assert not world.seen_in(response), where


def test_with_the_factor_they_read_and_without_it_the_same_page_leads_to_adding_one(cast, client):
    secret = with_app(cast.cora)
    assert sign_in(client, cast.cora, "/admin/treatments/referral/").url == "/admin/factors/authenticate/"
    assert not is_in(client)
    assert client.get("/admin/treatments/referral/").status_code == 302
    assert answer(client, code_of(secret)).url == "/admin/treatments/referral/"
    assert client.get("/admin/treatments/referral/").status_code == 200


def test_a_session_older_than_the_factor_is_asked_for_it(cast, signed_in):
    cora = signed_in(cast.cora)
    with_app(cast.cora)
    assert cora.get(ADD).url.startswith("/admin/login/")
    assert not is_in(cora)


def test_the_patients_pages_ask_for_no_factor(client, db, monkeypatch):
    monkeypatch.setattr(
        second_factor, "name_of", lambda request: pytest.fail("a patient's page was looked at")
    )
    assert client.get("/").status_code == 200


def test_where_it_is_not_asked_for_a_password_is_enough_and_a_banner_says_so(cast, client, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in(client, cast.cora)
    assert "Staff sign in with a password alone here" in flat(client.get("/admin/"))
    settings.STAFF_SECOND_FACTOR = True
    assert client.get("/admin/").url == INDEX


# --- Adding one ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # the session learns of it after the commit
def test_somebody_without_a_factor_adds_one_and_goes_on(cast, client):
    sign_in(client, cast.cora)
    assert "Nobody here reads patients with a password alone" in flat(client.get(INDEX))
    assert unquote(client.get(ADD).url) == f"/admin/again/?next={ADD}"
    assert client.post("/admin/again/", {"password": RIGHT, "next": ADD}).url == ADD
    page = client.get(ADD)
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode() and "data:" not in page.headers["Content-Security-Policy"]
    added = client.post(ADD, {"code": code_of(secret)})
    codes = client.get(added.url)
    assert len(re.findall(r"<code>[\d ]+</code>", codes.content.decode())) == 10
    assert client.get("/admin/treatments/referral/").status_code == 200
    told = Event.objects.filter(account=cast.cora, kind="factor_added").order_by("pk")
    assert [event.details["how"] for event in told] == ["totp", "recovery_codes"]
    assert "****" not in flat(codes) and re.findall(r"<code>\d", client.get(added.url).content.decode()) == []


def test_a_factor_is_changed_only_by_who_shows_again_who_they_are(cast, client):
    secret = with_app(cast.cora)
    sign_in(client, cast.cora)
    answer(client, code_of(secret))
    for address in (
        "/admin/factors/totp/deactivate/",
        "/admin/factors/webauthn/add/",
        "/admin/factors/recovery-codes/generate/",
    ):
        assert unquote(client.get(address).url) == f"/admin/again/?next={address}"
        assert client.post(address, {"code": "1"}).url.startswith("/admin/again/")
    assert Authenticator.objects.filter(user=cast.cora).count() == 1


def test_the_last_factor_is_not_taken_off_by_its_owner(cast, client):
    secret = with_app(cast.cora)
    sign_in(client, cast.cora)
    answer(client, code_of(secret))
    client.post("/admin/again/", {"password": RIGHT})
    page = client.post("/admin/factors/totp/deactivate/")
    assert "You cannot deactivate two-factor authentication." in flat(page)
    assert Authenticator.objects.filter(user=cast.cora).exists()


def test_the_question_for_a_security_key_is_asked(cast, client):
    secret = with_app(cast.cora)
    sign_in(client, cast.cora)
    assert "request_options" in client.get("/admin/factors/authenticate/").context["js_data"]
    answer(client, code_of(secret))
    client.post("/admin/again/", {"password": RIGHT})
    page = client.get("/admin/factors/webauthn/add/")
    assert page.context["js_data"]["creation_options"]["publicKey"]["rp"]["id"] == "testserver"
    assert client.get("/admin/factors/webauthn/").status_code == 200
    assert client.get("/admin/factors/reauthenticate/").status_code == 200


# --- Attacks ------------------------------------------------------------------------------------------------


def test_a_code_works_once(cast):
    secret = with_app(cast.cora)
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, cast.cora)
        answer(client, code)
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_wrong_code_is_on_record_by_the_account_whose_password_was_right(cast, client):
    with_app(cast.cora)
    sign_in(client, cast.cora)
    answer(client, "000000")
    event = Event.objects.get(kind="sign_in_failed")
    assert (event.account, event.actor, event.from_address) == (cast.cora, None, "127.0.0.1")


def test_ten_wrong_codes_are_judged_and_no_more(cast, client):
    secret = with_app(cast.cora)
    sign_in(client, cast.cora)
    for _time in range(10):
        assert "Incorrect code." in flat(answer(client, "000000"))
    assert "Too many tries went wrong" in flat(answer(client, code_of(secret)))
    assert not is_in(client)


def test_a_new_password_by_a_link_does_not_pass_the_second_factor(cast, client):
    with_app(cast.cora)
    link = give_link(account=cast.cora, actor=cast.adam).partition("8000")[2]
    new = "a quiet lantern by the river"
    client.post(link, {"new_password1": new, "new_password2": new})
    response = client.post("/admin/login/", {"username": "cora", "password": new})
    assert response.url == "/admin/factors/authenticate/"
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302


def test_a_recovery_code_signs_in_once(cast):
    with_app(cast.cora)
    code = RecoveryCodes.activate(cast.cora).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, cast.cora)
        answer(client, code)
    assert (is_in(first), is_in(second)) == (True, False)


def test_recovery_codes_alone_are_no_factor(cast, client):
    RecoveryCodes.activate(cast.cora)
    sign_in(client, cast.cora)
    assert client.get("/admin/treatments/referral/").url == INDEX


def test_half_way_in_somebody_may_turn_back(cast, client):
    with_app(cast.cora)
    sign_in(client, cast.cora)
    assert client.post("/admin/logout/").url == "/admin/login/"
    assert client.get("/admin/factors/authenticate/").url == "/admin/login/"


def test_the_records_of_one_session_pass_nobody_else(cast, client):
    secret = with_app(cast.cora)
    sign_in(client, cast.cora)
    answer(client, code_of(secret))
    client.post("/admin/logout/")
    sign_in(client, cast.carl)
    assert client.get("/admin/treatments/referral/").url == INDEX


# --- A lost one -----------------------------------------------------------------------------------------------


def test_an_administrator_takes_off_lost_factors_and_the_privacy_officer_is_told(cast, signed_in, settings):
    settings.STAFF_SECOND_FACTOR = False
    with_app(cast.cora)
    RecoveryCodes.activate(cast.cora)
    assert (
        signed_in(cast.adam).post(f"/admin/auth/user/{cast.cora.pk}/", {"do": "factors"}).status_code == 302
    )
    assert not Authenticator.objects.filter(user=cast.cora).exists()
    removed = Event.objects.filter(kind="factor_removed", account=cast.cora, actor=cast.adam)
    assert sorted(event.details["how"] for event in removed) == ["recovery_codes", "totp"]
    assert Event.objects.filter(kind="access_opened", account=cast.cora).exists()


def test_nobody_takes_off_their_own_that_way_and_nobody_without_the_right(cast, signed_in, settings):
    settings.STAFF_SECOND_FACTOR = False
    with_app(cast.adam)
    with_app(cast.carl)
    assert (
        signed_in(cast.adam).post(f"/admin/auth/user/{cast.adam.pk}/", {"do": "factors"}).status_code == 409
    )
    assert (
        signed_in(cast.cora).post(f"/admin/auth/user/{cast.carl.pk}/", {"do": "factors"}).status_code == 404
    )
    assert Authenticator.objects.count() == 2


# --- Two workers at once, and the check before a clinic opens ------------------------------------------------


@pytest.fixture
def shared(real_database) -> Iterator[None]:
    return real_database


def test_two_workers_take_a_code_once(shared):
    cache.clear()
    cora = hire().cora
    secret = with_app(cora)
    clients = [Client() for _worker in range(4)]
    for client in clients:
        sign_in(client, cora)
    code = code_of(secret)
    racing.at_once(*(lambda client=client: answer(client, code) for client in clients))
    assert sum(map(is_in, clients)) == 1


def test_a_server_without_it_is_refused_by_the_check(settings, db):
    settings.DEBUG, settings.DEMO, settings.STAFF_SECOND_FACTOR = False, False, False
    found = {each.id for each in run_checks(tags=["security"], include_deployment_checks=True)}
    assert "treatments.E001" in found
    settings.STAFF_SECOND_FACTOR = True
    found = {each.id for each in run_checks(tags=["security"], include_deployment_checks=True)}
    assert "treatments.E001" not in found
