"""Intakes as the clinic's administrator sees them: when they came and how far they are, never what they say."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.models import Submission


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    list_display = ("created_at", "state", "source", "reference", "pages_saved", "saved_at")
    list_display_links = None
    list_filter = ("state", "source")
    ordering = ("-created_at",)
    fields = ("reference", "state", "source", "language", "created_at", "saved_at", "submitted_at")
    readonly_fields = fields
    actions = None
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("answers")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    @admin.display(description=_("pages saved"))
    def pages_saved(self, submission: Submission) -> int:
        return len(submission.saved_pages())
