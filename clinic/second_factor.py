"""The guard that no member of staff passes without a second factor, and the record of every change of one.

allauth asks for the factor when somebody signs in who has one. That nobody reads without one is this guard's.
"""

import logging
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from clinic.faults import number_of
from clinic.staff_session import ADMIN
from treatments.triage.access_log import sign_in_failed
from treatments.triage.accounts import record_factor
from treatments.workflow.events import FACTOR_ADDED, FACTOR_REMOVED

log = logging.getLogger("clinic.faults")

ENROLLED = "factor_enrolled"  # in the session: whose first factor was added in it
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What stands before the guard: the way in, the way out, and for who has no factor yet, where one is added.
DOORS = {"account_login", "account_logout", "mfa_authenticate", "set_password"}
ENROLLING = {"account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
Handler = Callable[[HttpRequest], HttpResponse]


def second_factor(get_response: Handler) -> Handler:
    """Lead whoever signed in by password alone to add a factor, or, where they have one, to sign in with it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not (settings.STAFF_SECOND_FACTOR and request.path_info.startswith(ADMIN)):
            return get_response(request)
        name = name_of(request)
        if name in DOORS or not request.user.is_authenticated or has_passed(request):
            return get_response(request)
        if has_factor(request.user):
            auth.logout(request)
            return redirect_to_login(request.get_full_path())
        return get_response(request) if name in ENROLLING else redirect("mfa_index")

    return handle


def name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def has_factor(user) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def has_passed(request: HttpRequest) -> bool:
    """Whether a factor was shown in this session, or the first one was added in it."""
    records = get_authentication_records(request, request.user)
    shown = any(record["method"] == "mfa" for record in records)
    return shown or request.session.get(ENROLLED) == request.user.pk


# --- The record ---------------------------------------------------------------------------------------------


def made(sender: object, instance: Authenticator, created: bool, **kwargs: object) -> None:
    """In the transaction that makes the factor, as allauth's own signal is not."""
    if created:
        record_factor(FACTOR_ADDED, account=instance.user, factor=instance.type)


def removed(sender: object, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    record_factor(FACTOR_REMOVED, account=user, factor=authenticator.type)


def enrolled(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    if authenticator.type in FACTORS:
        request.session[ENROLLED] = user.pk


def failed(sender: object, user: User, request: HttpRequest | None = None, **kwargs: object) -> None:
    log.warning("Second factor failed, request %s.", number_of(request))
    sign_in_failed(account=user)


def connect() -> None:
    post_save.connect(made, sender=Authenticator, dispatch_uid="clinic.second_factor.made")
    authenticator_removed.connect(removed, dispatch_uid="clinic.second_factor.removed")
    authenticator_added.connect(enrolled, dispatch_uid="clinic.second_factor.enrolled")
    authentication_failed.connect(failed, dispatch_uid="clinic.second_factor.failed")
