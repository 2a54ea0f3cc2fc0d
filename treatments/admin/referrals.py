"""The coordinators' desk: the worklist of referrals and the page of one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from treatments import permissions
from treatments.admin.lists.bulk_actions import assign_selected, claim_selected, refuse_odd_ticks, tick_box
from treatments.admin.lists.columns import WORKLIST
from treatments.admin.lists.filters import (
    DueFilter,
    HoldFilter,
    NeedsFilter,
    OverTargetFilter,
    OwnerFilter,
    PayerFilter,
    ReceivedFilter,
    SupportedFilter,
    why_all_is_listed,
)
from treatments.admin.lists.next_referral import NEXT, PLACE, Worklist, way_through
from treatments.admin.lists.pagination import DeskPaginator
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import ACTION, buttons
from treatments.admin.pages.brief import BRIEF
from treatments.admin.pages.desk_settings import KEYS_PAGE, VIEWS, views_offered
from treatments.admin.pages.exports import DOCUMENT, EXPORT, PRINT, exports_offered
from treatments.admin.pages.notices import NOTICES
from treatments.admin.pages.now_box import claim_in_page, now_box
from treatments.admin.pages.papers import PAPER, PAPER_LIST, facts_of, records_panel
from treatments.admin.pages.payer import PAYER, payer_summary
from treatments.admin.pages.phone_entry import ENTER
from treatments.admin.pages.record_answer import RECORD
from treatments.admin.pages.referral import desk_context
from treatments.admin.pages.route_here import ROUTE_HERE, form_in_page
from treatments.admin.pages.snapshots import THEN
from treatments.admin.pages.staff_user import user_of
from treatments.models import Referral
from treatments.reading.duplicates import linked_with
from treatments.reading.records import requests_of
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.reading.workplace import workplace
from treatments.search import matching
from treatments.triage.access_log import opened
from treatments.workflow.actions.assignment import ASSIGN, CLAIM


@admin.register(Referral)
class ReferralAdmin(ReadOnlyAdmin):
    pages = (
        ENTER,
        VIEWS,
        KEYS_PAGE,
        NOTICES,
        EXPORT,
        DOCUMENT,
        PRINT,
        BRIEF,
        THEN,
        NEXT,
        ROUTE_HERE,
        RECORD,
        PAPER,
        PAPER_LIST,
        PAYER,
        ACTION,
    )
    list_context = (exports_offered, why_all_is_listed, views_offered)
    change_list = Worklist
    kept_in_address = (PLACE,)
    actions = (claim_selected, assign_selected)
    columns = WORKLIST
    also_reads = ("version", "desk_rank")  # for the boxes to tick, and the place in the list
    list_filter = (
        NeedsFilter,
        DueFilter,
        OverTargetFilter,
        HoldFilter,
        OwnerFilter,
        ReceivedFilter,
        "state",
        SupportedFilter,
        PayerFilter,
        "language",
    )
    search_fields = ("search__contains",)
    is_searched_from_the_bar = True
    paginator = DeskPaginator
    search_help_text = _("Reference, name, phone, email or date of birth, as you would write it")
    change_list_template = "admin/treatments/worklist.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Referral]:
        return Referral.objects.for_user(request.user).select_related("owner", "caring_contact__done_by")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-desk_rank", "waiting_since", "pk")

    def get_sortable_by(self, request: HttpRequest) -> tuple[Any, ...]:
        """Every column with an order; the list itself keeps its groups where it has them."""
        return self.shown_columns

    def get_list_display_links(self, request: HttpRequest, list_display: Sequence[Any]) -> list[Any]:
        """The name, which is what the eye looks for; the safety marks stand before it."""
        return [shown for shown in list_display if getattr(shown, "__name__", "") == "person"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(matching(search_term)), False

    # --- The actions on the ticked rows ------------------------------------------------------------

    def has_claim_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CLAIM.permission_on())

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIGN.permission_on())

    def action_checkbox(self, referral: Referral) -> SafeString:
        return tick_box(referral)

    def response_action(  # type: ignore[override]  # the stubs have a later Django's signature
        self, request: HttpRequest, queryset: QuerySet[Referral]
    ) -> HttpResponse | None:
        refuse_odd_ticks(request)
        return super().response_action(request, queryset)

    # --- The page of one referral ----------------------------------------------------------------

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The whole account, read-only; looking at it is an event, written before anything is shown."""
        referral = self.row_or_404(request, object_id)
        opened(referral=referral, actor=user_of(request))
        redaction = redaction_for(user_of(request), referral.submission)
        view, linked = referral_view(redaction, referral), linked_with(referral)
        requests = requests_of(user_of(request), referral, timezone.localdate())
        known = {"duplicates": len(linked), **facts_of(requests)}
        found = buttons(user_of(request), referral, view["open_consults"], **known)
        context = self.page_context(
            request,
            title=_("Referral %(reference)s") % {"reference": referral.reference},
            buttons=found,
            records=records_panel(requests, found),
            may_export=request.user.has_perm(permissions.EXPORT),
            age=referral.age(timezone.localdate()),
            way=way_through(self, request, referral),
            desk=desk_context(redaction, referral, view["open_consults"], linked),
        )
        more = extra_context or {}
        seen = max((event.pk for event in view["events"]), default=None)
        view |= payer_summary(redaction, referral)
        context |= workplace(redaction, referral, view, timezone.now())
        context |= form_in_page(
            redaction,
            referral,
            view["assessment"],
            view["open_consults"],
            seen_event=seen,
            sent=more.get("sent_form"),
        )
        context["now"] = now_box(context["buttons"], referral, view["flags"], form="route_form" in context)
        context |= claim_in_page(redaction, referral, context["now"]["first"], seen_event=seen)
        return TemplateResponse(request, "admin/treatments/workplace.html", context | view | more)
