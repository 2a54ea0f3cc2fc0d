"""The one-page brief for a treatment's team: a page made for one letter sheet, and a PDF where WeasyPrint is installed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.fields import Answers
from intake.fields.lookup import answer
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.admin.pages.pdf import no_pdf, pdf_response, wants_pdf, weasyprint
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import subject_of
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Referral
from treatments.reading import brief
from treatments.reading.check_lines import check_lines
from treatments.reading.checklists import CHECKLISTS, HOPES, THERAPY, Pressure, paths_of
from treatments.reading.payer_view import payer_line
from treatments.reading.reaching import person_head
from treatments.reading.redaction import Redaction, redaction_for
from treatments.reading.referral_view import alarm_reason, consults
from treatments.reading.responders import name_of
from treatments.reading.risk import risk_view
from treatments.reading.summary import Piece, summary_of
from treatments.triage.access_log import exported, opened

FOR = "for"  # of the address: whose brief the desk reads


def show_brief(admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult) -> HttpResponse:
    """Whoever may read the row's page may read this.

    GET, like the page itself: nothing changes, and the looking is an event written first. A PDF can be
    kept and sent on, so making one is recorded as an export.
    """
    referral, consult = subject_of(row)
    title = _("Brief of referral %(reference)s") % {"reference": referral.reference}
    context = admin.page_context(request, row=row, title=title)
    actor = user_of(request)
    chosen = request.GET.get(FOR, "")
    if not wants_pdf(request):
        opened(referral=referral, actor=actor, consult=consult, details={"page": "brief"})
        context |= brief_context(redaction_for(actor, referral.submission), referral, consult, chosen)
        model = admin.opts.model_name
        context["answers_at"] = reverse(f"admin:treatments_{model}_change", args=[row.pk])
        return TemplateResponse(request, "admin/treatments/brief.html", context)
    if weasyprint() is None:
        return no_pdf(request, context)
    details = {"page": "brief", "form": "pdf"}
    exported(referral=referral, actor=actor, consult=consult, details=details)
    context |= brief_context(redaction_for(actor, referral.submission), referral, consult, chosen)
    name = f"brief-{referral.reference}"
    return pdf_response("admin/treatments/brief_sheet.html", "treatments/brief.css", context, name)


BRIEF = Page("<int:object_id>/brief/", "brief", show_brief)


def brief_context(
    redaction: Redaction, referral: Referral, consult: Consult | None, chosen: str = ""
) -> dict[str, Any]:
    """What stands on the brief for one team, as this reader may have it.

    A team has its own; the desk has the one it has ``chosen``, else that of the first team it routed to.
    """
    now = timezone.now()
    seen = consults(redaction, referral)
    asked = consult or _asked_of(seen["consults"], chosen)
    key = asked.treatment if asked else chosen if chosen in TREATMENTS else next(iter(TREATMENTS))
    answers = redaction.readable(referral.submission.current)
    assessed = redaction.assessment(referral)
    parts = _parts(redaction, referral, key, assessed, now)
    tried = brief.tried(answers, assessed["trials"]) if assessed else []
    summary = summary_of(redaction, referral, assessed)
    return {
        "referral": referral,
        "consult": consult,
        "seen_elsewhere": seen["seen_elsewhere"],
        "asked": next((each for each in seen["consults"] if asked and each.pk == asked.pk), asked),
        "key": key,
        "reader": _reader(key),
        "others": [] if consult else [(other, _reader(other)) for other in TREATMENTS if other != key],
        "summary": summary,
        "columns": parts,
        "dense": _lines(parts, tried, summary) > brief.MANY_LINES,
        "tried": tried[: brief.MOST_TRIALS],
        "tried_more": brief.more_than(brief.MOST_TRIALS, len(tried)),
        "trials_given": answer(answers, brief.TRIALS) is not None,
        "assessed": assessed,
        "why_held": [*brief.why_held(redaction, referral, assessed), *alarm_reason(referral)],
        "sex": _sex(answers),
        "answers_left_out": redaction.hides,
        "payer_line": payer_line(redaction, referral, key, on=timezone.localdate(now)),
        "printed_at": now,
        "printed_by": name_of(redaction.user),
        **person_head(referral.submission, now),
        **risk_view(referral),
    }


def _asked_of(consults: list[Consult], chosen: str) -> Consult | None:
    """The open consult of the chosen team, or the first one where nobody was chosen."""
    return next((each for each in consults if each.is_open and chosen in ("", each.treatment)), None)


def _lines(parts: Sequence[Sequence[Any]], tried: Sequence[Any], summary: Sequence[Piece]) -> int:
    """How many lines the page has of its own type, about."""
    letters = sum(len(piece.words) for piece in summary)
    return (
        sum(len(part.lines) for side in parts for part in side)
        + len(tried)
        + letters // brief.LETTERS_OF_A_LINE
    )


def _parts(
    redaction: Redaction, referral: Referral, key: str, assessed: dict[str, Any] | None, now: datetime
) -> tuple[list[brief.Part], list[brief.Part]]:
    """The two columns: what the team asks beside what everybody reads."""
    submission, today = referral.submission, timezone.localdate(now)
    answers = redaction.readable(submission.current)
    listed = CHECKLISTS[key].parts if key in CHECKLISTS else ()
    paths = {path for _title, checks in listed for check in checks for path in paths_of(check)}
    left = [
        brief.Part(str(title), check_lines(checks, answers, redaction.readers, today))
        for title, checks in listed
    ]
    if assessed:
        shown = paths | brief.SAFETY_PATHS if listed else set()
        title = _("The rules also say") if listed else _("What the rules say")
        left.append(brief.Part(title, brief.beside_checklist(assessed["treatments"][key], shown, answers)))
    safety = brief.safety_lines(submission, redaction, paths | set(paths_of(Pressure())))
    if not paths.issuperset(paths_of(Pressure())):
        safety += check_lines((Pressure(),), answers, redaction.readers, today)
    right = [brief.Part(_("Safety"), safety)]
    if assessed:
        right.append(brief.Part(_("Scores"), brief.scores(assessed["scores"])))
    medicines = [
        brief.entries(brief.NOW, _("Now"), answers),
        brief.entries(brief.ALLERGIES, _("Allergies"), answers, brief.MOST_OTHERS),
    ]
    before = [brief.therapies(answers), *check_lines(THERAPY, answers, redaction.readers, today)]
    right += [
        brief.Part(_("Medicines, allergies"), medicines),
        brief.Part(_("Therapy, admissions"), before),
        brief.Part(_("Hopes, insurance, times"), check_lines(HOPES, answers, redaction.readers, today)),
    ]
    return [part for part in left if part.lines], right


def _reader(key: str) -> str:
    return str(CHECKLISTS[key].reader) if key in CHECKLISTS else _for_team(key)


def _for_team(key: str) -> str:
    return _("For the %(team)s") % {"team": TREATMENTS[key].team}


def _sex(answers: Answers) -> str:
    said = answer(answers, "about.sex_at_birth")
    return {"female": _("female"), "male": _("male"), "intersex": _("intersex")}.get(
        said, _("sex at birth not said")
    )
