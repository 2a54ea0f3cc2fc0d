"""What the payer asks: a page of a referral, a section of a consult, and what the referral's page says of it.

The referral's page reads what its row keeps; only the page of its own judges, and asks for what that takes.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments import permissions
from treatments.admin.lists.payer_column import is_chosen, payer_lines
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import Button, buttons
from treatments.admin.pages.page import Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import subject_of
from treatments.models import Consult, Referral
from treatments.models.payer_state import payer_column
from treatments.reading.payer_view import PHQ9, payer_view
from treatments.reading.redaction import Redaction, redaction_for
from treatments.reading.timeline import last_event
from treatments.triage.access_log import opened
from treatments.triage.questions import askable_paths
from treatments.workflow.actions.coverage import LOG_PAYER_CALL, SET_COVERAGE
from treatments.workflow.actions.evidence import ADD_CLINICAL_ENTRY, ADD_ENTRY, ADD_EVIDENCE
from treatments.workflow.actions.questions import ASK_PATIENT
from treatments.workflow.actions.record_answer import RECORD_ANSWER
from treatments.workflow.actions.record_requests import REQUEST_RECORD

OF_SECTION = (SET_COVERAGE.key, LOG_PAYER_CALL.key)
OF_NEEDS: dict[str, Text] = {
    RECORD_ANSWER.key: gettext_lazy("Record"),
    ASK_PATIENT.key: gettext_lazy("Ask patient"),
    REQUEST_RECORD.key: gettext_lazy("Request record"),
    ADD_EVIDENCE.key: gettext_lazy("Seen"),
    ADD_ENTRY.key: gettext_lazy("Enter"),
    ADD_CLINICAL_ENTRY.key: gettext_lazy("Enter as a clinician"),
}


def is_of_payer(button: Button) -> bool:
    """Whether its place is the section on the payer, and not the box of what to do now."""
    own = (*OF_SECTION, ADD_EVIDENCE.key, ADD_ENTRY.key, ADD_CLINICAL_ENTRY.key)
    return button.url.rstrip("/") in own


def payer_summary(redaction: Redaction, referral: Referral, consult: Consult | None = None) -> dict[str, Any]:
    """How many needs are open, as lists say it, a team's of its own treatment; and whether a payer is chosen."""
    if not redaction.user.has_perm(permissions.VIEW_PAYER):
        return {"payer_lines": None, "payer_chosen": False}
    stored = getattr(referral, payer_column(redaction.user))
    if stored.get("waits", "none") == "none":
        return {"payer_lines": [], "payer_chosen": is_chosen(stored)}
    shown = {key: row for key, row in stored.items() if consult is None or key == consult.treatment}
    return {"payer_lines": list(payer_lines(shown)), "payer_chosen": is_chosen(stored)}


def show_payer(admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult) -> HttpResponse:
    """Every need of the payer, with what can be done about it; looking at it is an event, written first."""
    referral, consult = subject_of(row)
    user = user_of(request)
    opened(referral=referral, actor=user, consult=consult, details={"page": "payer"})
    redaction = redaction_for(user, referral.submission)
    found = buttons(user, row, referral.consults.open().count())
    context = admin.page_context(
        request,
        row=row,
        referral=referral,
        title=_("What the payer asks"),
        up="../",
        **payer_section(
            redaction, referral, found, consult=consult, seen_event=last_event(redaction, referral)
        ),
    )
    return TemplateResponse(request, "admin/treatments/payer_page.html", context)


def payer_section(
    redaction: Redaction,
    referral: Referral,
    found: Iterable[Button],
    *,
    consult: Consult | None = None,
    seen_event: int | None = None,
) -> dict[str, Any]:
    """For its template; a team reads the needs of its own treatment, and acts on all of them at once."""
    if not redaction.user.has_perm(permissions.VIEW_PAYER):
        return {"payer": None}
    allowed = {button.url.rstrip("/"): button for button in found if not button.refusal}
    treatment = consult.treatment if consult else None
    asks = ASK_PATIENT.key in allowed and PHQ9 in askable_paths(referral.submission)
    of_section = OF_SECTION if consult is None else (*OF_SECTION, *OF_NEEDS)
    return {
        "payer": payer_view(redaction, referral, on=timezone.localdate(), treatment=treatment),
        "payer_acts": [allowed[key] for key in of_section if key in allowed],
        "payer_needs_acts": [
            {"key": key, "url": f"{key}/?need=", "label": words}
            for key, words in OF_NEEDS.items()
            if key in allowed and consult is None
        ],
        "scale_form": _scale_form(referral, seen_event) if asks else None,
    }


def _scale_form(referral: Referral, seen_event: int | None) -> dict[str, Any]:
    """What one press sends: the question for the scale, in the language in which the person reads."""
    with translation.override(referral.language or settings.LANGUAGE_CODE):
        message = _("Please answer these questions again. We would like to know how you are now.")
    return {
        "version": referral.version,
        "event": seen_event or "",
        "path": PHQ9,
        "message": message,
    }


PAYER = Page("<int:object_id>/payer/", "payer", show_payer, permissions.VIEW_PAYER)
