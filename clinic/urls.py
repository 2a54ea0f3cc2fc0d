"""The two doors: the patient's pages at the root, the clinic's side under /admin/."""

from allauth.account.views import reauthenticate
from django.contrib import admin
from django.urls import include, path

from clinic.sign_in import SignIn, sign_out

urlpatterns = [
    # Asked for most, so tried first; none of its addresses is one of the admin's.
    path("", include("intake.urls")),
    # Of allauth only these: nobody signs up, and passwords have pages of ours.
    path("admin/login/", SignIn.as_view(), name="account_login"),
    path("admin/logout/", sign_out, name="account_logout"),
    path("admin/again/", reauthenticate, name="account_reauthenticate"),
    path("admin/factors/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "clinic.staff_error_pages.unreadable"
handler403 = "clinic.staff_error_pages.denied"
handler404 = "clinic.staff_error_pages.not_found"
handler500 = "clinic.error_page.server_error"
