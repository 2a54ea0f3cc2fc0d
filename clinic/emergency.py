"""A superuser is none until the glass is broken: for each request the mark is taken off the account in memory."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clinic.staff_session import is_of_staff
from treatments.triage.emergency import open_until

Handler = Callable[[HttpRequest], HttpResponse]


def behind_glass(get_response: Handler) -> Handler:
    """Leave a superuser the rights of their groups, and all others only while their emergency access stands."""

    def handle(request: HttpRequest) -> HttpResponse:
        if is_of_staff(request) and request.user.is_authenticated and request.user.is_superuser:
            user = cast(Any, request.user)  # which carries two marks of ours from here on
            user.was_superuser = True
            user.glass_until = open_until(user, timezone.now())
            user.is_superuser = user.glass_until is not None
        return get_response(request)

    return handle


def keep_the_mark(sender: object, instance: User, update_fields: object = None, **kwargs: object) -> None:
    """The account in memory is never stored whole: that would take the mark off for good."""
    if update_fields is None and getattr(instance, "was_superuser", False):
        raise TypeError("The account of a request is not saved whole.")
