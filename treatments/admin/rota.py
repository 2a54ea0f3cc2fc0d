"""The on-call rota: its week and its rows on one page, and a small page for a row, for clinic administrators."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.forms.rota import SeenForm, ShiftForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.models import Shift
from treatments.reading.responders import words_of
from treatments.reading.rota import rota_view
from treatments.triage.rota import add_shifts, change_shift, end_shift
from treatments.workflow import Refused

LIST = "admin:treatments_shift_changelist"


@admin.register(Shift)
class ShiftAdmin(admin.ModelAdmin):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permissions.KEEP_ROTA)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_module_permission(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False  # a row is ended and stays on record

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="treatments_shift_changelist"),
            path("add/", view(self.add_row), name="treatments_shift_add"),
            path("<int:object_id>/", view(self.change_row), name="treatments_shift_change"),
            path("<int:object_id>/end/", view(self.end_row), name="treatments_shift_end"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        self.guard(request)
        week = rota_view(timezone.now(), day_of(request.GET.get("from", "")))
        return self.show(request, "rota", title=title_of_list(self.opts), **week)

    def add_row(self, request: HttpRequest) -> HttpResponse:
        self.guard(request)
        form = ShiftForm(request.POST if request.method == "POST" else None, shift=None)
        refused = ""
        if form.is_bound and form.is_valid():
            try:
                add_shifts(actor=user_of(request), **form.asked())
            except Refused as fault:
                refused = str(fault)
            else:
                messages.success(request, _("The rota was changed."))
                return redirect(LIST)
        return self.show(request, "rota_row", title=_("Add to the rota"), form=form, refused=refused)

    def change_row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        shift = self.row_or_404(request, object_id)
        form = ShiftForm(request.POST if request.method == "POST" else None, shift=shift)
        refused = ""
        if form.is_bound and form.is_valid():
            seen = form.cleaned_data["seen_version"]
            try:
                change_shift(shift=shift, actor=user_of(request), seen=seen, **form.asked())
            except Refused as fault:
                refused = str(fault)
            else:
                messages.success(request, _("The rota was changed."))
                return redirect(LIST)
        return self.show(
            request,
            "rota_row",
            title=_("Row of the rota"),
            form=form,
            refused=refused,
            row=words_of(shift),
            shift=shift,
        )

    def end_row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """A page that asks once more; only its button ends the row."""
        shift = self.row_or_404(request, object_id)
        form = SeenForm(
            request.POST if request.method == "POST" else None, initial={"seen_version": shift.version}
        )
        refused = ""
        if form.is_bound and form.is_valid():
            try:
                end_shift(shift=shift, actor=user_of(request), seen=form.cleaned_data["seen_version"])
            except Refused as fault:
                refused = str(fault)
            else:
                messages.success(request, _("The row was ended."))
                return redirect(LIST)
        return self.show(
            request,
            "rota_end",
            title=_("End a row of the rota"),
            form=form,
            refused=refused,
            row=words_of(shift),
        )

    def guard(self, request: HttpRequest) -> None:
        if not self.has_module_permission(request):
            raise PermissionDenied

    def row_or_404(self, request: HttpRequest, object_id: int) -> Shift:
        self.guard(request)
        rows = Shift.objects.select_related("person", "changed_by")
        shift = rows.filter(pk=object_id).first() if object_id < 2**63 else None
        if shift is None:
            raise Http404
        return shift

    def show(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        status = 409 if context.get("refused") else 200
        return TemplateResponse(request, f"admin/treatments/{template}.html", context, status=status)


def day_of(text: str) -> date | None:
    """The day that an address names, such as 2026-12-07; None for anything that is no such day."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 9000 else None
