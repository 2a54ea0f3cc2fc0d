"""Every view asks for a sign-in unless it says that it needs none, and then no account is looked for."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@login_not_required
def needs_none(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


urlpatterns = [
    path("silent/", silent),
    path("open/", needs_none),
    path("", include("clinic.urls")),
]


def test_a_view_that_says_nothing_leads_to_the_sign_in(client) -> None:
    response = client.get("/silent/")
    assert response.status_code == 302 and response["Location"] == "/admin/login/?next=/silent/"


def test_an_open_view_looks_for_no_account(client, django_user_model, django_assert_num_queries) -> None:
    client.force_login(django_user_model.objects.create_user("somebody"))
    with django_assert_num_queries(0):
        assert client.get("/open/").content == b"seen"
