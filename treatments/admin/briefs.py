"""The one-page consult brief of a referral: a page made for paper, and a PDF where WeasyPrint is installed."""

import importlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from intake import fields, summary
from intake.fields.conditions import age_on
from treatments import brief, triage
from treatments.admin.account import account
from treatments.admin.badges import EFFECTS
from treatments.catalogue import TREATMENTS
from treatments.models import Consult, Referral
from treatments.workflow import HOLD_WORDS, Hold

PERSON = ("date_of_birth", "preferred_name", "pronouns", "sex_at_birth", "gender", "language")


class Briefs:
    """Adds the brief to the admin of referrals or of a queue: whoever may read the page may read this.

    GET, like the page itself: nothing changes, and the looking is an event written first.
    """

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.brief_view)
        name = f"treatments_{self.opts.model_name}_brief"
        return [path("<int:object_id>/brief/", view, name=name), *super().more_urls()]

    def brief_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            raise Http404
        referral, consult = self.parts(row)
        wants_pdf = request.GET.get("format") == "pdf"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "title": _("Brief of referral %(reference)s") % {"reference": referral.reference},
        }
        if wants_pdf and weasyprint() is None:
            return TemplateResponse(request, "admin/treatments/no_pdf.html", context, status=501)
        details = {"page": "brief", **({"form": "pdf"} if wants_pdf else {})}
        triage.opened(referral=referral, actor=request.user, consult=consult, details=details)
        context |= told(request.user, referral, consult)
        if not wants_pdf:
            return TemplateResponse(request, "admin/treatments/brief.html", context)
        response = HttpResponse(pdf(context), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="brief-{referral.reference}.pdf"'
        return response


def told(user, referral: Referral, consult: Consult | None) -> dict:
    """What stands on the brief, as ``user`` may read it; a team's names its own treatment only."""
    whole = account(user, referral, consult)
    answers = referral.submission.current
    about = [fields.BY_PATH[f"about.{key}"] for key in PERSON if f"about.{key}" in fields.BY_PATH]
    parts = [
        brief.Part(_("Contact, and what is safe"), brief.answered(whole["contact"])),
        brief.Part(_("Why routed"), why_routed(whole["consults"])),
        brief.Part(_("Safety answers, in the person's words"), brief.answered(whole["safety_rows"])),
    ]
    assessed = whole["assessment"]
    if assessed:
        parts.append(brief.Part(_("Scores"), brief.scores(assessed["scores"])))
    parts.append(brief.Part(_("Medicines tried for depression"), brief.trials(answers)))
    parts.append(brief.Part(_("Medicines now"), brief.entries(brief.NOW, answers)))
    parts.append(brief.Part(_("Allergies"), brief.entries(brief.ALLERGIES, answers)))
    if assessed:
        parts.extend(finding_parts(assessed, consult))
    return {
        "referral": referral,
        "consult": consult,
        "age": age_on(referral.date_of_birth, timezone.localdate()),
        "person": brief.answered(summary.rows(about, answers)),
        "parts": [part for part in parts if part.lines],
        "assessed": assessed,
        "printed_at": timezone.now(),
        "substance_use_hidden": whole["substance_use_hidden"],
    }


def why_routed(consults: list[Consult]) -> list[brief.Line]:
    lines = []
    for each in consults:
        if each.is_open:
            day = timezone.localtime(each.opened_at).date().isoformat()
            why = each.why or _("No reason was written.")
            source = _("routed by %(who)s, %(day)s") % {"who": each.routed_by, "day": day}
            lines.append(brief.Line(why, source, str(each.get_treatment_display())))
    return lines


def finding_parts(assessed: dict, consult: Consult | None) -> list[brief.Part]:
    """The hold's reasons, then per treatment what fired, then what is still to be asked."""
    marks = {
        **EFFECTS,
        **{hold.value: ("▲", words) for hold, words in HOLD_WORDS.items() if hold != Hold.NONE},
    }
    parts = [brief.Part(_("Hold"), brief.findings(assessed["hold_findings"], marks))]
    waiting = list(assessed["hold_ask"])
    for (key, treatment), column in zip(TREATMENTS.items(), assessed["columns"], strict=True):
        if consult is not None and consult.treatment != key:
            continue
        rows = [finding for _effect, found in column["findings"] for finding in found]
        parts.append(brief.Part(str(treatment.name), brief.findings(rows, marks)))
        waiting += column["ask"]
    parts.append(brief.Part(_("Still to ask"), brief.open_questions(waiting)))
    return parts


# --- PDF: an optional extra ---------------------------------------------------------------------------


def weasyprint():
    """The module, or None where the optional extra (requirements-pdf.txt) is not installed."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):  # OSError: the package is there, Pango is not
        return None


def pdf(context: dict) -> bytes:
    """The brief as a tagged PDF; nothing is fetched: its stylesheet is handed over and no address is read."""
    maker = weasyprint()
    sheet = Path(finders.find("treatments/brief.css")).read_text(encoding="utf-8")
    page = maker.HTML(
        string=render_to_string("admin/treatments/brief_paper.html", context), url_fetcher=refuse_to_fetch
    )
    return page.write_pdf(stylesheets=[maker.CSS(string=sheet)], pdf_variant="pdf/ua-1")


def refuse_to_fetch(url: str, *args, **kwargs):
    raise ValueError("A brief fetches nothing.")
