"""The record of events across all referrals, for the privacy officer: who did or opened what, and when."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from treatments.admin.readonly import ReadOnlyAdmin
from treatments.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """A list only: notes and assessments stay on the referral's own page."""

    list_display = ("at", "actor", "kind", "reference", "treatment")
    list_display_links = None
    list_filter = ("kind", "at")
    list_select_related = ("actor", "referral", "consult", "submission")
    search_fields = ("referral__reference__iexact", "actor__username__iexact")
    search_help_text = _("A reference, or a staff member's user name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        allowed = request.user.has_perm("treatments.view_event")
        return Event.objects.defer("note", "details", "assessment") if allowed else Event.objects.none()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-at", "-pk")

    @admin.display(description=_("referral"))
    def reference(self, event: Event) -> str:
        return event.referral.reference if event.referral else "–"

    @admin.display(description=_("queue"))
    def treatment(self, event: Event) -> str:
        return event.consult.get_treatment_display() if event.consult else "–"

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        raise Http404
