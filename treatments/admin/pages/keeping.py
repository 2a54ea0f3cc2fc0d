"""Keeping and erasing, for privacy officers: who asked to be erased, which legal holds stand, when the last purge was.

They read no patient: a referral stands here by its reference and its state.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.typed.reference import plain_reference
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import Button, may, refusal
from treatments.admin.pages.page import Page
from treatments.models import Referral, Upkeep
from treatments.permissions import VIEW_EVENTS
from treatments.workflow.actions.table import REFERRAL_ACTIONS

MOST = 200  # rows of each list


@dataclass(frozen=True, slots=True)
class Row:
    referral: Referral
    buttons: list[Button]


def show_keeping(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    """``?reference=`` looks one referral up, to set a legal hold."""
    reference = plain_reference(request.GET.get("reference", "")[:20])
    rows = Referral.objects.select_related("owner")
    found = rows.filter(reference=reference).first() if reference else None
    context = admin.page_context(
        request,
        title=_("Keeping and erasing"),
        reference=reference,
        found=found and Row(found, buttons_on(request, found)),
        buttons=buttons_on(request, found) if found else [],
        asked=of_each(
            request, rows.filter(erasure_asked_at__isnull=False).order_by("erasure_asked_at", "pk")
        ),
        held=of_each(request, rows.filter(legal_hold_since__isnull=False).order_by("legal_hold_since", "pk")),
        purged=Upkeep.objects.filter(kind=Upkeep.Kind.PURGE).first(),
    )
    return TemplateResponse(request, "admin/treatments/keeping.html", context)


KEEPING = Page("keeping/", "keeping", show_keeping, VIEW_EVENTS)


def of_each(request: HttpRequest, referrals) -> list[Row]:
    return [Row(each, buttons_on(request, each)) for each in referrals[:MOST]]


def buttons_on(request: HttpRequest, referral: Referral) -> list[Button]:
    """What may be done to it by somebody who reads no patient."""
    return [
        Button(
            row.label,
            reverse("admin:treatments_referral_action", args=[referral.pk, row.key]),
            refusal(request.user, row, referral, None),
        )
        for row in REFERRAL_ACTIONS.values()
        if row.without_reading and may(request.user, row, None)
    ]
