"""What is written down of a server error and of a failed sign-in: one line each.

A fault's message, its values and the body of the request may hold somebody's answers: none is ever logged.
Django's own lines about requests, which hold all three, stay off (``LOGGING``).
"""

import logging
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from django.contrib.auth.signals import user_login_failed
from django.core.signals import got_request_exception
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clinic.fault_counts import BROKEN, DATABASE, count
from clinic.log_lines import request_number

ROOT = Path(__file__).parents[1]
OURS = tuple(str(ROOT / side) for side in ("clinic", "intake", "treatments"))

log = logging.getLogger("clinic.faults")


def numbered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request a random number, which its log line and its error page show and nothing else keeps."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.META["clinic.request"] = secrets.token_hex(4)
        written = request_number.set(number_of(request))
        try:
            return get_response(request)
        finally:
            request_number.reset(written)

    return handle


def number_of(request: HttpRequest | None) -> str:
    """The request's number, in groups that can be read out on the telephone; "none" where it has none yet."""
    number = request.META.get("clinic.request", "") if request is not None else ""
    return f"{number[:4]}-{number[4:]}" if number else "none"


def place_of(traceback: TracebackType | None) -> str:
    """The innermost line of our own code, such as ``treatments/triage/frame.py:96``."""
    ours = [
        (frame.f_code.co_filename, line)
        for frame, line in walk_tb(traceback)
        if frame.f_code.co_filename.startswith(OURS)
    ]
    if not ours:
        return "outside our code"
    file, line = ours[-1]
    return f"{Path(file).relative_to(ROOT).as_posix()}:{line}"


def kind_of(fault: BaseException | None) -> str:
    """Its class, and what the database's own driver calls it: "OperationalError (DiskFull)"."""
    if fault is None:
        return "unknown"
    cause = fault.__cause__ if isinstance(fault, DatabaseFault) else None
    own = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    return f"{type(fault).__name__} ({own})" if cause else type(fault).__name__


def report(sender: object, request: HttpRequest | None = None, **kwargs: object) -> None:
    """One line for a server error."""
    fault = sys.exception()
    count(DATABASE if isinstance(fault, DatabaseFault) else BROKEN, timezone.localdate())
    match = getattr(request, "resolver_match", None)
    place = place_of(fault.__traceback__ if fault else None)
    log.error(
        "Server error: %s at %s, route %s, request %s.",
        kind_of(fault),
        place,
        match.view_name if match is not None else "none",
        number_of(request),
        extra={"place": place},
    )


def report_page(request: HttpRequest, fault: Exception) -> None:
    """One line more, where the page for a server error fails too."""
    place = place_of(fault.__traceback__)
    log.error(
        "Its page: %s at %s, request %s.", kind_of(fault), place, number_of(request), extra={"place": place}
    )


def report_sign_in(sender: object, request: HttpRequest | None = None, **kwargs: object) -> None:
    """One line for a sign-in that failed; not the name that was typed, which may be a password."""
    log.warning("Sign-in failed, request %s.", number_of(request))


def connect() -> None:
    """Hear of every server error and every failed sign-in."""
    got_request_exception.connect(report, dispatch_uid="clinic.faults.report")
    user_login_failed.connect(report_sign_in, dispatch_uid="clinic.faults.report_sign_in")
