"""The director's page: figures of a period, of nobody by name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import ngettext

from treatments.figures.intake import PERIODS, USUAL, intake_figures


def figures_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    if not request.user.has_perm("treatments.view_referral"):
        raise PermissionDenied
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else USUAL
    title = ngettext("Intake, last %(n)d day", "Intake, last %(n)d days", days) % {"n": days}
    shown = {"title": title, **intake_figures(days, timezone.localtime())}
    return TemplateResponse(request, "admin/treatments/figures.html", {**context, **shown})
