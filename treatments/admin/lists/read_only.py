"""What every page of the desk has in common: it reads, it knows only what its user may know, nothing else."""

from collections.abc import Callable
from functools import cached_property, wraps

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from treatments.admin.lists.column import Column, list_display, narrowed, of_list
from treatments.admin.lists.pagination import CappedPaginator


def title_of_list(opts) -> str:
    """What a list is called at its top and in the way back to it."""
    return _("Worklist") if opts.model_name == "referral" else capfirst(opts.verbose_name_plural)


class OwnFiltersOnly:
    """Refuses every question in the address that no filter of the list asks.

    Django lets ``?note__contains=`` search a column that is not shown, and ``?at__year=0`` is a server error.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        asked = {each.parameter_name for each in self.list_filter if not isinstance(each, str)}
        columns = [each for each in self.list_filter if isinstance(each, str)]
        ways = ("exact", "id__exact", "isnull", "gte", "lt")
        return lookup in asked | {f"{column}__{way}" for column in columns for way in ways}


class ReadOnlyChangeList(ChangeList):
    """A list of which each row has a page below the list's own address."""

    @cached_property
    def address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:  # else Django would look for the rows again that were counted
            self.result_list = self.paginator.page(1).object_list
        elif self.show_all and self.can_show_all:
            self.result_list = self.paginator.object_list  # narrowed to the columns, as a page is

    def url_for_result(self, result: Model) -> str:
        return f"{self.address}{result.pk}/"


class ReadOnlyAdmin(OwnFiltersOnly, admin.ModelAdmin):
    """A list and a page per row. No adding, changing or deleting: actions have pages of their own.

    Rows outside ``get_queryset`` do not exist for this user: their pages answer 404.
    """

    columns: tuple[Column, ...] = ()
    also_reads: tuple[str, ...] = ()  # of a row, beside what its columns read
    change_list_template = "admin/treatments/list.html"
    actions = None
    list_per_page = 30  # a third of a list's time goes into its rows
    paginator = CappedPaginator
    list_max_show_all = 200
    show_full_result_count = False
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER  # counting each filter would read the whole table many times

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return ReadOnlyChangeList

    def get_paginator(self, request: HttpRequest, queryset: QuerySet, *args, **kwargs) -> CappedPaginator:
        searched = bool(request.GET.get(SEARCH_VAR))
        return self.paginator(self.for_columns(request, queryset), *args, searched=searched, **kwargs)

    def for_columns(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows with no more than the list's columns show; as they are in a list without such columns."""
        if not self.columns:
            return queryset
        return narrowed(queryset, of_list(self.columns), request.user, *self.also_reads)

    def get_list_display(self, request: HttpRequest) -> tuple:
        return list_display(self.columns) if self.columns else super().get_list_display(request)

    def get_urls(self) -> list[URLPattern]:
        info = self.opts.app_label, self.opts.model_name
        page = path(
            "<int:object_id>/",
            self.admin_site.admin_view(self.change_view),
            name="{}_{}_change".format(*info),
        )
        of_a_row = [*self.more_urls(), page]
        for pattern in of_a_row:
            pattern.callback = self.keeping_filters(pattern.callback)
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name="{}_{}_changelist".format(*info)),
            *of_a_row,
        ]

    def keeping_filters(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Let a page remember the filters of the list it was opened from, through every action and back.

        The address carries them (``_changelist_filters``), so that two windows never mix them up.
        """

        @wraps(view)
        def keep(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            kept = self.get_preserved_filters(request)
            if kept and isinstance(response, TemplateResponse):
                response.context_data = {**(response.context_data or {}), "preserved_filters": kept}
            elif kept and response.status_code == 302 and response.url.startswith(reverse("admin:index")):
                kept_filters = {"preserved_filters": kept, "opts": self.opts}
                return redirect(add_preserved_filters(kept_filters, response.url))
            return response

        return keep

    def more_urls(self) -> list[URLPattern]:
        return []

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"title": title_of_list(self.opts), **(extra_context or {})})

    def row_or_404(self, request: HttpRequest, object_id: int):
        """The row if this user may know of it; 404 for one they may not, as for one that is not there."""
        row = self.get_queryset(request).filter(pk=object_id).first() if object_id < 2**63 else None
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        return row
