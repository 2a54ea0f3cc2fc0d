"""The clinic's hours, holidays and targets: one page to change them, with the versions there were."""

from itertools import pairwise

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.forms.clinic_hours import ClinicHoursForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.admin.set_by_clinic import SetByClinic
from treatments.models import ClinicHours
from treatments.reading.responders import name_of
from treatments.triage.clinic_hours import change_hours, what_changed

PAGE = "admin:treatments_clinichours_changelist"
SHOWN = 20  # versions


@admin.register(ClinicHours)
class ClinicHoursAdmin(SetByClinic):
    permission = permissions.SET_HOURS

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("", view(self.changelist_view), name="treatments_clinichours_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        self.guard(request)
        form = ClinicHoursForm(self.sent(request), hours=ClinicHours.newest())
        answer = self.saved(
            request,
            form,
            lambda: change_hours(actor=user_of(request), **form.asked()),
            _("The hours were saved."),
            PAGE,
        )
        if isinstance(answer, HttpResponse):
            return answer
        return self.show(
            request,
            "clinic_hours",
            title=title_of_list(self.opts),
            form=form,
            refused=str(answer or ""),
            versions=versions(),
        )


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
