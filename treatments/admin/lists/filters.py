"""The filters of the worklist and of the queues."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.urgency import RANK
from treatments.catalog import TREATMENTS
from treatments.models import Referral
from treatments.models.consult_lists import visit_is_over
from treatments.models.payer_state import payer_column
from treatments.workflow import HOLD_WORDS, OPEN_CONSULT_STATES, ConsultState
from treatments.workflow.desk import GROUPS, DeskGroup
from treatments.workflow.payer_words import WAITS_WORDS

# Groups of the desk that are views of their own.
VIEWED = (DeskGroup.SAFETY, DeskGroup.CAME_BACK, DeskGroup.NEW)


class HoldFilter(admin.SimpleListFilter):
    """By the hold that stands: what the rules ask for, and at least same day while an alert is open."""

    title = gettext_lazy("hold")
    parameter_name = "hold__exact"  # as lists were kept in bookmarks before

    def lookups(self, request, model_admin):
        return list(HOLD_WORDS.items())

    def queryset(self, request: HttpRequest, queryset):
        chosen = self.value() or ""
        return queryset.filter(hold_rank=RANK[chosen]) if chosen in RANK else queryset


class DueFilter(admin.SimpleListFilter):
    """Contact attempts, caring contacts and messages that are due by the end of today."""

    title = gettext_lazy("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("today", _("Due today"))]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.due_by(timezone.localdate()) if self.value() == "today" else queryset


def why_all(request: HttpRequest) -> str:
    """Why the list is of all referrals where nothing else is chosen to ``show``; "" where it is not.

    A search looks for a person, and a task stays due whoever has the referral.
    """
    if request.GET.get(SEARCH_VAR, "").strip():
        return _("Searched in all referrals, with those that are routed, closed or wait for the patient.")
    if request.GET.get(DueFilter.parameter_name) == "today":
        return _("What is due today in all referrals, with those that are routed or wait for the patient.")
    return ""


class OverTargetFilter(admin.SimpleListFilter):
    """What has waited longer than its target, as its mark says."""

    title = gettext_lazy("target")
    parameter_name = "target"

    def lookups(self, request, model_admin):
        return [("over", _("Over target"))]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.over_target(timezone.now()) if self.value() == "over" else queryset


class NeedsFilter(admin.SimpleListFilter):
    """What the desk must act on, unless something else is asked for."""

    title = gettext_lazy("show")
    parameter_name = "show"

    def lookups(self, request, model_admin):
        return [
            ("needs", _("Needs a coordinator")),
            ("mine", _("Needs me")),
            *((group.value, GROUPS[group].name) for group in VIEWED),
            ("unassigned", _("Unassigned")),
            ("all", _("All")),
        ]

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.default = "all" if why_all(request) else "needs"
        known = dict(self.lookup_choices)
        self.shown = self.value() if self.value() in known else self.default

    def choices(self, changelist):
        for key, words in self.lookup_choices:
            new = {} if key == self.default else {self.parameter_name: key}
            yield {
                "selected": key == self.shown,
                "query_string": changelist.get_query_string(new, remove=[self.parameter_name]),
                "display": words,
            }

    def queryset(self, request: HttpRequest, queryset):
        match self.shown:
            case "mine":
                return queryset.needing(request.user, timezone.localdate())
            case "unassigned":
                return queryset.needing_a_coordinator().filter(owner__isnull=True)
            case "all":
                return queryset
            case DeskGroup.SAFETY | DeskGroup.CAME_BACK | DeskGroup.NEW:
                return queryset.in_group(DeskGroup(self.shown))
        if request.GET.get(OverTargetFilter.parameter_name) == "over":
            return queryset  # that is on the desk; asked twice, PostgreSQL would expect next to no rows
        return queryset.needing_a_coordinator()


class OwnerFilter(admin.SimpleListFilter):
    """By whoever handles it, of those who have something on the desk; who has left is named as such.

    What they left is found here, and assigned to somebody else.
    """

    title = gettext_lazy("handled by")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        return [
            (str(each.pk), name if each.is_active else _("%(name)s (left)") % {"name": name})
            for each in Referral.objects.owners_on_the_desk()
            if (name := each.get_full_name() or each.get_username())
        ]

    def has_output(self) -> bool:
        return bool(self.lookup_choices or self.value())

    def queryset(self, request: HttpRequest, queryset):
        chosen = self.value() or ""
        known = chosen.isascii() and chosen.isdecimal() and len(chosen) < 10
        return queryset.filter(owner=int(chosen)) if known else queryset


class ReceivedFilter(admin.SimpleListFilter):
    title = gettext_lazy("received")
    parameter_name = "received"

    def lookups(self, request, model_admin):
        return [("1", _("Last 24 hours")), ("7", _("Last 7 days")), ("30", _("Last 30 days"))]

    def queryset(self, request: HttpRequest, queryset):
        days = self.value()
        if days in ("1", "7", "30"):
            return queryset.filter(received_at__gte=timezone.now() - timedelta(days=int(days)))
        return queryset


class SupportedFilter(admin.SimpleListFilter):
    title = gettext_lazy("treatment supported")
    parameter_name = "supported"

    def lookups(self, request, model_admin):
        return [(key, treatment.short) for key, treatment in TREATMENTS.items()]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.supported(self.value(), request.user) if self.value() in TREATMENTS else queryset


class PayerFilter(admin.SimpleListFilter):
    """By whom the payer's needs wait for, as the column says."""

    title = gettext_lazy("payer waits for")
    parameter_name = "payer"

    def lookups(self, request, model_admin):
        return list(WAITS_WORDS.items())

    def queryset(self, request: HttpRequest, queryset):
        if self.value() not in WAITS_WORDS:
            return queryset
        return queryset.filter(**{f"{payer_column(request.user)}__waits": self.value()})


def why_all_is_listed(_admin: object, request: HttpRequest) -> dict[str, str]:
    """For the list's page: the reason where nobody has chosen what to show."""
    return {} if NeedsFilter.parameter_name in request.GET else {"why_all": why_all(request)}


class WorkFilter(admin.SimpleListFilter):
    """Open consults, unless the completed ones are asked for."""

    COMPLETED = "completed"
    title = gettext_lazy("show")
    parameter_name = "show"

    def lookups(self, request, model_admin):
        return [
            ("over", _("Visit over, no outcome")),
            ("waiting", _("Waiting")),
            ("accepted", _("Accepted, no visit")),
            ("booked", _("Booked")),
            (self.COMPLETED, _("Completed")),
        ]

    def choices(self, changelist):
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": _("Open")} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset):
        match self.value():
            case "waiting":
                return queryset.waiting()
            case "over":
                return queryset.filter(visit_is_over(timezone.now()))
            case "accepted" | "booked" as state:
                return queryset.filter(state=state)
            case self.COMPLETED:
                return queryset.filter(state=ConsultState.COMPLETED)
        return queryset.filter(state__in=OPEN_CONSULT_STATES)
