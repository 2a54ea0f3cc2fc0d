"""The two doors: the patient's pages at the root, the clinic's side under /admin/."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("intake.urls")),
]

handler500 = "clinic.error_page.server_error"
