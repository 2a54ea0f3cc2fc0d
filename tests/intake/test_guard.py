"""The guard before the pages: the session outlives its draft, and what cannot be saved is given back."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve, reverse, set_script_prefix

from intake import urls
from intake.locations import settings_of
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.views.guard import address
from tests.intake import pat
from tests.intake.screen import words

pytestmark = pytest.mark.django_db
TYPED = "Quorvexin, the white tablet"


def test_the_session_lasts_a_day_longer_than_the_draft(client):
    pat.begin(client)
    pat.save(client, "reason")
    days = settings_of(None).draft_days + 1
    assert client.session["_session_expiry"] == timedelta(days=days).total_seconds()


@pytest.mark.parametrize("known", [True, False])
def test_nobody_knows_the_key_of_a_session_before_its_draft(known, client):
    before = "k" * 32
    if known:
        session = client.session
        session["before"] = 1
        session.save()
        before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    pat.begin(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize("key", ["no such id", 7, [1, 2], {"a": 1}, ""])
def test_a_session_that_names_no_draft_leads_to_a_page_that_says_so(key, client):
    session = client.session
    session["intake"] = key
    session.save()
    assert client.get("/intake/reason/").status_code == 404


def test_what_was_typed_for_one_entry_is_given_back(client):
    page = client.post("/intake/medicines-tried/0123456789abcdef/", {"drug": TYPED})
    assert page.status_code == 410
    assert TYPED in words(page.content.decode())


def test_of_a_page_that_does_not_exist_nothing_is_given_back(client):
    assert client.post("/intake/nowhere/", {"drug": TYPED}).status_code == 404


def test_a_draft_deleted_while_its_page_is_saved_gets_the_page_for_no_draft(client, monkeypatch):
    draft = pat.begin(client)
    real = Submission.save_page

    def deleted_meanwhile(self, *args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM intake_submission WHERE id = %s", [draft.pk.hex])
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Submission, "save_page", deleted_meanwhile)
    page = pat.save(client, "reason")
    assert page.status_code == 410


def test_a_page_is_read_by_somebody_else_s_session_never():
    assert Client().get("/intake/reason/").status_code == 404


def test_a_kept_address_is_the_one_that_django_finds(rf: RequestFactory):
    request = rf.get("/intake/mood/")
    request.resolver_match = resolve("/intake/mood/")
    try:
        for prefix in ("/", "/clinic/"):
            set_script_prefix(prefix)
            for name, args in (("check", ()), ("page", ("mood",)), ("entry", ("allergies", "0" * 16))):
                assert address(request, name, *args) == reverse(f"intake:{name}", args=args)
    finally:
        set_script_prefix("/")


def test_no_page_of_questions_is_called_as_a_page_around_them():
    """The addresses of questions are tried first, and must leave the others theirs."""
    others = [str(each.pattern) for each in urls.urlpatterns if each.name != "page"]
    around = [found[1] for pattern in others if (found := re.fullmatch(r"intake/([-\w]+)/", pattern))]
    assert sorted(around) == sorted(urls.AROUND)
    assert [resolve(f"/intake/{name}/").url_name == "page" for name in around] == [False] * len(around)
    assert INTAKE.by_slug.keys().isdisjoint(around)
    assert resolve("/intake/checking/").url_name == resolve("/intake/later-on/").url_name == "page"
