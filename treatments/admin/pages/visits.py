"""The visits that a team has on a day, one before or one after it: when, who, where, confirmed or how it ended."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.models import Visit

MOST = 200  # of a day


def show_day(admin: ReadOnlyAdmin, request: HttpRequest, row: None) -> HttpResponse:
    """Today's, or those of the ``day`` in the address; only of consults that this reader may see."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    day = day_of(request)
    own = admin.get_queryset(request).order_by()
    visits = Visit.objects.on(day).filter(consult__in=own).select_related("consult__referral__submission")
    context = admin.page_context(
        request,
        title=_("Visits of a day"),
        day=day,
        today=timezone.localdate(),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        visits=list(visits.in_order()[:MOST]),
    )
    return TemplateResponse(request, "admin/treatments/visits_of_day.html", context)


def day_of(request: HttpRequest) -> date:
    """Today where the address names no day, or one that no calendar reaches."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
    return day if date(2000, 1, 1) <= day <= date(2999, 12, 31) else timezone.localdate()


VISITS = Page("visits/", "visits", show_day)
