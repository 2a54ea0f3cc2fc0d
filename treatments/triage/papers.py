"""Keeps every paper as it was printed: one row each, and what the event says of it."""

from django.utils.translation import gettext as _

from treatments.models import Letter, PrintedPaper, RecordRequest
from treatments.triage.frame import ActionContext
from treatments.workflow import Refused
from treatments.workflow.papers import PaperKind, fits_a_sheet


def keep_paper(
    this: ActionContext,
    kind: PaperKind,
    body: str,
    *,
    letter: Letter | None = None,
    request: RecordRequest | None = None,
) -> None:
    """Keep ``body``, which fits on one sheet, as it is about to be printed."""
    if not fits_a_sheet(body):
        raise Refused(_("This is more than one page. Make it shorter."))
    paper = PrintedPaper.objects.create(
        referral=this.referral,
        consult=this.event.consult,
        by=this.actor,
        at=this.at,
        kind=kind,
        letter=letter,
        request=request,
        body=body,
    )
    this.event.details = {"paper": paper.pk, "kind": kind.value}
