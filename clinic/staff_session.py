"""How long staff stay signed in: 12 hours at most, and not while nobody is at the screen.

When somebody was last there stands in a signed cookie beside the session's, so that reading pages writes
nothing. A patient's browser has none: their requests pass by.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import kept_typing

COOKIE = "__Host-seen" if settings.HTTPS else "seen"
SINCE = "staff_since"  # in the session: when they signed in, in seconds since 1970
ADMIN = "/admin/"
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
Handler = Callable[[HttpRequest], HttpResponse]


def begin(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Staff have signed in: they stay so for SESSION_COOKIE_AGE, even where a patient's draft is kept for a month."""
    request.session.set_expiry(None)
    request.session[SINCE] = int(timezone.now().timestamp())


def idle_after() -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES)


def staff_session(get_response: Handler) -> Handler:
    """End the session of staff who were away or signed in too long ago; what a late page had typed is kept."""

    def handle(request: HttpRequest) -> HttpResponse:
        if is_of_staff(request) and request.user.is_authenticated:
            if not is_over(request):
                return seen(request, get_response(request))
            return end(request, get_response)
        return get_response(request)

    return handle


def is_of_staff(request: HttpRequest) -> bool:
    """Whether it may be staff's at all: a patient's is not, and asks for no account."""
    return request.path_info.startswith(ADMIN) or COOKIE in request.COOKIES


def is_over(request: HttpRequest) -> bool:
    now, since = timezone.now(), request.session.get(SINCE)
    if since is None:
        return True
    began = datetime.fromtimestamp(since, UTC)
    return now - began >= LONGEST or now - max(began, last_seen(request) or began) >= idle_after()


def signer(request: HttpRequest) -> Signer:
    """For this session alone: the cookie of an earlier one says nothing."""
    return Signer(salt=f"clinic.seen.{request.session.session_key}")


def last_seen(request: HttpRequest) -> datetime | None:
    """When this session's browser was last answered, by its cookie; None where it has none of ours."""
    try:
        moment = signer(request).unsign(request.COOKIES.get(COOKIE, ""))
        return datetime.fromtimestamp(int(moment), UTC)
    except (BadSignature, ValueError):
        return None


def end(request: HttpRequest, get_response: Handler) -> HttpResponse:
    """Sign out; a page that was sent too late comes back after the sign-in, with what was typed."""
    typed = kept_typing.sealed(request)
    auth.logout(request)
    messages.warning(request, _("You were signed out, because nobody was at the screen for a while."))
    if typed is None:
        return seen(request, get_response(request))
    there = redirect_to_login(reverse("admin:kept_typing"), reverse("admin:login"))
    return kept_typing.keep(request, seen(request, there), typed)


def seen(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.user.is_authenticated:
        moment = str(int(timezone.now().timestamp()))
        response.set_cookie(
            COOKIE, signer(request).sign(moment), secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
