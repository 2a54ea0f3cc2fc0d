"""The director's page: figures of a period, of nobody by name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import ngettext

from treatments.admin.pages.exports import FORMS, as_file
from treatments.exports import figures
from treatments.figures.intake import PERIODS, USUAL, intake_figures


def figures_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """As a page, or with ``form`` as a file; neither tells of anybody by name."""
    if not request.user.has_perm("treatments.view_referral"):
        raise PermissionDenied
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else USUAL
    title = ngettext("Intake, last %(n)d day", "Intake, last %(n)d days", days) % {"n": days}
    told = intake_figures(days, timezone.localtime())
    if request.GET.get("form") in FORMS:
        return as_file(
            f"figures-{days}-days", title, request.GET["form"], figures.titles(), figures.rows(told)
        )
    shown = {"title": title, "forms": FORMS, **told}
    return TemplateResponse(request, "admin/treatments/figures.html", {**context, **shown})
