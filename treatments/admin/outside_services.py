"""The clinic's list of outside services, and a small page for each with the versions there were."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments.admin.forms.set_by_clinic import OutsideServiceForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.admin.set_by_clinic import SetByClinic
from treatments.models import OutsideServiceVersion
from treatments.triage.service_list import change_service
from treatments.workflow.outside_services import OUTSIDE_SERVICES

NAME = "treatments_outsideserviceversion"
LIST = f"admin:{NAME}_changelist"


@admin.register(OutsideServiceVersion)
class OutsideServiceAdmin(SetByClinic):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name=f"{NAME}_changelist"),
            path("add/", view(self.add_service), name=f"{NAME}_add"),
            path("<int:service>/", view(self.change_service), name=f"{NAME}_change"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self.guard(request)
        services = OutsideServiceVersion.objects.newest()
        kinds = [
            (kind.label, [service for service in services if service.kind == code])
            for code, kind in OUTSIDE_SERVICES.items()
        ]
        return self.show(request, "outside_services", title=title_of_list(self.opts), kinds=kinds)

    def add_service(self, request: HttpRequest) -> HttpResponse:
        return self.one(request, OutsideServiceVersion(version=0), None, _("Add a service"))

    def change_service(self, request: HttpRequest, service: int) -> HttpResponse:
        self.guard(request)
        rows = OutsideServiceVersion.objects.filter(service=service) if service < 2**31 else None
        now = rows.order_by("-version").first() if rows is not None else None
        if now is None:
            raise Http404
        return self.one(request, now, service, now.name)

    def one(
        self, request: HttpRequest, now: OutsideServiceVersion, service: int | None, title: str
    ) -> HttpResponse:
        self.guard(request)
        form = OutsideServiceForm(self.sent(request), service=now)
        answer = self.saved(
            request,
            form,
            lambda: change_service(
                actor=user_of(request),
                service=service,
                seen=form.cleaned_data["seen_version"],
                wanted=form.wanted(),
            ),
            _("The service was saved."),
            LIST,
        )
        if isinstance(answer, HttpResponse):
            return answer
        versions = OutsideServiceVersion.objects.filter(service=service or 0).select_related("by")
        return self.show(
            request,
            "outside_service",
            title=title,
            form=form,
            refused=str(answer or ""),
            versions=versions.order_by("-version")[:20],
        )
