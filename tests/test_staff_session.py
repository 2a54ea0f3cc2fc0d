"""How long staff stay signed in."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from tests.intake import pat

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
