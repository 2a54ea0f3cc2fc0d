"""The section on the payer: what stands there, and which of its actions whoever reads it may do now."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments import permissions
from treatments.admin.pages.actions import Button
from treatments.models import Consult, Referral
from treatments.reading.payer_view import PHQ9, payer_view
from treatments.reading.redaction import Redaction
from treatments.triage.questions import askable_paths
from treatments.workflow.actions.coverage import LOG_PAYER_CALL, SET_COVERAGE
from treatments.workflow.actions.evidence import ADD_CLINICAL_ENTRY, ADD_ENTRY, ADD_EVIDENCE
from treatments.workflow.actions.questions import ASK_PATIENT
from treatments.workflow.actions.record_answer import RECORD_ANSWER

OF_SECTION = (SET_COVERAGE.key, LOG_PAYER_CALL.key)
OF_NEEDS: dict[str, Text] = {
    RECORD_ANSWER.key: gettext_lazy("Record"),
    ASK_PATIENT.key: gettext_lazy("Ask patient"),
    ADD_EVIDENCE.key: gettext_lazy("Seen"),
    ADD_ENTRY.key: gettext_lazy("Enter"),
    ADD_CLINICAL_ENTRY.key: gettext_lazy("Enter as a clinician"),
}


def is_of_payer(button: Button) -> bool:
    """Whether its place is the section on the payer, and not the box of what to do now."""
    own = (*OF_SECTION, ADD_EVIDENCE.key, ADD_ENTRY.key, ADD_CLINICAL_ENTRY.key)
    return button.url.rstrip("/") in own


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
