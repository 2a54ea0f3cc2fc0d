"""The exports of the desk: the worklist as a spreadsheet; one referral on paper or as ``clinic-intake/1``."""

import json
from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.lists.column import narrowed, of_sheet, sheet_rows, sheet_titles
from treatments.admin.lists.columns import WORKLIST
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.admin.pages.pdf import no_pdf, pdf_response, wants_pdf, weasyprint
from treatments.admin.pages.staff_user import user_of
from treatments.exports import worklist
from treatments.models import Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.reading.responders import name_of
from treatments.reading.timeline import LONGEST_TIMELINE
from treatments.triage.access_log import exported

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("csv", "xlsx")
AT_A_TIME = 500  # referrals read per query while a long list is being written


# All of them are GET, like opening a page: they change nothing. The event is a record of reading, written
# before anything leaves; where it can't be written, nothing does.


def exports_offered(_admin: ReadOnlyAdmin, request: HttpRequest) -> dict[str, list[dict[str, str]]]:
    """The current list, filters and search included, in each form; none without the permission."""
    if not request.user.has_perm(permissions.EXPORT_WORKLIST):
        return {"exports": []}
    asked = request.GET.copy()
    asked.pop("p", None)
    query = f"?{asked.urlencode()}" if asked else ""
    offered = [
        {
            "label": _("Export as %(form)s") % {"form": form.upper()},
            "url": reverse("admin:treatments_referral_export", args=[form]) + query,
        }
        for form in FORMS
    ]
    return {"exports": offered}


def export_worklist(admin: ReadOnlyAdmin, request: HttpRequest, _row: None, form: str) -> HttpResponseBase:
    """The rows that the list shows with these filters and this search, in its order."""
    if form not in FORMS:
        raise Http404
    if not admin.has_view_permission(request):
        raise PermissionDenied
    try:
        asked = admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        raise BadRequest("These filters can't be read.") from None
    keys = list(asked.queryset.values_list("pk", flat=True)[: worklist.MAX_ROWS + 1])
    if len(keys) > worklist.MAX_ROWS:
        refusal = _("These are more than %(most)s referrals. Narrow the filters, then export again.")
        messages.error(request, refusal % {"most": f"{worklist.MAX_ROWS:,}"})
        return admin.changelist_view(request)
    exported(
        referral=None,
        actor=user_of(request),
        details={
            "rows": len(keys),
            "form": form,
            "filters": asked.get_filters_params(),
            "searched": asked.query,
        },
    )
    rows = sheet_rows(WORKLIST, in_order(keys, user_of(request)))
    return as_file("worklist", _("Worklist"), form, sheet_titles(WORKLIST), rows)


def as_file(
    name: str, title: str, form: str, titles: list[str], rows: Iterable[list[worklist.Cell]]
) -> HttpResponseBase:
    """The rows to save, in one of ``FORMS``, under ``name`` and the day; a workbook's sheet has the ``title``."""
    response: HttpResponseBase
    if form == "csv":
        lines = worklist.csv_lines(titles, rows)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(worklist.xlsx(titles, rows, title), content_type=XLSX)
    filename = f"{name}-{timezone.localdate().isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def export_document(_admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> HttpResponse:
    """One intake as it was sent; without what this reader may not read."""
    redaction = redaction_for(user_of(request), referral.submission)
    details = {"form": "clinic-intake/1", "substance_use": not redaction.hides}
    exported(referral=referral, actor=user_of(request), details=details)
    document = json.dumps(redaction.document(referral.submission), ensure_ascii=False, indent=2)
    response = HttpResponse(document, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="intake-{referral.reference}.json"'
    return response


def export_paper(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> HttpResponse:
    """The whole referral as a page to print, every answer open, or as a PDF."""
    title = _("Referral %(reference)s, whole") % {"reference": referral.reference}
    context = admin.page_context(request, row=referral, title=title)
    redaction, as_pdf = redaction_for(user_of(request), referral.submission), wants_pdf(request)
    if as_pdf and weasyprint() is None:
        return no_pdf(request, context)
    exported(
        referral=referral,
        actor=user_of(request),
        details={
            "page": "referral",
            "form": "pdf" if as_pdf else "print",
            "substance_use": not redaction.hides,
        },
    )
    context |= referral_view(redaction, referral)
    context |= {
        "age": referral.age(timezone.localdate()),
        "printed_at": timezone.now(),
        "printed_by": name_of(redaction.user),
        "whole_timeline": len(context["events"]) < LONGEST_TIMELINE,
        "user": request.user,
    }
    if as_pdf:
        name = f"referral-{referral.reference}"
        return pdf_response("admin/treatments/whole.html", "treatments/whole.css", context, name)
    return TemplateResponse(request, "admin/treatments/print.html", context)


EXPORT = Page("export/<slug:form>/", "export", export_worklist, permissions.EXPORT_WORKLIST)
DOCUMENT = Page("<int:object_id>/document/", "document", export_document, permissions.EXPORT)
PRINT = Page("<int:object_id>/print/", "print", export_paper, permissions.EXPORT)


def in_order(keys: list[int], user: User) -> Iterator[Referral]:
    """The referrals with these keys, in their order, read a few hundred at a time."""
    rows = narrowed(Referral.objects.all(), of_sheet(WORKLIST), user)
    for start in range(0, len(keys), AT_A_TIME):
        part = keys[start : start + AT_A_TIME]
        found = rows.in_bulk(part)
        yield from (found[key] for key in part if key in found)
