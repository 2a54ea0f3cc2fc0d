"""Staff read their own words where a page is missing, not theirs, or broken; nobody else does."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from clinic import error_page, staff_error_pages
from tests.pages import flat
from treatments.models import Event


def test_a_page_that_is_not_there_says_what_that_may_mean_in_the_frame_of_staff(cast, signed_in):
    answer = signed_in(cast.tess).get("/admin/treatments/tmsconsult/999/")
    page = flat(answer)
    assert answer.status_code == 404 and "it may have left your queue" in page
    assert "Log out" in page and "answers you have already saved" not in page


def test_a_page_without_the_right_names_who_can_help(cast, clinic, signed_in):
    referral = clinic.new()
    answer = signed_in(cast.cora).get(f"/admin/treatments/referral/{referral.pk}/assess_risk/")
    page = flat(answer)
    assert answer.status_code == 403 and "ask your clinic administrator" in page
    assert referral.name not in page and "call the clinic" not in page


def test_a_refused_page_has_the_lists_of_ones_role_and_counts_nothing(cast, clinic, signed_in):
    clinic.new()
    client = signed_in(cast.cora)
    assert "bar-number" in flat(client.get("/admin/treatments/referral/"))
    with CaptureQueriesContext(connection) as asked:
        page = flat(client.get("/admin/treatments/referral/999/"))
    assert "Worklist" in page and "bar-number" not in page
    assert not any("COUNT(" in each["sql"] for each in asked)


def test_a_page_that_is_too_old_says_so_and_gives_back_what_was_typed(cast, clinic):
    referral = clinic.in_review()
    cora = Client(enforce_csrf_checks=True)
    cora.force_login(cast.cora)
    address = f"/admin/treatments/referral/{referral.pk}/note/"
    typed = {"note": "Called the pharmacy: it is lithium.", "csrfmiddlewaretoken": "a" * 64}
    answer = cora.post(address, typed, headers={"Sec-Fetch-Site": "same-origin"})
    page = flat(answer)
    assert answer.status_code == 409 and "This page is too old" in page and "Log out" in page
    assert "it is lithium" in page and f'href="{address}"' in page and "a" * 64 not in page
    assert "Call 988" not in page and not referral.events.filter(kind="note").exists()
    assert Event.objects.filter(kind="refused", actor=cast.cora).exists()
    other_site = flat(cora.post(address, typed, headers={"Sec-Fetch-Site": "cross-site"}))
    assert "This page is too old" in other_site and "lithium" not in other_site


def test_a_form_of_the_patients_that_is_too_old_reads_their_words(cast, db):
    page = flat(Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "cora"}))
    assert "Please load this page again" in page


def test_an_address_that_can_not_be_read_says_so_in_the_frame_of_staff(cast, signed_in):
    answer = signed_in(cast.cora).get("/admin/treatments/referral/?nonsense__x=1")
    page = flat(answer)
    assert answer.status_code == 400 and "a filter that is not there any more" in page
    assert "Log out" in page and "Call 988" not in page


@pytest.mark.django_db
def test_who_is_not_signed_in_reads_the_page_of_the_patients(client):
    page = flat(client.get("/nowhere/"))
    assert "We cannot find this page" in page and "queue" not in page


@pytest.mark.parametrize("page", [staff_error_pages.denied, staff_error_pages.unreadable])
@pytest.mark.parametrize("user", [AnonymousUser(), User(is_staff=True)])
def test_whatever_is_refused_on_the_side_of_the_patients_is_said_in_their_frame(page, user):
    request = RequestFactory().get("/nowhere/")
    request.user = user
    answer = flat(page(request, Exception()))
    assert "Go back to the start" in answer and "Log out" not in answer


def test_an_address_of_the_clinics_side_shows_nobody_else_the_frame_of_staff():
    request = RequestFactory().get("/admin/nowhere/")
    assert not staff_error_pages.is_of_staff(request)  # nobody was looked up
    request.user = AnonymousUser()
    assert not staff_error_pages.is_of_staff(request)
    request.user = User(is_staff=True)
    assert staff_error_pages.is_of_staff(request)


def test_staff_on_a_page_of_the_patients_read_the_patients_words(cast, signed_in):
    assert "We cannot find this page" in flat(signed_in(cast.cora).get("/nowhere/"))


@pytest.mark.parametrize(
    ("path", "words"), [("/admin/treatments/referral/", "look before you do it again"), ("/", "Call 988")]
)
def test_a_fault_says_to_staff_and_to_patients_what_concerns_them(path, words):
    answer = error_page.server_error(RequestFactory().get(path))
    assert answer.status_code == 500 and words in flat(answer)
