"""The coordinators' desk: the worklist of referrals and the page of one."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import age_on
from treatments import permissions, triage
from treatments.admin.account import account
from treatments.admin.badges import hold_badge, small_effect_badge
from treatments.admin.briefs import Briefs
from treatments.admin.deeds import REFERRAL_DEEDS, DeedPages
from treatments.admin.desk import Desk, DueFilter, desk_context, with_marks
from treatments.admin.entering import Entering
from treatments.admin.exporting import Exports
from treatments.admin.readonly import ReadOnlyAdmin
from treatments.admin.snapshots import Snapshots
from treatments.catalogue import TREATMENTS
from treatments.models import Referral


class NeedsFilter(admin.SimpleListFilter):
    """What the desk must act on, unless all are asked for."""

    title = _("show")
    parameter_name = "show"

    def lookups(self, request, model_admin):
        return [("mine", _("Mine")), ("unassigned", _("Unassigned")), ("all", _("All"))]

    def choices(self, changelist):
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": _("Needs a coordinator")} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset):
        match self.value():
            case "mine":
                return queryset.filter(owner=request.user)
            case "unassigned":
                return queryset.needing_a_coordinator().filter(owner__isnull=True)
            case "all":
                return queryset
        return queryset.needing_a_coordinator()


class ReceivedFilter(admin.SimpleListFilter):
    title = _("received")
    parameter_name = "received"

    def lookups(self, request, model_admin):
        return [("1", _("Last 24 hours")), ("7", _("Last 7 days")), ("30", _("Last 30 days"))]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() in ("1", "7", "30"):
            return queryset.filter(received_at__gte=timezone.now() - timedelta(days=int(self.value())))
        return queryset


class SupportedFilter(admin.SimpleListFilter):
    title = _("treatment supported")
    parameter_name = "supported"

    def lookups(self, request, model_admin):
        return [(key, treatment.short) for key, treatment in TREATMENTS.items()]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(**{self.value(): "supports"}) if self.value() in TREATMENTS else queryset


@admin.register(Referral)
class ReferralAdmin(Desk, Entering, Exports, Briefs, Snapshots, DeedPages, ReadOnlyAdmin):
    deeds = REFERRAL_DEEDS
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
    list_filter = (NeedsFilter, DueFilter, "hold", ReceivedFilter, "state", SupportedFilter, "language")
    list_select_related = ("owner", "caring_contact")
    search_fields = ("search__contains",)
    search_help_text = _("Reference, name, phone, email or date of birth (YYYY-MM-DD)")
    change_list_template = "admin/treatments/worklist.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Referral]:
        return Referral.objects.for_user(request.user).select_related("owner", "caring_contact__done_by")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-hold_rank", "waiting_since", "pk")

    def get_search_results(self, request, queryset, search_term):
        """Every word typed must be found; a phone number may be typed with its spaces and dashes."""
        term = search_term.lower().replace("\x00", "")[:200]
        digits = "".join(filter(str.isdigit, term))
        if len(digits) >= 7 and not any(map(str.isalpha, term)) and "-" not in term[4:5]:
            return queryset.filter(search__contains=digits), False
        for word in term.split():
            queryset = queryset.filter(search__contains=word)
        return queryset, False

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

    @admin.display(description=_("handled by"))
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

    def parts(self, row: Referral):
        return row, None

    def after(self, row: Referral) -> str:
        return reverse("admin:treatments_referral_change", args=[row.pk])

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The whole account, read-only; looking at it is an event, written before anything is shown."""
        referral = self.row_or_404(request, object_id)
        triage.opened(referral=referral, actor=request.user)
        told = account(request.user, referral)
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
