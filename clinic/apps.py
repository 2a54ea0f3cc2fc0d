"""Makes our admin site the one that every ``@admin.register`` speaks to, staff sessions short, and faults heard."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in

from clinic import faults


def shorten_session(sender, request, user, **kwargs) -> None:
    """Staff stay signed in for SESSION_COOKIE_AGE, even where the browser kept a patient's draft for a month."""
    request.session.set_expiry(None)


class ClinicAdminConfig(AdminConfig):
    default_site = "clinic.site.ClinicAdminSite"

    def ready(self) -> None:
        super().ready()
        user_logged_in.connect(shorten_session, dispatch_uid="clinic.shorten_session")
        faults.connect()
