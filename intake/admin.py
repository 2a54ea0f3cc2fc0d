"""Intakes and mail as the clinic's administrator sees them: when and how far, never what they say or to whom."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.models import OutgoingMail, Submission
from intake.times.moments import moment


def moment_of(column: str, words: Text) -> Any:
    """A column of a list that shows when something was, as all pages of the staff do."""

    @admin.display(description=words, ordering=column)
    def shown(row: Model) -> str:
        at = getattr(row, column)
        return moment(at) if at else "–"

    shown.__name__ = column  # the class of its cells
    return shown


class OwnFiltersOnly:
    """Refuses every question in the address that no filter of the list asks.

    Django lets ``?note__contains=`` search a column that is not shown, and ``?at__year=0`` is a server error.
    """

    list_filter: ClassVar[Any]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        asked = {each.parameter_name for each in self.list_filter if not isinstance(each, str)}
        columns = [each for each in self.list_filter if isinstance(each, str)]
        ways = ("exact", "id__exact", "isnull", "gte", "lt")
        return lookup in asked | {f"{column}__{way}" for column in columns for way in ways}


class ReadOnlyList(OwnFiltersOnly, admin.ModelAdmin):
    """A list to look at: nothing can be added, changed or deleted, and only its filters may be asked."""

    list_display_links: Any = None
    actions = None
    show_full_result_count = False
    sortable_by = ()
    list_max_show_all = 200
    show_facets = admin.ShowFacets.NEVER  # counting each filter would read the whole table many times

    def get_urls(self) -> list[URLPattern]:
        """The list and the page of a row: nothing is added or deleted, and what is done stands in the record."""
        return [each for each in super().get_urls() if (each.name or "").endswith(("_changelist", "_change"))]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        words = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": words, **(extra_context or {})})

    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None):
        words = capfirst(self.opts.verbose_name)
        return super().changeform_view(
            request, object_id, form_url, {"title": words, **(extra_context or {})}
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class MailFilter(admin.SimpleListFilter):
    title = _("show")
    parameter_name = "show"

    def lookups(self, request, model_admin):
        return [("failing", _("Failing")), ("given_up", _("Given up")), ("all", _("All"))]

    def choices(self, changelist):
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": _("Waiting")} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset):
        match self.value():
            case "all":
                return queryset
            case "given_up":
                return queryset.filter(given_up_at__isnull=False)
            case "failing":
                return queryset.unsent().exclude(last_error="")
        return queryset.unsent()


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyList):
    """The outbox. Neither the text nor the address of a mail is ever read from the database here."""

    list_display = (
        moment_of("created_at", _("written")),
        "purpose",
        moment_of("due_at", _("due")),
        "attempts",
        "last_error",
        moment_of("sent_at", _("sent")),
        moment_of("given_up_at", _("given up")),
    )
    list_filter = (MailFilter, "purpose")
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = list_display

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("to", "body", "subject")


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyList):
    list_display = (
        moment_of("created_at", _("started")),
        *("state", "source", "reference", "pages_saved"),
        moment_of("saved_at", _("last saved")),
    )
    list_filter = ("state", "source")
    ordering = ("-created_at",)
    fields = (
        *("reference", "state", "source", "language"),
        moment_of("created_at", _("started")),
        moment_of("saved_at", _("last saved")),
        moment_of("submitted_at", _("received")),
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("answers")

    @admin.display(description=_("pages saved"))
    def pages_saved(self, submission: Submission) -> int:
        return len(submission.saved_pages())
