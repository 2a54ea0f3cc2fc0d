"""Routing a plain case from the referral's own page: the form that stands there, and what it is sent to."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from treatments.admin.forms.routing import RouteForm
from treatments.admin.pages.actions import as_of_now, may
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import row_url
from treatments.models import Referral
from treatments.reading.plain_case import in_the_way
from treatments.reading.redaction import Redaction, redaction_for
from treatments.reading.timeline import events_after, last_event
from treatments.triage.claim_and_route import claim_and_route
from treatments.workflow import Refused
from treatments.workflow.actions.assignment import CLAIM
from treatments.workflow.actions.routing import ROUTE


def form_in_page(
    redaction: Redaction,
    referral: Referral,
    assessment: Mapping[str, Any] | None,
    open_consults: int,
    *,
    seen_event: int | None,
    sent: RouteForm | None = None,
) -> dict[str, Any]:
    """The form's part of the page's context; nothing where it has no place. ``sent`` is one that was not done."""
    if not all(may(redaction.user, action, None) for action in (CLAIM, ROUTE)):
        return {}
    if in_the_way(redaction, referral, assessment, open_consults):
        return {}
    form = sent or RouteForm(
        referral=referral, redaction=redaction, seen_event=seen_event, assessment=assessment
    )
    return {"route_form": form, **form.shows_in_page(timezone.now())}


def route_here(admin: Any, request: HttpRequest, referral: Referral) -> HttpResponse:
    """Claim and route, and open the next; what was refused is said on the referral's own page, all kept."""
    user = user_of(request)
    if not all(may(user, action, None) for action in (CLAIM, ROUTE)):
        raise PermissionDenied
    if request.method != "POST":
        return admin.change_view(request, referral.pk)
    redaction = redaction_for(user, referral.submission)
    about: dict[str, Any] = {"referral": referral, "redaction": redaction}
    form = RouteForm(request.POST, **about)
    refused = ""
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen_version"]
            claim_and_route(actor=user, referral=referral, seen=seen, **form.asked())
        except Refused as fault:
            refused = str(fault)
            if fault.stale:
                last = form.cleaned_data["seen_event"]
                more["changed"] = events_after(redaction, referral, last) if last is not None else ()
                now: dict[str, Any] = {"consult": None, "seen_event": last_event(redaction, referral)}
                form = RouteForm(as_of_now(request.POST, **about, **now), **about)
        else:
            messages.success(request, form.when_done(referral))
            return redirect(form.after(request, referral) or row_url(referral))
    more |= {"sent_form": form, "refused": refused}
    response: HttpResponse = admin.change_view(request, referral.pk, extra_context=more)
    response.status_code = 409 if refused else 200
    return response


ROUTE_HERE = Page("<int:object_id>/route_here/", "route_here", route_here, methods=WITH_FORM)
