"""Each page of the admin is on record before it leaves: what was shown of several people, and what was refused.

A page of one person writes its own event first (``treatments/triage/access_log.py``). Here is written what no page
did: a page that nobody thought of is on record too, until it stands in the list of those that show nobody.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from clinic.staff_session import ADMIN
from intake.models import Submission
from treatments.models import staff_request
from treatments.triage import access_log
from treatments.workflow.events import LISTED, RECORD_READ, SEARCHED, SHOWN

# What shows no patient and nothing of the record: the doors, accounts, the rota, what the clinic and its teams set.
NOBODY = {"alive", "jsi18n", "login", "set_password", "emergency", "app_list"}
OF_NOBODY = (
    "account_",
    "mfa_",
    "password_change",
    "auth_",
    "treatments_shift_",
    "treatments_queuesetting_",
    "treatments_clinichours_",
    "treatments_clinictextversion_",
    "treatments_clinicprofile_",
    "treatments_outsideserviceversion_",
    "treatments_noticedefaults_",
)
LONGEST_PART = 40  # characters of what an address names
Handler = Callable[[HttpRequest], HttpResponse]


def on_record(get_response: Handler) -> Handler:
    """Write the event that is still missing; where that fails, the page is an error instead."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADMIN):
            return get_response(request)
        with staff_request.answering(request.META["REMOTE_ADDR"]) as answering:
            response = get_response(request)
            if request.user.is_authenticated and not answering.on_record:
                record(request, response)
        return response

    return handle


def record(request: HttpRequest, response: HttpResponse) -> None:
    """An answer that leads elsewhere shows nothing, and neither does a server error."""
    match, actor = request.resolver_match, cast(User, request.user)
    page = (match.url_name if match else None) or ""
    if 400 <= response.status_code < 500:
        parts = {"object_id": "", "action": "", **(match.kwargs if match else {})}
        number, action = (str(parts[name])[:LONGEST_PART] for name in ("object_id", "action"))
        details = filled(page=page, number=number, action=action, status=response.status_code)
        access_log.refused(actor=actor, details=details)
    elif response.status_code < 300 and page not in NOBODY and not page.startswith(OF_NOBODY):
        record_shown(actor, page, getattr(response, "context_data", None) or {})


def record_shown(actor: User, page: str, context: dict[str, Any]) -> None:
    kind, details, changes, one = SHOWN, {"page": page}, context.get("cl"), context.get("original")
    if isinstance(one, Submission):  # as the clinic's administrator sees it: when, and how far
        access_log.opened(referral=None, actor=actor, submission=one, details=details)
        return
    if changes is not None:
        words, filters = changes.query.strip(), changes.get_filters_params()
        kind = SEARCHED if words else LISTED
        details = filled(page=page, rows=len(changes.result_list), filters=filters, searched=words)
    if page.startswith("treatments_event_"):
        kind = RECORD_READ
    access_log.shown(kind, actor=actor, details=details)


def filled(**details: Any) -> dict[str, Any]:
    return {key: value for key, value in details.items() if value not in ("", {})}
