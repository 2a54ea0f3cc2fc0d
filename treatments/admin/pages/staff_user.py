"""Who asks for a page of the admin, as the account it is."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def user_of(request: HttpRequest) -> User:
    """Never an anonymous one: ``AdminSite.admin_view`` has sent those to the login."""
    return cast(User, request.user)
