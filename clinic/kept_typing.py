"""What staff had typed on a page that they sent after their session was over: kept until they are back.

It may be about a patient, so the database holds it sealed, and the key lies in their browser's cookie alone.
"""

import json
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from intake.views.unsaved import is_text

COOKIE = "__Host-kept" if settings.HTTPS else "kept"
KEY = "kept_typing"  # in the session
LONGEST = 100_000  # characters
# Pages on which secrets are typed, and those around the sign-in.
NEVER = {"login", "logout", "password_change", "set_password", "kept_typing"}


@dataclass(frozen=True, slots=True)
class Typed:
    """``fields`` by name and value, a name as often as it was sent."""

    user: int
    path: str
    fields: list[tuple[str, str]]


def sealed(request: HttpRequest) -> Typed | None:
    """What this late request carries, if it is a page of the admin that was filled in."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    user = request.user.pk
    if user is None or request.method != "POST" or match.app_name != "admin" or match.url_name in NEVER:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    if sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return None
    return Typed(user, request.get_full_path(), fields)


def keep(request: HttpRequest, response: HttpResponse, typed: Typed) -> HttpResponse:
    key = Fernet.generate_key()
    packed = json.dumps([typed.path, typed.fields]).encode()
    request.session[KEY] = {"user": typed.user, "sealed": Fernet(key).encrypt(packed).decode()}
    response.set_cookie(COOKIE, key.decode(), secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def kept_for(request: HttpRequest) -> Typed | None:
    """What was kept of the one who is signed in now; nobody else is shown it."""
    stored = request.session.get(KEY)
    if not stored or stored["user"] != request.user.pk:
        return None
    try:
        packed = Fernet(request.COOKIES.get(COOKIE, "")).decrypt(stored["sealed"])
    except (InvalidToken, ValueError):
        return None
    path, fields = json.loads(packed)
    return Typed(stored["user"], path, [(name, value) for name, value in fields])


def show_kept(request: HttpRequest, context: dict) -> HttpResponse:
    """The page that gives it back: sent once more from here it arrives as it would have, or it is thrown away."""
    typed = kept_for(request)
    if typed is None or request.method == "POST":
        request.session.pop(KEY, None)
        response: HttpResponse = redirect(reverse("admin:index"))
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    shown = [value for name, value in typed.fields if is_text(name, value) and not name.startswith("seen")]
    context = {**context, "title": _("What you typed was kept"), "typed": typed, "shown": shown}
    return TemplateResponse(request, "admin/kept_typing.html", context)
