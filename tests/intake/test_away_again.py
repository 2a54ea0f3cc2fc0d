"""The question after two hours: answered wrongly first, in a form that staff enter, and the mark that it leaves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Submission
from tests.intake import pat
from tests.intake.test_away import BORN, JUST_OVER, WRONG, asked, carried, clock, draft  # noqa: F401  fixtures
from treatments.models import Referral

pytestmark = pytest.mark.django_db


def test_what_was_sent_too_late_goes_on_also_after_a_wrong_date(client, draft, clock):  # noqa: F811
    clock.shift(JUST_OVER)
    address = reverse("intake:send")
    first = client.post(address)
    second = client.post(address, {**carried(first), **WRONG})
    assert asked(second) and not Referral.objects.exists()
    assert client.post(address, {**carried(second), **BORN}).url == reverse("intake:done")


def test_a_page_that_was_only_opened_saves_nothing_after_a_wrong_date(client, draft, clock):  # noqa: F811
    clock.shift(JUST_OVER)
    here = pat.address("reason")
    second = client.post(here, WRONG)
    assert asked(second)
    before = Submission.objects.values().get(pk=draft.pk)
    assert client.post(here, {**carried(second), **BORN}).url == here
    assert Submission.objects.values().get(pk=draft.pk) == before


def test_a_form_that_staff_enter_goes_on_from_the_front_page(signed_in, cast, clock, settings):  # noqa: F811
    settings.IDLE_MINUTES = 600
    cora = signed_in(cast.cora)
    cora.post(reverse("admin:treatments_referral_enter"), {"do": "begin"})
    pat.save(cora, "name")
    clock.shift(JUST_OVER)
    assert cora.post(reverse("intake:start")).url == reverse("intake:tasks")


def test_no_script_reads_the_mark_and_it_goes_over_https_only_where_it_came_so(client, draft, clock):  # noqa: F811
    clock.shift(timedelta(minutes=5))
    mark = client.get(pat.address("mood")).cookies["here"]
    assert (mark["httponly"], mark["samesite"], mark["secure"]) == (True, "Lax", "")
    secure = client.post(pat.address("mood"), BORN, secure=True)  # there it has another name
    assert [each["secure"] for name, each in secure.cookies.items() if name.endswith("here")] == [True]


def test_a_page_whose_token_does_not_fit_shows_nothing_of_the_form_either(draft, client, clock):  # noqa: F811
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    clock.shift(JUST_OVER)
    answer = strict.post(pat.address("name"), {"about-first_name": "Mallory"})
    assert answer.status_code == 403
    assert "Is this your form?" in answer.content.decode()
