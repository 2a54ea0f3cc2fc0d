"""What staff read where a page is not there or not theirs: in their own frame and words, not the patients'."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import defaults

from treatments.reading.desk_counts import count_nothing


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For staff what a missing row may mean; for everybody else the patients' page."""
    if not is_of_staff(request):
        return defaults.page_not_found(request, exception)
    return _page(request, "admin/404.html", _("There is no such page for you"), 404)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not is_of_staff(request):
        return defaults.permission_denied(request, exception)
    return _page(request, "admin/403.html", _("You may not do this"), 403)


def is_of_staff(request: HttpRequest) -> bool:
    """Whether somebody who is signed in asked for a page of the clinic's side."""
    user = getattr(request, "user", None)
    return request.path.startswith(reverse("admin:index")) and bool(user and user.is_staff)


def _page(request: HttpRequest, template: str, title: str, status: int) -> HttpResponse:
    count_nothing(request)
    return render(request, template, {**admin.site.each_context(request), "title": title}, status=status)
