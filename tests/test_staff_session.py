"""How long staff stay signed in, and what becomes of a page that they send too late."""

import json
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import get_hasher, make_password
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic import kept_typing, staff_session
from tests.conftest import fresh
from tests.intake import pat
from tests.pages import flat

pytestmark = pytest.mark.django_db


def test_staff_signing_in_where_a_draft_is_kept_are_not_signed_in_for_a_month(client) -> None:
    get_user_model().objects.create_user("cora", password="a long word of passage", is_staff=True)
    client.post("/")
    assert client.session.get_expiry_age() > settings.SESSION_COOKIE_AGE
    client.post("/admin/login/", {"username": "cora", "password": "a long word of passage"})
    assert client.session["_auth_user_id"]
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_staff_who_begin_and_save_a_patients_form_keep_a_staff_session(cast, signed_in) -> None:
    cora = signed_in(cast.cora)
    pat.begin(cora)
    assert pat.save(cora, "name").status_code == 302
    assert pat.draft_of(cora).answers["about"]["first_name"]
    assert cora.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_staff_who_go_on_with_a_draft_begun_before_signing_in_keep_a_staff_session(cast, client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        pat.begin(client)
    client.force_login(cast.cora)
    assert pat.save(client, "name").status_code == 302
    assert client.session["_auth_user_id"]
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_staff_who_enter_a_form_for_a_caller_keep_a_staff_session(cast, signed_in) -> None:
    cora = signed_in(cast.cora)
    cora.post(reverse("admin:treatments_referral_enter"), {"do": "begin"})
    assert pat.save(cora, "name").status_code == 302
    assert cora.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_the_sign_in_page_has_a_heading(client) -> None:
    assert client.get("/admin/login/").content.decode().count("<h1") == 1


# --- Nobody at the screen -----------------------------------------------------------------------------------

LIST = "/admin/treatments/referral/"
START = datetime.fromisoformat("2026-11-20T09:00:00-05:00")
CANARY = "Canarybird sings of it"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as moving:
        yield moving


def later(clock, **span) -> None:
    clock.shift(timedelta(**span))


def test_staff_are_signed_out_when_nobody_was_at_the_screen_for_fifteen_minutes(clock, cast, signed_in):
    cora = signed_in(cast.cora)
    assert cora.get(LIST).status_code == 200
    later(clock, minutes=14, seconds=59)
    assert cora.get(LIST).status_code == 200
    later(clock, minutes=15)
    response = cora.get(LIST, follow=True)
    assert response.redirect_chain[0][0].startswith("/admin/login/")
    assert "You were signed out, because nobody was at the screen" in flat(response)
    assert "_auth_user_id" not in cora.session


def test_a_session_that_was_never_used_ends_fifteen_minutes_after_the_sign_in(clock, cast, signed_in):
    cora = signed_in(cast.cora)
    later(clock, minutes=15)
    assert cora.get(LIST).status_code == 302


def test_staff_who_are_at_it_all_day_are_signed_out_after_twelve_hours(clock, cast, signed_in):
    cora = signed_in(cast.cora)
    for _time in range(12 * 6 - 1):
        later(clock, minutes=10)
        assert cora.get("/admin/alive/").status_code == 204
    later(clock, minutes=10)
    assert cora.get("/admin/alive/").status_code == 302


@override_settings(IDLE_MINUTES=5)
def test_a_clinic_may_set_another_time(clock, cast, signed_in):
    cora = signed_in(cast.cora)
    assert 'data-minutes="5"' in cora.get(LIST).content.decode()
    later(clock, minutes=5)
    assert cora.get(LIST).status_code == 302


def test_the_cookie_of_another_session_or_of_ones_own_making_keeps_nobody_in(clock, cast, signed_in):
    cora, carl = signed_in(cast.cora), signed_in(cast.carl)
    later(clock, minutes=10)
    carl.get(LIST)
    later(clock, minutes=6)
    cora.cookies[staff_session.COOKIE] = carl.cookies[staff_session.COOKIE].value
    assert cora.get(LIST).status_code == 302
    sam = signed_in(cast.sam)
    later(clock, minutes=16)
    sam.cookies[staff_session.COOKIE] = str(int(datetime.now().timestamp()))
    assert sam.get("/admin/").status_code == 302


def test_a_session_without_the_time_of_its_sign_in_is_over(cast, signed_in):
    cora = signed_in(cast.cora)
    session = cora.session
    del session[staff_session.SINCE]
    session.save()
    assert cora.get(LIST).status_code == 302


def test_reading_a_page_writes_no_session(cast, signed_in):
    cora = signed_in(cast.cora)
    cora.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        cora.get(LIST)
    assert not [each for each in asked.captured_queries if "UPDATE" in each["sql"]]


def test_a_patients_browser_has_no_such_cookie_and_its_requests_ask_for_no_user(client, db, monkeypatch):
    pat.begin(client)
    monkeypatch.setattr(
        staff_session, "is_over", lambda request: pytest.fail("a patient's request was looked at")
    )
    assert pat.save(client, "name").status_code == 302
    assert staff_session.COOKIE not in client.cookies


def test_entering_a_form_for_a_caller_keeps_staff_signed_in_and_ends_when_they_leave(clock, cast, signed_in):
    cora = signed_in(cast.cora)
    cora.post(reverse("admin:treatments_referral_enter"), {"do": "begin"})
    later(clock, minutes=10)
    assert pat.save(cora, "name").status_code == 302
    later(clock, minutes=10)
    assert cora.get(LIST).status_code == 200
    later(clock, minutes=15)
    late = pat.save(cora, "name")
    assert (late.status_code, "_auth_user_id" in cora.session) == (410, False)
    assert pat.PAGES["name"]["about-first_name"] in flat(late)  # given back, to be copied


# --- A page that was sent too late --------------------------------------------------------------------------


def sent_late(clock, client: Client, referral, **typed):
    """A note on a referral that was typed for too long."""
    seen = {"seen_version": referral.version}
    later(clock, minutes=16)
    return client.post(f"{LIST}{referral.pk}/note/", {**seen, **typed})


def back_again(client: Client, username: str):
    """Sign in, and what the sign-in leads to."""
    sent = {"username": username, "password": "correct horse battery"}
    return client.post("/admin/login/?next=/admin/kept/", {**sent, "next": "/admin/kept/"}, follow=True)


def test_what_was_typed_on_a_late_page_comes_back_after_the_sign_in_and_can_be_sent(clock, clinic, signed_in):
    cora, referral = signed_in(clinic.cast.cora), clinic.new()
    response = sent_late(clock, cora, referral, note=CANARY)
    assert response.url == "/admin/login/?next=/admin/kept/"
    assert not referral.events.filter(kind="note").exists()
    page = back_again(cora, "cora")
    assert CANARY in flat(page)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    assert cora.post(f"{LIST}{referral.pk}/note/", fields).status_code == 302
    assert referral.events.get(kind="note").note == CANARY


def test_what_was_typed_late_is_sealed_in_the_database_and_only_its_writer_is_shown_it(
    clock, clinic, signed_in
):
    cora, referral = signed_in(clinic.cast.cora), clinic.new()
    sent_late(clock, cora, referral, note=CANARY)
    stored = [Session(session_data=each.session_data).get_decoded() for each in Session.objects.all()]
    assert any(kept_typing.KEY in each for each in stored)
    assert CANARY not in json.dumps(stored)
    assert CANARY not in flat(back_again(cora, "carl"))


def test_what_was_typed_late_is_nothing_without_the_cookie(clock, clinic, signed_in):
    cora, referral = signed_in(clinic.cast.cora), clinic.new()
    sent_late(clock, cora, referral, note=CANARY)
    del cora.cookies[kept_typing.COOKIE]
    assert CANARY not in flat(back_again(cora, "cora"))


def test_what_was_typed_late_can_be_thrown_away(clock, clinic, signed_in):
    cora, referral = signed_in(clinic.cast.cora), clinic.new()
    sent_late(clock, cora, referral, note=CANARY)
    back_again(cora, "cora")
    assert cora.post("/admin/kept/").status_code == 302
    assert kept_typing.KEY not in cora.session
    assert cora.get("/admin/kept/").status_code == 302


def test_an_overlong_page_and_a_page_with_passwords_are_not_kept(clock, clinic, signed_in):
    cora, referral = signed_in(clinic.cast.cora), clinic.new()
    assert "kept" not in sent_late(clock, cora, referral, note="x" * 200_000).url
    carl = signed_in(clinic.cast.carl)
    later(clock, minutes=16)
    assert "kept" not in carl.post("/admin/password_change/", {"old_password": CANARY}).url


# --- Passwords ----------------------------------------------------------------------------------------------


def test_passwords_are_kept_by_argon2_and_older_ones_change_over_at_the_sign_in(client, cast):
    ours = ["clinic.passwords.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=ours):
        old = make_password("correct horse battery", hasher="pbkdf2_sha256")
        type(cast.cora).objects.filter(pk=cast.cora.pk).update(password=old)
        client.post("/admin/login/", {"username": "cora", "password": "correct horse battery"})
        assert client.session["_auth_user_id"]
        assert fresh(cast.cora).password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
        assert client.get(LIST).status_code == 200
        assert get_hasher().algorithm == "argon2"
