"""What the browser carries from one page to the next in a signed cookie: a session would be a row, written by a GET."""

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse

KEPT_FOR = timedelta(hours=12)


def carry(request: HttpRequest, response: HttpResponse, name: str, value: list) -> None:
    """Let the browser bring ``value`` back, for ``KEPT_FOR`` or until it is ``dropped``."""
    response.set_signed_cookie(
        cookie_name(request, name),
        signing.dumps(value),
        salt=name,
        max_age=int(KEPT_FOR.total_seconds()),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def carried(request: HttpRequest, name: str) -> list | None:
    """What the browser brings; None for nothing, and for what isn't ours or is too old."""
    try:
        cookie = request.get_signed_cookie(
            cookie_name(request, name), default="", salt=name, max_age=KEPT_FOR
        )
        return signing.loads(cookie) if cookie else None
    except signing.BadSignature:
        return None


def drop(request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
    response.delete_cookie(cookie_name(request, name))
    return response


def cookie_name(request: HttpRequest, name: str) -> str:
    return f"__Host-{name}" if request.is_secure() else name
