"""What every page of the desk has in common: it reads, it knows only what its user may know, nothing else."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.admin import OwnFiltersOnly
from treatments.admin.lists.column import Column, list_display, narrowed, of_list
from treatments.admin.lists.pagination import CappedPaginator
from treatments.admin.pages.erased import Erased, show_erased, unless_erased
from treatments.admin.pages.page import Page


def title_of_list(opts) -> str:
    """What a list is called at its top and in the way back to it."""
    return _("Worklist") if opts.model_name == "referral" else capfirst(opts.verbose_name_plural)


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

    pages: tuple[Page, ...] = ()
    list_context: tuple[Callable[["ReadOnlyAdmin", HttpRequest], dict[str, Any]], ...] = ()
    kept_in_address: tuple[str, ...] = ()  # beside the list's filters
    change_list: type[ReadOnlyChangeList] = ReadOnlyChangeList
    columns: tuple[Column, ...] = ()
    also_reads: tuple[str, ...] = ()  # of a row, beside what its columns read
    change_list_template = "admin/treatments/list.html"
    actions: Sequence[Callable[..., HttpResponse | None] | str] | None = None
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
        return self.change_list

    def get_paginator(self, request: HttpRequest, queryset: QuerySet, *args, **kwargs) -> CappedPaginator:
        searched = bool(request.GET.get(SEARCH_VAR))
        return self.paginator(self.for_columns(request, queryset), *args, searched=searched, **kwargs)

    def for_columns(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows with no more than the list's columns show; as they are in a list without such columns."""
        if not self.columns:
            return queryset
        return narrowed(queryset, of_list(self.columns), request.user, *self.also_reads)

    def get_list_display(self, request: HttpRequest) -> list[Any] | tuple[Any, ...]:
        return self.shown_columns if self.columns else super().get_list_display(request)

    @cached_property
    def shown_columns(self) -> tuple[Callable[[Any], object], ...]:
        return list_display(self.columns)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        of_rows: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            *((page.path, partial(self.show_page, page), page.name) for page in self.pages),
            ("<int:object_id>/", self.change_view, "change"),
        ]
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            *(
                path(address, self.keeping_filters(view(self.or_erased(shown))), name=f"{name}_{last}")
                for address, shown, last in of_rows
            ),
        ]

    def show_page(
        self, page: Page, request: HttpRequest, object_id: int | None = None, **parts: Any
    ) -> HttpResponseBase:
        """One of ``pages``: 404 for a row that this user may not know of, 403 without the permission."""
        row = None
        if object_id is not None:
            find = partial(page.find, self) if page.find else self.row_or_404
            row = find(request, object_id, **(parts if page.find else {}))
        if request.method not in page.methods:
            raise Http404
        if page.permission and not request.user.has_perm(page.permission):
            raise PermissionDenied
        return page.view(self, request, row, **parts)

    def keeping_filters(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """Let a page remember the filters of the list it was opened from, through every action and back.

        The address carries them (``_changelist_filters``), so that two windows never mix them up.
        """

        @wraps(view)
        def keep(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            kept = self.get_preserved_filters(request)
            if kept and isinstance(response, TemplateResponse):
                response.context_data = {**(response.context_data or {}), "preserved_filters": kept}
            elif (
                kept
                and isinstance(response, HttpResponseRedirect)
                and response.url.startswith(reverse("admin:index"))
            ):
                kept_filters: dict[str, Any] = {"preserved_filters": kept, "opts": self.opts}
                return redirect(add_preserved_filters(kept_filters, response.url))
            return response

        return keep

    def get_preserved_filters(self, request: HttpRequest) -> str:
        """The list's filters, and with them what else of the address goes through every page of a row."""
        more = {name: request.GET[name] for name in self.kept_in_address if name in request.GET}
        return "&".join(filter(None, (super().get_preserved_filters(request), urlencode(more))))

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {"title": title_of_list(self.opts)}
        for part in self.list_context:
            context |= part(self, request)
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The page of a row; a list whose rows have none leaves it at this."""
        raise Http404

    def page_context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        """What every page of this admin shows, and ``more``."""
        return {**self.admin_site.each_context(request), "opts": self.opts, **more}

    def row_or_404(self, request: HttpRequest, object_id: int):
        """The row if this user may know of it; 404 for one they may not, as for one that is not there."""
        row = self.get_queryset(request).filter(pk=object_id).first() if object_id < 2**63 else None
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        return unless_erased(row)

    def or_erased(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """``view``, and in its place a page that says so wherever the row's person was erased."""

        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except Erased as gone:
                return show_erased(self, request, gone.row)

        return shown
