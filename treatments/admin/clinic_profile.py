"""Who the clinic is on paper: one page to change it, with the versions there were."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments.admin.forms.set_by_clinic import ClinicProfileForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.admin.set_by_clinic import SetByClinic, changes_of
from treatments.models import ClinicProfile
from treatments.triage.clinic_profile import change_profile
from treatments.workflow.events import PROFILE_CHANGED

NAME = "treatments_clinicprofile_changelist"


@admin.register(ClinicProfile)
class ClinicProfileAdmin(SetByClinic):
    def get_urls(self) -> list[URLPattern]:
        return [path("", self.admin_site.admin_view(self.changelist_view), name=NAME)]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self.guard(request)
        form = ClinicProfileForm(self.sent(request), profile=ClinicProfile.newest())
        answer = self.saved(
            request,
            form,
            lambda: change_profile(
                actor=user_of(request), seen=form.cleaned_data["seen_version"], wanted=form.wanted()
            ),
            _("The clinic's profile was saved."),
            f"admin:{NAME}",
        )
        if isinstance(answer, HttpResponse):
            return answer
        return self.show(
            request,
            "clinic_profile",
            title=title_of_list(self.opts),
            form=form,
            refused=str(answer or ""),
            versions=changes_of(PROFILE_CHANGED),
        )
