"""Signing in: how often it may be tried, and what allauth knows of the clinic."""

import logging
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.faults import number_of
from clinic.second_factor import FACTORS
from intake.models import SharedKey
from intake.views.network import address_of
from treatments.triage import access_log

log = logging.getLogger("clinic.faults")

# In all: a flood of guesses from many addresses stops here, and so would all staff, but for known browsers.
IN_ALL = {"in_all": "100/5m/key"}
KNOWN = "__Host-known" if settings.HTTPS else "known"
KNOWN_FOR = 90 * 24 * 60 * 60


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up. Failed tries are counted per address, per name and in all.

    A browser in which somebody has signed in before has a count of its own for that name: strangers who try
    to lock a member of staff out reach everybody's browser but theirs.
    """

    in_all: Any = None
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The user name or the password is wrong."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries went wrong. Wait a quarter of an hour, then try again."
        ),
        "incorrect_password": gettext_lazy("This password is wrong."),
        "incorrect_code": gettext_lazy("This code is wrong, or was used before."),
        "rate_limited": gettext_lazy("Too many tries. Wait a moment."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Staff mail goes through the outbox, and what changes here is an event."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        known = known_here(request, credentials.get("username", ""))
        if not known:
            self.in_all = ratelimit.consume(request, app="clinic", action="in_all", key="all", config=IN_ALL)
        try:
            if not (known or self.in_all):
                raise self.validation_error("too_many_login_attempts")
            super().pre_authenticate(request, **credentials)
        except Exception:
            # Not the name that was typed, which may be a password: the record keeps that sealed.
            log.warning("Sign-in refused after too many tries, request %s.", number_of(request))
            for_all = not (known or self.in_all)
            access_log.sign_in_refused(name=credentials.get("username", ""), for_all=for_all)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        access_log.sign_in_failed(name=credentials.get("username", ""))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = credentials.get("username", "")
        return f"{name.lower()}:{known_here(request, name)}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember(response, user)
        return response

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self.in_all:
            self.in_all.rollback()


class FactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps, and those that recovery codes are made of, are sealed in the database."""

    place: ClassVar = {"table": "mfa_authenticator", "column": "data"}

    def encrypt(self, text: str) -> str:
        return SharedKey.of_second_factors().sealed_text(text, **self.place)

    def decrypt(self, encrypted_text: str) -> str:
        return SharedKey.of_second_factors().opened_text(encrypted_text, **self.place)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one, where one is required: an administrator takes it off who lost theirs."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return not settings.STAFF_SECOND_FACTOR or others.exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return settings.CLINIC["name"]


def signer(username: str) -> Signer:
    return Signer(salt=f"clinic.known.{username.lower()}")


def known_here(request: HttpRequest, username: str) -> str:
    """A word of its own for a browser in which ``username`` has signed in before; "" for all others."""
    try:
        return signer(username).unsign(request.COOKIES.get(KNOWN, ""))
    except BadSignature:
        return ""


def remember(response: HttpResponse, user: User) -> None:
    """Let this browser be known from now on."""
    response.set_cookie(
        KNOWN,
        signer(user.get_username()).sign(secrets.token_hex(8)),
        max_age=KNOWN_FOR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


class SignInForm(LoginForm):
    """An account that is no staff's learns no more than a wrong password."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autofocus"] = True  # the page asks nothing else
        self.fields["login"].error_messages["required"] = _("Type your user name.")
        self.fields["password"].error_messages["required"] = _("Type your password.")

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else field_name  # as browsers remember it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user is not None and not self.user.is_staff:
            raise StaffAdapter().validation_error("username_password_mismatch")
        return cleaned


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Whoever is signed in and no staff would be led back and forth: they are asked to sign in instead."""

    form_class = SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            auth.logout(request)
        return super().dispatch(request, *args, **kwargs)


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Also half way, where the second factor is asked for. An address that was typed or kept signs nobody out."""
    if request.method != "POST":
        return redirect("admin:index")
    auth.logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("account_login")
