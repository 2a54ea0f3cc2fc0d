"""How long staff stay signed in."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.django_db


def test_staff_signing_in_where_a_draft_is_kept_are_not_signed_in_for_a_month(client) -> None:
    get_user_model().objects.create_user("cora", password="a long word of passage", is_staff=True)
    client.post("/")
    assert client.session.get_expiry_age() > settings.SESSION_COOKIE_AGE
    client.post("/admin/login/", {"username": "cora", "password": "a long word of passage"})
    assert client.session["_auth_user_id"]
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_the_sign_in_page_has_a_heading(client) -> None:
    assert client.get("/admin/login/").content.decode().count("<h1") == 1
