"""A paper as it was printed, to be printed; and the list of a person's letters and papers. Nothing here sends anything."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import Button
from treatments.admin.pages.page import Page
from treatments.admin.pages.pdf import no_pdf, pdf_response, wants_pdf, weasyprint
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import subject_of
from treatments.models import Consult, Referral
from treatments.reading.letters import offers
from treatments.reading.papers import kept_papers
from treatments.reading.records import RequestRow, requests_of
from treatments.triage.access_log import opened, paper_opened
from treatments.workflow.actions import letters, record_requests

OF_RECORDS = frozenset(row.key for file in (record_requests, letters) for row in file.ROWS)


def show_paper(
    admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult, paper: int
) -> HttpResponse:
    """The sheet word for word as it was kept; looking at it is an event, written first."""
    referral, _consult = subject_of(row)
    own = kept_papers(user_of(request), referral)
    kept = own.filter(pk=paper).first() if paper < 2**63 else None
    if kept is None:
        raise Http404
    context = admin.page_context(request, row=row, paper=kept, title=_("Printed paper"))
    as_pdf = wants_pdf(request)
    if as_pdf and weasyprint() is None:
        return no_pdf(request, context)
    paper_opened(kept, actor=user_of(request), form="pdf" if as_pdf else "")
    if as_pdf:
        name = f"paper-{kept.pk}"
        return pdf_response("admin/treatments/sheet.html", "treatments/sheet.css", context, name)
    return TemplateResponse(request, "admin/treatments/printed_paper.html", context)


def show_papers(admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult) -> HttpResponse:
    """Requests for records, letters that may be written, and every paper that was printed."""
    referral, consult = subject_of(row)
    user = user_of(request)
    opened(referral=referral, actor=user, consult=consult, details={"page": "papers"})
    context = admin.page_context(
        request,
        row=row,
        referral=referral,
        title=_("Letters and records"),
        requests=requests_of(user, referral, timezone.localdate()),
        offers=offers(user, referral),
        papers=list(kept_papers(user, referral)),
        may_write=letters.WRITE_LETTER.is_for(user, consult.treatment if consult else None),
    )
    return TemplateResponse(request, "admin/treatments/letters_records.html", context)


def records_panel(rows: Sequence[RequestRow], buttons: Iterable[Button]) -> dict[str, Any]:
    """The requests on a person's page, and what may be done about them, about letters and faxes."""
    own = [each for each in buttons if is_of_records(each)]
    return {
        "requests": rows,
        "late": sum(row.late for row in rows),
        "offered": [each for each in own if not each.refusal],
        "refused": [each for each in own if each.refusal],
    }


def is_of_records(button: Button) -> bool:
    return button.url.rstrip("/") in OF_RECORDS


def facts_of(rows: Iterable[RequestRow]) -> dict[str, object]:
    """What the buttons ask of the requests, which the page has read."""
    return {"requests": frozenset(row.request.stands for row in rows)}


PAPER = Page("<int:object_id>/paper/<int:paper>/", "paper", show_paper)
PAPER_LIST = Page("<int:object_id>/papers/", "papers", show_papers)
