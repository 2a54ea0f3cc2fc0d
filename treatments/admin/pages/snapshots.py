"""What somebody had before them when they decided: the assessment that was frozen inside the event."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments.admin.lists.badges import hold_badge
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event
from treatments.reading.redaction import Redaction, redaction_for
from treatments.triage.access_log import opened
from treatments.workflow.findings import NOT_ASSESSED


class Snapshots:
    """Adds "as it stood then" to the admin of referrals or of a queue, for the events their reader may read.

    GET, like the page itself: nothing changes, and the looking is an event written first.
    """

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.then_view)
        name = f"treatments_{self.opts.model_name}_then"
        return [path("<int:object_id>/then/<int:event_id>/", view, name=name), *super().more_urls()]

    def then_view(self, request: HttpRequest, object_id: int, event_id: int) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            raise Http404
        referral, consult = self.subject_of(row)
        own = referral.events.for_user(request.user).filter(assessment__isnull=False)
        event = own.filter(pk=event_id).first() if event_id < 2**63 else None
        if event is None:
            raise Http404
        opened(
            referral=referral,
            actor=request.user,
            consult=consult,
            details={"page": "then", "event": event.pk},
        )
        redaction = redaction_for(request.user)
        then = as_it_stood(event, consult, redaction)
        event.about = redaction.event_words(event)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "referral": referral,
            "event": event,
            "then": then,
            "hold": hold_badge(then["hold"]["level"], True),
            "answers_left_out": redaction.hides,
            "title": _("As it stood then"),
        }
        return TemplateResponse(request, "admin/treatments/then.html", context)


def as_it_stood(event: Event, consult: Consult | None, redaction: Redaction) -> dict:
    """The account kept with the event as this reader may have it; a team's has its own treatment only.

    Kept in the shape of its day: a treatment that the clinic offers since then was not assessed.
    """
    assessment = redaction.assessment_then(event)
    shown = list(TREATMENTS) if consult is None else [consult.treatment]
    kept = assessment["treatments"]
    treatments = [{"name": TREATMENTS[key].name, **kept.get(key, NOT_ASSESSED)} for key in shown]
    return {**assessment, "treatments": treatments}
