"""The admin site: the clinic's name at the top, no navigation sidebar."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from clinic.kept_typing import show_kept


def alive(request: HttpRequest) -> HttpResponse:
    """Somebody is at the screen: ``staff_session`` notes it in the cookie of this answer."""
    return HttpResponse(status=204)


class ClinicAdminSite(admin.AdminSite):
    site_header = settings.CLINIC["name"]
    site_title = settings.CLINIC["name"]
    index_title = _("Intakes and consults")
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        """What needs this person next, and below it the lists."""
        from treatments.admin.home import home  # the site exists before the models do

        return super().index(request, {"home": home(request), **(extra_context or {})})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the shortcut to an object's public page: nothing here has one, and it takes any key."""
        from treatments.admin.pages.emergency import emergency_page  # as above
        from treatments.admin.pages.set_password import set_own_password

        kept = [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
        return [
            # A mail program may have put something behind the link: a bracket, "%3E", "=20".
            re_path(
                r"^set-password/(?P<key>[-a-zA-Z0-9_]+)/(?P<token>[-a-zA-Z0-9_]+)/(?:[^-\w/].*)?$",
                set_own_password,
                name="set_password",
            ),
            path("alive/", self.admin_view(alive), name="alive"),
            path("emergency/", self.admin_view(emergency_page), name="emergency"),
            path("running/", self.admin_view(self.operations), name="running"),
            path("figures/", self.admin_view(self.figures), name="figures"),
            path("kept/", self.admin_view(self.kept_typing), name="kept_typing"),
            *kept,
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What Django gives each page, but for the list of all lists: the home page alone has it, and it is dear."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": self.enable_nav_sidebar,
            "idle_minutes": settings.IDLE_MINUTES,
        }

    def kept_typing(self, request: HttpRequest) -> HttpResponse:
        return show_kept(request, self.each_context(request))

    def figures(self, request: HttpRequest) -> HttpResponseBase:
        from treatments.admin.pages.figures import figures_page  # as above

        return figures_page(request, self.each_context(request))

    def operations(self, request: HttpRequest) -> HttpResponse:
        from clinic.operations import operations_page  # as above

        return operations_page(request, self.each_context(request))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        """One's own password: the old one is asked for, and the change is an event."""
        from treatments.admin.forms.accounts import PasswordChange

        view = PasswordChangeView.as_view(
            form_class=PasswordChange,
            success_url=reverse_lazy("admin:password_change_done"),
            template_name="registration/password_change_form.html",
            extra_context={
                **self.each_context(request),
                **(extra_context or {}),
                "title": _("Your password"),
            },
        )
        return cast(TemplateResponse, view(request))

    def password_change_done(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> TemplateResponse:
        context = {**self.each_context(request), "title": _("Your password is set")}
        return TemplateResponse(request, "registration/password_change_done.html", context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        found = super().get_app_list(request, app_label)
        return [{**app, "name": _("Staff accounts")} if app["app_label"] == "auth" else app for app in found]

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict | None = None
    ) -> TemplateResponse:
        """The lists of all sides stand on the home page."""
        return super().app_index(request, app_label, {"title": _("Lists"), **(extra_context or {})})
