"""The clinic's hours, holidays and targets: one page to change them, with the versions there were."""

from itertools import pairwise

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.forms.clinic_hours import ClinicHoursForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.models import ClinicHours
from treatments.reading.responders import name_of
from treatments.triage.clinic_hours import change_hours, what_changed
from treatments.workflow import Refused

PAGE = "admin:treatments_clinichours_changelist"
SHOWN = 20  # versions


@admin.register(ClinicHours)
class ClinicHoursAdmin(admin.ModelAdmin):
    """No version is changed or deleted; a change adds one."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permissions.SET_HOURS)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_module_permission(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("", view(self.changelist_view), name="treatments_clinichours_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if not self.has_module_permission(request):
            raise PermissionDenied
        form = ClinicHoursForm(request.POST if request.method == "POST" else None, hours=ClinicHours.newest())
        refused = ""
        if form.is_bound and form.is_valid():
            try:
                change_hours(actor=user_of(request), **form.asked())
            except Refused as fault:
                refused = str(fault)
            else:
                messages.success(request, _("The hours were saved."))
                return redirect(PAGE)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title_of_list(self.opts),
            "form": form,
            "refused": refused,
            "versions": versions(),
        }
        status = 409 if refused else 200
        return TemplateResponse(request, "admin/treatments/clinic_hours.html", context, status=status)


def versions() -> list[dict]:
    """The newest first, each with who made it and what it changed; the environment's own changed nothing."""
    rows = list(ClinicHours.objects.select_related("by").order_by("-version")[: SHOWN + 1])
    shown = [
        {"row": after, "who": name_of(after.by), "changes": list(what_changed(before, after))}
        for after, before in pairwise(rows)
        if after.by
    ]
    if rows and rows[-1].by is None:
        shown.append({"row": rows[-1], "who": "", "changes": [_("As the server's settings had it.")]})
    return shown
