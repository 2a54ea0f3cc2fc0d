"""Paper as PDF: an optional extra, made by WeasyPrint where it is installed."""

import importlib
from pathlib import Path
from typing import cast

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse


def weasyprint():
    """The module, or None where the optional extra (requirements-pdf.txt) is not installed."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):  # OSError: the package is there, Pango is not
        return None


def wants_pdf(request: HttpRequest) -> bool:
    return request.GET.get("format") == "pdf"


def no_pdf(request: HttpRequest, context: dict) -> HttpResponse:
    """Says what to do instead, where no PDF can be made; nothing of the person is on it."""
    return TemplateResponse(request, "admin/treatments/no_pdf.html", context, status=501)


def pdf_response(lines: str, style: str, context: dict, name: str) -> HttpResponse:
    """The template ``lines`` under the stylesheet ``style`` as a tagged PDF.

    Nothing is fetched: the stylesheet is handed over and no address is read.
    """
    maker = weasyprint()
    sheet = Path(cast(str, finders.find(style))).read_text(encoding="utf-8")
    html = render_to_string("admin/treatments/paper.html", {**context, "lines": lines})
    page = maker.HTML(string=html, url_fetcher=refuse_to_fetch)
    response = HttpResponse(
        page.write_pdf(stylesheets=[maker.CSS(string=sheet)], pdf_variant="pdf/ua-1"),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def refuse_to_fetch(url: str, *args, **kwargs):
    raise ValueError("A paper fetches nothing.")
