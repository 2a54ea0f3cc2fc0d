"""The page for a server error, made without the database: what was typed is given back."""

import sys
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template import loader
from django.utils import translation

from clinic import faults
from intake.views.unsaved import RETRY_AFTER, unsaved_page


def server_error(request: HttpRequest) -> HttpResponse:
    """503 for any fault of the database, which may work in a minute; 500 for one of ours."""
    away = isinstance(sys.exception(), DatabaseFault)
    response = HttpResponse(_page(request, away=away), status=503 if away else 500)
    if away:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def late_page(environ: dict[str, Any], body: bytes) -> str:
    """The same page for a request that a thread may still be waiting in, say for a database that is frozen.

    No middleware of ours runs for it, so the token is read from its cookie here.
    """
    request = WSGIRequest({**environ, "wsgi.input": BytesIO(body)})
    request.encoding = "utf-8"
    CsrfViewMiddleware(server_error).process_request(request)
    with translation.override(settings.LANGUAGE_CODE):
        return _page(request, away=True)


def _page(request: HttpRequest, *, away: bool) -> str:
    number = faults.number_of(request)
    if away or request.method == "POST":
        try:
            return unsaved_page(request, number, away=away)
        except Exception as fault:  # the last page there is must not fail
            faults.report_page(request, fault)
    template = "admin/500.html" if request.path.startswith("/admin/") else "500.html"
    return loader.render_to_string(template, {"number": number})
