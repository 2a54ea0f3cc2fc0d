"""The consult queues: one admin page per treatment, for its team only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.lookup import age_on
from treatments import permissions
from treatments.admin.lists.columns import QUEUE
from treatments.admin.lists.filters import OverTargetFilter, WorkFilter
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import ActionPages
from treatments.admin.pages.brief import Briefs
from treatments.admin.pages.snapshots import Snapshots
from treatments.models import QUEUES, Consult, Event, QueueSetting
from treatments.models.consult import queue_order
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.search import matching
from treatments.triage.access_log import opened
from treatments.triage.undo_state import last_team_move
from treatments.workflow import ConsultState
from treatments.workflow.actions.consults import queue_paused
from treatments.workflow.actions.table import CONSULT_ACTIONS


class QueueAdmin(Briefs, Snapshots, ActionPages, ReadOnlyAdmin):
    staff_actions = CONSULT_ACTIONS
    columns = QUEUE
    list_filter = (WorkFilter, OverTargetFilter)
    change_list_template = "admin/treatments/queue.html"
    search_fields = ("referral__search__contains",)
    search_help_text = _("Reference, name, phone, email or date of birth (YYYY-MM-DD)")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consult]:
        return self.model.objects.for_user(request.user).select_related("referral__owner")

    def get_ordering(self, request: HttpRequest) -> tuple:
        """The team's order; of what is completed, the latest first."""
        completed = request.GET.get(WorkFilter.parameter_name) == WorkFilter.COMPLETED
        return ("-ended_at", "-pk") if completed else queue_order()

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(matching(search_term, "referral__")), False

    # --- The page of one consult --------------------------------------------------------------------

    def subject_of(self, row: Consult):
        return row.referral, row

    def action_view(self, request: HttpRequest, object_id: int, action: str) -> HttpResponse:
        """An action that takes the consult out of the queue, sent twice, leads where the first one led."""
        if (
            request.method == "POST"
            and action != "undo_consult"
            and self.gave_away(request, object_id, action)
        ):
            return redirect(f"admin:treatments_{self.opts.model_name}_changelist")
        return super().action_view(request, object_id, action)

    def row_of_page(self, request: HttpRequest, object_id: int, action: str) -> Consult:
        """One that this user has just returned is theirs to take back, though no longer theirs to read."""
        if action == "undo_consult" and self.has_view_permission(request) and object_id < 2**63:
            returned = self.model.objects.filter(pk=object_id, state=ConsultState.RETURNED)
            row = returned.select_related("referral__owner").first()
            if row is not None and last_team_move(row, request.user, timezone.now()):
                return row
        return super().row_of_page(request, object_id, action)

    def gave_away(self, request: HttpRequest, object_id: int, action: str) -> bool:
        """Whether this user's own ``action`` is why the consult is no longer theirs to see."""
        if self.get_queryset(request).filter(pk=object_id).exists():
            return False
        own = Event.objects.filter(consult=object_id, consult__treatment=self.model.TREATMENT)
        return own.filter(kind=action, actor=request.user).exists()

    def row_url(self, row: Consult) -> str:
        if Consult.objects.filter(pk=row.pk, state__in=Consult.READABLE_BY_TEAM).exists():
            return reverse(f"admin:treatments_{self.opts.model_name}_change", args=[row.pk])
        return reverse(f"admin:treatments_{self.opts.model_name}_changelist")

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """The queue, with a word where it is paused and a way to change that."""
        setting = QueueSetting.of(self.model.TREATMENT)
        told = {"queue_word": queue_paused(setting.queue, setting.paused_note) if setting.paused else ""}
        if permissions.may_set_queue(request.user, setting.treatment):
            told["queue_setting"] = reverse("admin:treatments_queuesetting_change", args=[setting.treatment])
        return super().changelist_view(request, {**told, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The account of the referral as the team may read it; looking at it is an event."""
        consult = self.row_or_404(request, object_id)
        opened(referral=consult.referral, actor=request.user, consult=consult)
        told = referral_view(redaction_for(request.user), consult.referral, consult)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Consult for referral %(reference)s") % {"reference": consult.referral.reference},
            "buttons": self.buttons(request, consult, told["open_consults"]),
            "age": age_on(consult.referral.date_of_birth, timezone.localdate()),
            **told,
        }
        return TemplateResponse(request, "admin/treatments/referral.html", context)


for queue in QUEUES.values():
    admin.site.register(queue, QueueAdmin)
