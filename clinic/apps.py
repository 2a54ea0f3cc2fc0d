"""Makes our admin site the one that every ``@admin.register`` speaks to, staff sessions short, and faults heard."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save

from clinic import faults


class ClinicAdminConfig(AdminConfig):
    default_site = "clinic.site.ClinicAdminSite"

    def ready(self) -> None:
        from clinic import (  # they speak of accounts, which are loaded by now
            emergency,
            second_factor,
            staff_session,
        )

        super().ready()
        user_logged_in.connect(staff_session.begin, dispatch_uid="clinic.staff_session.begin")
        faults.connect()
        second_factor.connect()
        pre_save.connect(
            emergency.keep_the_mark, sender="auth.User", dispatch_uid="clinic.emergency.keep_the_mark"
        )
