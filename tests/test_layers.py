"""What a patient's request does not pass through: the layers of staff, and the choice among one language."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from clinic import staff_side
from clinic.middleware import closed, offered_language
from clinic.staff_session import COOKIE

EN, BOTH = override_settings(OFFERED_LANGUAGES=["en"]), override_settings(OFFERED_LANGUAGES=["en", "es"])


@pytest.fixture
def passed(monkeypatch) -> list[str]:
    """The layers that were passed, in their order; two stand there in the place of ours."""
    seen: list[str] = []

    def layer(name: str):
        def made(get_response):
            def handle(request: HttpRequest) -> HttpResponse:
                seen.append(name)
                return get_response(request)

            return handle

        return made

    monkeypatch.setattr(staff_side, "LAYERS", (layer("outer"), layer("inner")))
    return seen


def answered(request: HttpRequest) -> HttpResponse:
    return HttpResponse("answered")


def test_a_patients_request_passes_by_the_layers_of_staff(passed, rf: RequestFactory) -> None:
    assert staff_side.staff_side(answered)(rf.get("/intake/mood/")).content == b"answered"
    assert passed == []


@pytest.mark.parametrize(("path", "cookie"), [("/admin/", ""), ("/admin/x/", ""), ("/intake/mood/", "x")])
def test_a_request_that_may_be_of_staff_passes_through_all_of_them_in_order(passed, rf, path, cookie) -> None:
    request = rf.get(path)
    request.COOKIES = {COOKIE: cookie} if cookie else {}
    assert staff_side.staff_side(answered)(request).content == b"answered"
    assert passed == ["outer", "inner"]


def test_what_fails_in_a_layer_is_a_page_to_the_layers_around_it(monkeypatch, rf: RequestFactory) -> None:
    statuses = []

    def outer(get_response):
        def handle(request: HttpRequest) -> HttpResponse:
            response = get_response(request)
            statuses.append(response.status_code)
            return response

        return handle

    def refuses(get_response):
        def handle(request: HttpRequest) -> HttpResponse:
            raise PermissionDenied

        return handle

    monkeypatch.setattr(staff_side, "LAYERS", (outer, refuses))
    request = rf.get("/admin/")
    request.user = None
    assert staff_side.staff_side(answered)(request).status_code == 403
    assert statuses == [403]


def test_where_pages_are_offered_in_one_language_none_varies_by_the_readers(rf: RequestFactory) -> None:
    request = rf.get("/", HTTP_ACCEPT_LANGUAGE="es")
    with EN:
        response = offered_language(answered)(request)
    assert response["Content-Language"] == "en" and "Vary" not in response


@pytest.mark.parametrize(("wanted", "given"), [("es", "es"), ("en", "en"), ("fr", "en")])
def test_where_there_are_two_the_readers_is_answered(rf: RequestFactory, wanted: str, given: str) -> None:
    with BOTH:
        response = offered_language(answered)(rf.get("/", HTTP_ACCEPT_LANGUAGE=wanted))
    assert response["Content-Language"] == given and response["Vary"] == "Accept-Language"


def test_a_page_of_a_clinic_with_two_languages_says_so(client: Client, db) -> None:
    with BOTH:
        assert "Accept-Language" in client.get("/")["Vary"]


@pytest.mark.parametrize(
    ("debug", "status", "has_policy"),
    [(False, 200, True), (False, 404, True), (True, 200, True), (True, 404, False), (True, 500, False)],
)
def test_only_djangos_own_pages_of_faults_bring_their_style_along(
    settings, debug, status, has_policy
) -> None:
    settings.DEBUG = debug
    response = closed(lambda _request: HttpResponse(status=status))(HttpRequest())
    assert ("Content-Security-Policy" in response) is has_policy
    assert response["Cache-Control"] == "no-store"
