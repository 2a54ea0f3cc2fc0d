"""A consult as its team reads it: what the desk asks, that treatment's own checklist, and the decision beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from treatments.admin.forms.shared import FORMS
from treatments.admin.lists.due_marks import consult_is_over_target
from treatments.admin.lists.next_consult import way_through_queue
from treatments.admin.lists.queue_columns import NEXT
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import Button, buttons
from treatments.admin.pages.papers import facts_of, is_of_records, records_panel
from treatments.admin.pages.payer import is_of_payer, payer_summary
from treatments.admin.pages.staff_user import user_of
from treatments.models import Consult, Event
from treatments.reading.check_lines import check_lines
from treatments.reading.checklists import CHECKLISTS
from treatments.reading.reaching import person_head
from treatments.reading.records import requests_of
from treatments.reading.redaction import Redaction, redaction_for
from treatments.reading.referral_view import referral_view
from treatments.reading.safety_said import safety_said
from treatments.reading.summary import summary_of
from treatments.reading.timeline import last_event
from treatments.reading.workplace import safety_context
from treatments.triage.access_log import opened
from treatments.workflow.actions.consults import ACCEPT, BOOK


def show_consult(admin: ReadOnlyAdmin, request: HttpRequest, consult: Consult) -> HttpResponse:
    """The account of the referral as the team may read it; looking at it is an event."""
    referral, user = consult.referral, user_of(request)
    opened(referral=referral, actor=user, consult=consult)
    redaction = redaction_for(user, referral.submission)
    view = referral_view(redaction, referral, consult)
    requests = requests_of(user, referral, timezone.localdate())
    found = buttons(user, consult, view["open_consults"], **facts_of(requests))
    context = admin.page_context(
        request,
        title=_("Consult for referral %(reference)s") % {"reference": referral.reference},
        row=consult,
        way=way_through_queue(admin, request, consult),
        records=records_panel(requests, found),
        **decision(
            redaction,
            consult,
            [each for each in found if not (is_of_records(each) or is_of_payer(each))],
        ),
        **payer_summary(redaction, referral, consult),
        **checklist(redaction, consult, view["assessment"]),
        **person_head(referral.submission, timezone.now()),
        waits=timesince(consult.opened_at, depth=1),
        over_target=consult_is_over_target(consult),
        looks=[event for event in view["events"] if event.kind in Event.READS],
    )
    view["events"] = [event for event in view["events"] if event.kind not in Event.READS]
    asked = next((each for each in view["consults"] if each.pk == consult.pk), consult)
    return TemplateResponse(request, "admin/treatments/consult.html", context | view | {"asked": asked})


def decision(redaction: Redaction, consult: Consult, found: list[Button]) -> dict[str, Any]:
    """The one next action, the others, and why some may not be."""
    allowed = [button for button in found if not button.refusal]
    address = f"{ACCEPT.key}/" if consult.state == "waiting" else NEXT.get(consult.group, ("",))[0]
    first = next((button for button in allowed if button.url == address), None)
    form = None
    if first is not None and first.url == f"{ACCEPT.key}/":
        seen = last_event(redaction, consult.referral)
        about = {"referral": consult.referral, "consult": consult, "seen_event": seen}
        form = FORMS[ACCEPT.key](None, redaction=redaction, **about)
    return {
        "accept": form,
        "may_book": redaction.user.has_perm(BOOK.permission_on(consult.treatment)),
        "first_button": first,
        "more_buttons": [button for button in allowed if button is not first],
        "refused_buttons": [button for button in found if button.refusal],
    }


def checklist(redaction: Redaction, consult: Consult, assessed: dict[str, Any] | None) -> dict[str, Any]:
    """The treatment's own checklist, what stands out first, who the person is in a few sentences, and their safety."""
    answers = redaction.readable(consult.referral.submission.current)
    row = CHECKLISTS.get(consult.treatment)
    today = timezone.localdate()
    said = safety_said(consult.referral.submission, redaction)
    return {
        **safety_context(said, assessed),
        "checks": [
            (title, check_lines(checks, answers, redaction.readers, today))
            for title, checks in (row.parts if row else ())
        ],
        "summary": summary_of(redaction, consult.referral, assessed, said),
    }
