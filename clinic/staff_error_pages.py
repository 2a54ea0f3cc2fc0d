"""What staff read where a page is not there or not theirs: in their own frame and words, not the patients'."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import defaults

from intake.views.faults import from_our_page, stale_page
from intake.views.unsaved import is_text
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


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not is_of_staff(request):
        return defaults.bad_request(request, exception)
    return _page(request, "admin/400.html", _("This address can’t be read"), 400)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose safety token does not fit: signed in anew meanwhile, or sent by another site.

    What was typed is given back to copy, unless the browser does not say that a page of ours sent it.
    """
    if not is_of_staff(request):
        return stale_page(request, reason)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    texts = [value for name, value in sent if from_our_page(request) and is_text(name, value)]
    return _page(request, "admin/409.html", _("This page is too old"), 409, texts=texts)


def is_of_staff(request: HttpRequest) -> bool:
    """Whether somebody who is signed in asked for a page of the clinic's side."""
    user = getattr(request, "user", None)
    return request.path.startswith(reverse("admin:index")) and bool(user and user.is_staff)


def _page(request: HttpRequest, template: str, title: str, status: int, **more: object) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **more}
    count_nothing(request)
    return render(request, template, context, status=status)
