"""The coordinators' desk: the worklist of referrals and the page of one."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from intake.fields.lookup import age_on
from treatments import permissions, triage
from treatments.admin.lists.badges import hold_badge, small_effect_badge
from treatments.admin.lists.due_marks import with_marks
from treatments.admin.lists.filters import (
    DueFilter,
    NeedsFilter,
    OverTargetFilter,
    ReceivedFilter,
    SupportedFilter,
)
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import REFERRAL_ACTIONS, ActionPages
from treatments.admin.pages.brief import Briefs
from treatments.admin.pages.exports import Exports
from treatments.admin.pages.phone_entry import Entering
from treatments.admin.pages.referral import Desk, desk_context
from treatments.admin.pages.snapshots import Snapshots
from treatments.models import Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.search import matching


@admin.register(Referral)
class ReferralAdmin(Desk, Entering, Exports, Briefs, Snapshots, ActionPages, ReadOnlyAdmin):
    staff_actions = REFERRAL_ACTIONS
    list_display = (
        "reference",
        "hold_mark",
        "person",
        "age",
        "phq9",
        "cssrs_level",
        "trials",
        "tms_mark",
        "spravato_mark",
        "therapy_mark",
        "state_mark",
        "handled_by",
        "waiting",
    )
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

    def for_columns(self, queryset: QuerySet[Referral]) -> QuerySet[Referral]:
        return (
            queryset.select_related(None)
            .select_related("owner", "caring_contact")
            .only(
                *("reference", "version", "first_name", "last_name", "date_of_birth"),
                *("hold", "hold_rank", "assessed_at", "phq9", "cssrs", "adequate_trials"),
                *("tms", "tms_open", "spravato", "spravato_open", "psychotherapy", "psychotherapy_open"),
                *("state", "returned_at", "attention", "owner__first_name", "owner__username"),
                *("waiting_since", "counted_since", "paused_since", "contact_due_on"),
                *("caring_contact__due_at", "caring_contact__done_at", "caring_contact__taken_over_at"),
            )
        )

    # --- Columns -------------------------------------------------------------------------------

    @admin.display(description=_("hold"))
    def hold_mark(self, referral: Referral):
        return hold_badge(referral.hold, referral.is_assessed)

    @admin.display(description=_("name"))
    def person(self, referral: Referral) -> str:
        return referral.name

    @admin.display(description=_("age"))
    def age(self, referral: Referral) -> int:
        return age_on(referral.date_of_birth, timezone.localdate())

    @admin.display(description=_("trials"))
    def trials(self, referral: Referral) -> int | None:
        return referral.adequate_trials

    @admin.display(description=_("assigned to"))
    def handled_by(self, referral: Referral) -> str:
        return (referral.owner.get_short_name() or referral.owner.get_username()) if referral.owner else "–"

    @admin.display(description=_("screen"))
    def cssrs_level(self, referral: Referral) -> str:
        return referral.cssrs.replace("_", " ") or "–"

    @admin.display(description=_("TMS"))
    def tms_mark(self, referral: Referral):
        return small_effect_badge(referral.tms, referral.tms_open)

    @admin.display(description=_("Spravato"))
    def spravato_mark(self, referral: Referral):
        return small_effect_badge(referral.spravato, referral.spravato_open)

    @admin.display(description=_("Therapy"))
    def therapy_mark(self, referral: Referral):
        return small_effect_badge(referral.psychotherapy, referral.psychotherapy_open)

    @admin.display(description=_("state"))
    def state_mark(self, referral: Referral):
        told = [referral.state_label]
        if referral.returned_at:
            told.append(_("a consult was returned"))
        if referral.attention:
            told.append(referral.attention_label)
        return ", ".join(map(str, told))

    @admin.display(description=_("waiting"))
    def waiting(self, referral: Referral) -> SafeString:
        return with_marks(timesince(referral.waiting_since, depth=1), referral)

    # --- The page of one referral ----------------------------------------------------------------

    def subject_of(self, row: Referral):
        return row, None

    def row_url(self, row: Referral) -> str:
        return reverse("admin:treatments_referral_change", args=[row.pk])

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The whole account, read-only; looking at it is an event, written before anything is shown."""
        referral = self.row_or_404(request, object_id)
        triage.opened(referral=referral, actor=request.user)
        told = referral_view(redaction_for(request.user), referral)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Referral %(reference)s") % {"reference": referral.reference},
            "buttons": self.buttons(request, referral, told["open_consults"]),
            "may_export": request.user.has_perm(permissions.EXPORT),
            "age": self.age(referral),
            "desk": desk_context(referral),
            **told,
        }
        return TemplateResponse(request, "admin/treatments/referral.html", context)
