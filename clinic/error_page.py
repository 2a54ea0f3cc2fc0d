"""The page for a server error, made without the database: what was typed is given back."""

import sys

from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.template import loader

from clinic import faults
from intake.views.unsaved import RETRY_AFTER, unsaved_page


def server_error(request: HttpRequest) -> HttpResponse:
    """503 for any fault of the database, which may work in a minute; 500 for one of ours."""
    away = isinstance(sys.exception(), DatabaseFault)
    response = HttpResponse(_page(request, away=away), status=503 if away else 500)
    if away:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(request: HttpRequest, *, away: bool) -> str:
    number = faults.number_of(request)
    if away or request.method == "POST":
        try:
            return unsaved_page(request, number, away=away)
        except Exception as fault:  # the last page there is must not fail
            faults.report_page(request, fault)
    return loader.render_to_string("500.html", {"number": number})
