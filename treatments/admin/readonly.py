"""What every page of the desk has in common: it reads, it knows only what its user may know, nothing else."""

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list and a page per row. No adding, changing or deleting: deeds have pages of their own.

    Rows outside ``get_queryset`` do not exist for this user: their pages answer 404.
    """

    actions = None
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    sortable_by = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        info = self.opts.app_label, self.opts.model_name
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name="{}_{}_changelist".format(*info)),
            *self.more_urls(),
            path(
                "<int:object_id>/",
                self.admin_site.admin_view(self.change_view),
                name="{}_{}_change".format(*info),
            ),
        ]

    def more_urls(self) -> list[URLPattern]:
        return []

    def row_or_404(self, request: HttpRequest, object_id: int):
        """The row if this user may know of it; 404 for one they may not, as for one that is not there."""
        row = self.get_queryset(request).filter(pk=object_id).first() if object_id < 2**63 else None
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        return row
