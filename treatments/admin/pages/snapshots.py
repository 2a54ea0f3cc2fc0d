"""What somebody had before them when they decided: the assessment that was frozen inside the event."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from treatments.admin.lists.badges import hold_badge
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import subject_of
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event, Referral
from treatments.reading.redaction import Redaction, redaction_for
from treatments.triage.access_log import opened
from treatments.workflow.findings import NOT_ASSESSED


def show_then(
    admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult, event_id: int
) -> HttpResponse:
    """What stood there when an event was written that this reader may read.

    GET, like the row's page: nothing changes, and the looking is an event written first.
    """
    referral, consult = subject_of(row)
    own = referral.events.for_user(user_of(request)).filter(assessment__isnull=False)
    event = own.filter(pk=event_id).first() if event_id < 2**63 else None
    if event is None:
        raise Http404
    details = {"page": "then", "event": event.pk}
    opened(referral=referral, actor=user_of(request), consult=consult, details=details)
    redaction = redaction_for(user_of(request), referral.submission)
    then = as_it_stood(event, consult, redaction)
    event.about = redaction.event_words(event)
    context = admin.page_context(
        request,
        row=row,
        referral=referral,
        event=event,
        then=then,
        hold=hold_badge(then["hold"]["level"], True),
        answers_left_out=redaction.hides,
        title=_("As it stood then"),
    )
    return TemplateResponse(request, "admin/treatments/then.html", context)


THEN = Page("<int:object_id>/then/<int:event_id>/", "then", show_then)


def as_it_stood(event: Event, consult: Consult | None, redaction: Redaction) -> dict:
    """The account kept with the event as this reader may have it; a team's has its own treatment only.

    Kept in the shape of its day: a treatment that the clinic offers since then was not assessed.
    """
    assessment = redaction.assessment_then(event)
    shown = list(TREATMENTS) if consult is None else [consult.treatment]
    kept = assessment["treatments"]
    treatments = [{"name": TREATMENTS[key].name, **kept.get(key, NOT_ASSESSED)} for key in shown]
    return {**assessment, "treatments": treatments}
