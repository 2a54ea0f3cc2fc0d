"""The pages around accounts speak our words: none of the sentences that Django and allauth bring along."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings
from django.contrib import admin, auth

from intake.mail.account_links import password_link
from intake.models import OutgoingMail
from tests.pages import flat

PASSWORD = "correct horse battery"
CATALOGS = (
    *(Path(app.__file__).parent / "locale/en/LC_MESSAGES/django.po" for app in (admin, auth)),
    Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po",
    Path(allauth.__file__).parent / "locale/de/LC_MESSAGES/django.po",  # which names the English ones too
)
FEWEST = 3  # words: shorter ones are anybody's
MSGID = re.compile(r'^msgid(?:_plural)? ((?:".*"\n)+)', re.MULTILINE)


@cache
def sentences() -> tuple[re.Pattern[str], ...]:
    found = set()
    for catalog in CATALOGS:
        for match in MSGID.findall(catalog.read_text()):
            words = "".join(re.findall(r'"(.*)"\n', match)).replace('\\"', '"').replace("\\n", " ")
            words = re.sub(r"<[^>]*>", " ", words)
            parts = [re.escape(part) for part in re.split(r"%\(?\w*\)?[sd]|\{\w+\}", " ".join(words.split()))]
            if len(re.sub(r"%\(\w+\)[sd]", "", words).split()) >= FEWEST:
                found.add(r"\w.{0,40}".join(parts) if len(parts) > 1 else parts[0])
    return tuple(re.compile(rf"\b{words}") for words in sorted(found))


def test_the_sentences_are_found():
    assert len(sentences()) > 200


def shown(page) -> str:
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", flat(page), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


# --- The pages around accounts ----------------------------------------------------------------------------------

# Of the frame of every page: Django's, and as plain as ours.
LEFT = ("Skip to main content", "Toggle theme")
ACCOUNT = "/admin/auth/user/"


def foreign(page) -> list[str]:
    text = shown(page)
    found = [match[0] for pattern in sentences() for match in [pattern.search(text)] if match]
    return [words for words in found if not words.startswith(LEFT)]


@pytest.fixture
def adam(cast, signed_in):
    return signed_in(cast.adam)


def addresses(cast, clinic) -> Iterator[str]:
    group = cast.adam.groups.get()
    form = clinic.awaiting_patient().submission
    mail = OutgoingMail.objects.latest("pk")
    yield from ("/admin/", "/admin/auth/", "/admin/intake/", "/admin/treatments/")
    yield from (ACCOUNT, f"{ACCOUNT}?q=nobody", f"{ACCOUNT}add/", f"{ACCOUNT}{cast.sid.pk}/")
    yield from (f"{ACCOUNT}{cast.adam.pk}/", "/admin/auth/group/", f"/admin/auth/group/{group.pk}/change/")
    yield from ("/admin/intake/submission/", f"/admin/intake/submission/{form.pk}/change/")
    yield from ("/admin/intake/outgoingmail/", f"/admin/intake/outgoingmail/{mail.pk}/change/")
    yield from ("/admin/password_change/", "/admin/password_change/done/", "/admin/again/")
    yield from ("/admin/treatments/clinictextversion/", "/admin/treatments/clinictextversion/release/es/")
    yield from ("/admin/treatments/clinicprofile/", "/admin/treatments/noticedefaults/")
    yield from ("/admin/treatments/outsideserviceversion/", "/admin/treatments/outsideserviceversion/add/")
    yield from ("/admin/treatments/shift/", "/admin/treatments/clinichours/", "/admin/running/")


def test_no_page_around_accounts_says_what_django_would(cast, clinic, adam):
    for address in addresses(cast, clinic):
        page = adam.get(address)
        assert page.status_code == 200, address
        assert foreign(page) == [], address


def test_no_error_of_a_form_around_accounts_is_djangos(cast, adam):
    typed = {"old_password": "not mine", "new_password1": "sidsidsidsid", "new_password2": "other"}
    wrong = {"username": "two words", "email": "no address", "groups": ["9999"]}
    same = {**typed, "new_password1": "password", "new_password2": "password"}
    for address, asked in (
        ("/admin/password_change/", {}),
        ("/admin/password_change/", typed),
        ("/admin/password_change/", same),
        (f"{ACCOUNT}add/", {}),
        (f"{ACCOUNT}add/", wrong),
        (f"{ACCOUNT}add/", {**wrong, "username": "cora"}),
        ("/admin/again/", {"password": "not mine"}),
    ):
        page = adam.post(address, asked)
        assert page.status_code == 200, address
        assert foreign(page) == [], (address, asked)


@pytest.mark.parametrize("typed", [{}, {"username": "cora"}, {"username": "cora", "password": "not hers"}])
def test_the_sign_in_speaks_our_words(cast, client, typed):
    page = client.post("/admin/login/", typed) if typed else client.get("/admin/login/")
    assert foreign(page) == []


def test_the_pages_of_second_factors_speak_our_words(cast, client):
    client.post("/admin/login/", {"username": "cora", "password": PASSWORD})
    client.post("/admin/again/", {"password": PASSWORD})
    for address in ("/admin/factors/", "/admin/factors/totp/activate/", "/admin/factors/webauthn/add/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert foreign(page) == [], address
    wrong = client.post("/admin/factors/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200 and foreign(wrong) == []


def test_the_owner_of_a_link_reads_our_words(cast, client):
    address = password_link(cast.cora).removeprefix(settings.SITE_URL)
    for typed in (None, {}, {"new_password1": "cora", "new_password2": "other"}):
        page = client.get(address) if typed is None else client.post(address, typed)
        assert page.status_code == 200 and foreign(page) == []


@pytest.mark.parametrize("last", ["history/", "delete/"])
def test_rows_that_are_only_looked_at_have_no_page_of_changes(cast, clinic, adam, last):
    form = clinic.new().submission
    for row in (f"/admin/auth/group/{cast.adam.groups.get().pk}/", f"/admin/intake/submission/{form.pk}/"):
        assert adam.get(f"{row}{last}").status_code == 404
