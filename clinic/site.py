"""The admin site: the clinic's name at the top, no navigation sidebar."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _


class ClinicAdminSite(admin.AdminSite):
    site_header = settings.CLINIC["name"]
    site_title = settings.CLINIC["name"]
    index_title = _("Intakes and consults")
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        """The lists, and above them the numbers of this person's own work."""
        from treatments.figures.dashboard import dashboard  # the site exists before the models do

        return super().index(request, {"dashboard": dashboard(request.user), **(extra_context or {})})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the shortcut to an object's public page: nothing here has one, and it takes any key."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
