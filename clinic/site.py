"""The admin site: the clinic's name at the top, no navigation sidebar."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ClinicAdminSite(admin.AdminSite):
    site_header = settings.CLINIC["name"]
    site_title = settings.CLINIC["name"]
    index_title = _("Intakes and consults")
    enable_nav_sidebar = False
