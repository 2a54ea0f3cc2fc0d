"""What every request passes through besides Django's own middleware."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: Handler) -> Handler:
    """Forbid browsers and proxies to keep a copy of any page (WhiteNoise serves static files before this)."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    return handle


def refuse_null_characters(get_response: Handler) -> Handler:
    """Answer 400 to a null character or an overlong query in the address.

    PostgreSQL stores no null characters and the admin's filters pass the query on unseen: both would
    be server errors deeper down.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        address = request.META.get("QUERY_STRING", "")
        if len(address) > 4000 or "%00" in address or "\x00" in request.path:
            raise BadRequest("A null character or an overlong query in the address.")
        return get_response(request)

    return handle
