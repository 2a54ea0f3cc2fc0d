"""The language that a reader chose: kept in a cookie for as long as their draft, and on the draft itself."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from intake.entry import entry_of
from intake.locations import location_of, settings_of
from intake.models import Drafting, Submission


def kept_for() -> timedelta:
    """As long as a draft that is saved now, and the day between two renewals."""
    return timedelta(days=settings_of(None).draft_days + 1)


def keep(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Let the browser bring back ``code``, if pages are offered in it."""
    if code in settings_of(location_of(request)).offered_languages:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=int(kept_for().total_seconds()),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def renew(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep a language that was chosen before as long as the draft that is saved now."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return response if settings.LANGUAGE_COOKIE_NAME in response.cookies else keep(request, response, chosen)


def note(request: HttpRequest, row: Drafting, code: str) -> None:
    """A draft is read in ``code`` from now on. Staff who enter one choose for themselves alone."""
    if isinstance(row, Submission) and not entry_of(request):
        row.read_in(code)


def read_in(
    request: HttpRequest, draft: Drafting, code: str, show: Callable[[], HttpResponse]
) -> HttpResponse:
    """What ``show`` answers, in the language ``code``, which is that of the draft from now on."""
    note(request, draft, code)
    with translation.override(code):
        response = show()
    response.headers["Content-Language"] = code
    return keep(request, response, code)
