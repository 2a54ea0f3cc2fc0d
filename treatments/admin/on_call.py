"""Whether responders were notified of each alarm, for the clinic's administrator: who, numbers and times only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.admin import moment_of
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.models import OnCallNotice


@admin.register(OnCallNotice)
class OnCallNoticeAdmin(ReadOnlyAdmin):
    list_display = (
        "alarm_id",
        "level",
        "person",
        "channel",
        moment_of("due_at", _("due")),
        "attempts",
        "last_error",
        "times",
        moment_of("sent_at", _("sent")),
    )
    list_display_links = None
    list_filter = ("level", "channel")
    list_select_related = ("person",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OnCallNotice]:
        allowed = request.user.has_perm("treatments.view_oncallnotice")
        return OnCallNotice.objects.all() if allowed else OnCallNotice.objects.none()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-pk",)
