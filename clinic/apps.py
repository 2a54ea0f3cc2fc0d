"""Makes our admin site the one that every ``@admin.register`` speaks to, staff sessions short, and faults heard."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in

from clinic import faults


class ClinicAdminConfig(AdminConfig):
    default_site = "clinic.site.ClinicAdminSite"

    def ready(self) -> None:
        from clinic import second_factor, staff_session  # they speak of accounts, which are loaded by now

        super().ready()
        user_logged_in.connect(staff_session.begin, dispatch_uid="clinic.staff_session.begin")
        faults.connect()
        second_factor.connect()
