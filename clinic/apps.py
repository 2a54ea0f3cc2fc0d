"""Makes our admin site the one that every ``@admin.register`` speaks to."""

from django.contrib.admin.apps import AdminConfig


class ClinicAdminConfig(AdminConfig):
    default_site = "clinic.site.ClinicAdminSite"
