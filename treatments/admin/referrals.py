"""The coordinators' desk: the worklist of referrals and the page of one."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.lookup import age_on
from treatments import permissions
from treatments.admin.lists.columns import WORKLIST
from treatments.admin.lists.filters import (
    DueFilter,
    NeedsFilter,
    OverTargetFilter,
    ReceivedFilter,
    SupportedFilter,
)
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import ActionPages
from treatments.admin.pages.brief import Briefs
from treatments.admin.pages.exports import Exports
from treatments.admin.pages.phone_entry import Entering
from treatments.admin.pages.referral import Desk, desk_context
from treatments.admin.pages.snapshots import Snapshots
from treatments.models import Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.search import matching
from treatments.triage.access_log import opened
from treatments.workflow.actions.table import REFERRAL_ACTIONS


@admin.register(Referral)
class ReferralAdmin(Desk, Entering, Exports, Briefs, Snapshots, ActionPages, ReadOnlyAdmin):
    staff_actions = REFERRAL_ACTIONS
    columns = WORKLIST
    also_reads = ("version", "hold_rank")  # for the boxes to tick, and the place in the list
    list_filter = (
        NeedsFilter,
        DueFilter,
        OverTargetFilter,
        "hold",
        ReceivedFilter,
        "state",
        SupportedFilter,
        "language",
    )
    search_fields = ("search__contains",)
    search_help_text = _("Reference, name, phone, email or date of birth (YYYY-MM-DD)")
    change_list_template = "admin/treatments/worklist.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Referral]:
        return Referral.objects.for_user(request.user).select_related("owner", "caring_contact__done_by")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-hold_rank", "waiting_since", "pk")

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(matching(search_term)), False

    # --- The page of one referral ----------------------------------------------------------------

    def subject_of(self, row: Referral):
        return row, None

    def row_url(self, row: Referral) -> str:
        return reverse("admin:treatments_referral_change", args=[row.pk])

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The whole account, read-only; looking at it is an event, written before anything is shown."""
        referral = self.row_or_404(request, object_id)
        opened(referral=referral, actor=request.user)
        redaction = redaction_for(request.user)
        view = referral_view(redaction, referral)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Referral %(reference)s") % {"reference": referral.reference},
            "buttons": self.buttons(request, referral, view["open_consults"]),
            "may_export": request.user.has_perm(permissions.EXPORT),
            "age": age_on(referral.date_of_birth, timezone.localdate()),
            "desk": desk_context(redaction, referral),
            **view,
        }
        return TemplateResponse(request, "admin/treatments/referral.html", context)
