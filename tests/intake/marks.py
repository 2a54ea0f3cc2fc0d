"""The mark of a browser that was shown a form just now, for tests that make its session by hand."""

from django.http import HttpResponse
from django.test import Client, RequestFactory

from intake.models import Submission
from intake.views.away import HERE, stay


def mark_of(row: Submission) -> str:
    """The cookie's value, from what sets it on a real answer."""
    request = RequestFactory().get("/")
    request.session = {}
    return stay(request, HttpResponse(), row).cookies[HERE].value


def mark(client: Client, row: Submission) -> None:
    """Let this browser have been shown ``row`` just now."""
    client.cookies[HERE] = mark_of(row)
