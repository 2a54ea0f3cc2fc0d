"""The consult queues: one admin page per treatment, for its team only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from treatments import permissions
from treatments.admin.lists.filters import OverTargetFilter, WorkFilter
from treatments.admin.lists.next_consult import Queue
from treatments.admin.lists.queue_columns import QUEUE
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import CONSULT_ACTION
from treatments.admin.pages.brief import BRIEF
from treatments.admin.pages.consult import show_consult
from treatments.admin.pages.papers import PAPER, PAPER_LIST
from treatments.admin.pages.payer import PAYER
from treatments.admin.pages.snapshots import THEN
from treatments.admin.pages.visits import VISITS
from treatments.models import QUEUES, Consult, QueueSetting
from treatments.models.consult_lists import queue_group, queue_order
from treatments.search import matching
from treatments.workflow.actions.consults import queue_paused


def queue_words(admin: ReadOnlyAdmin, request: HttpRequest) -> dict[str, str]:
    """A word where the queue is paused, and the way to change that."""
    setting = QueueSetting.of(admin.model.TREATMENT)
    words = {"queue_word": queue_paused(setting.queue, setting.paused_note) if setting.paused else ""}
    if permissions.may_set_queue(request.user, setting.treatment):
        words["queue_setting"] = reverse("admin:treatments_queuesetting_change", args=[setting.treatment])
    return words


class QueueAdmin(ReadOnlyAdmin):
    pages = (BRIEF, THEN, VISITS, PAPER, PAPER_LIST, PAYER, CONSULT_ACTION)
    list_context = (queue_words,)
    change_list = Queue
    columns = QUEUE
    list_filter = (WorkFilter, OverTargetFilter)
    change_list_template = "admin/treatments/queue.html"
    search_fields = ("referral__search__contains",)
    search_help_text = _("Reference, name, phone, email or date of birth, as you would write it")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consult]:
        return self.model.objects.for_user(request.user).select_related("referral__owner")

    def get_ordering(self, request: HttpRequest) -> tuple:
        """By group, in each the team's order; of what is completed, the latest first."""
        completed = request.GET.get(WorkFilter.parameter_name) == WorkFilter.COMPLETED
        return ("-ended_at", "-pk") if completed else (queue_group().asc(), *queue_order())

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(matching(search_term, "referral__")), False

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The consult's page."""
        return show_consult(self, request, self.row_or_404(request, object_id))


for queue in QUEUES.values():
    admin.site.register(queue, QueueAdmin)
