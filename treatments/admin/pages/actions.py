"""The actions as small admin pages: one decision, a form, a Cancel link; refused ones say why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from intake.fields.kinds import Text
from treatments.admin.forms.shared import FORMS, ActionForm
from treatments.models import Consult, Event, Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.timeline import events_after, last_event
from treatments.triage.access_log import opened
from treatments.triage.frame import FUNCTIONS
from treatments.triage.situation import situation_of
from treatments.workflow import Refused
from treatments.workflow.actions.row import Action


@dataclass(frozen=True, slots=True)
class Button:
    """An action as the referral's page offers it; ``refusal`` is "" where it may happen now."""

    label: Text
    url: str
    refusal: str


def may(user, action: Action, consult: Consult | None) -> bool:
    return user.has_perm(action.permission_on(consult.treatment if consult else None))


def refusal(
    user, action: Action, referral: Referral, consult: Consult | None, open_consults: int | None = None
) -> str:
    """Why ``user`` may not do it now; "" where they may."""
    now = timezone.now()
    return (
        action.refusal(situation_of(action, referral, user, consult, at=now, open_consults=open_consults))
        or ""
    )


class ActionPages:
    """Adds the actions' pages to a ``ReadOnlyAdmin``; the admin says which referral and consult a row means."""

    staff_actions: dict[str, Action] = {}

    def subject_of(self, row) -> tuple[Referral, Consult | None]:
        raise NotImplementedError

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.action_view)
        return [path("<int:object_id>/<slug:action>/", view, name=f"{self.opts.model_name}_action")]

    def buttons(self, request: HttpRequest, row, open_consults: int) -> list[Button]:
        """The actions this user has the permission for, the refused ones with the reason."""
        referral, consult = self.subject_of(row)
        return [
            Button(
                action.label,
                f"{action.key}/",
                refusal(request.user, action, referral, consult, open_consults),
            )
            for action in self.staff_actions.values()
            if may(request.user, action, consult)
        ]

    def action_view(self, request: HttpRequest, object_id: int, action: str) -> HttpResponse:
        row = self.row_of_page(request, object_id, action)
        page = self.staff_actions.get(action)
        if page is None or request.method not in ("GET", "HEAD", "POST"):
            raise Http404
        referral, consult = self.subject_of(row)
        if not may(request.user, page, consult):
            raise PermissionDenied
        redaction = redaction_for(request.user)
        about: dict[str, Any] = {
            "referral": referral,
            "consult": consult,
            "seen_event": last_event(redaction, referral),
            "redaction": redaction,
        }
        form = FORMS[action](request.POST if request.method == "POST" else None, **about)
        fault = perform(request, page, form, referral, consult) if form.is_bound and form.is_valid() else None
        if form.is_bound and form.is_valid() and fault is None:
            messages.success(request, str(page.done))
            return redirect(form.after(request, consult) or self.row_url(row))
        changed: Iterable[Event] = ()
        if fault is not None and fault.stale:
            # Told what changed, with all that was typed kept: pressing again is then deliberate.
            last = form.cleaned_data["seen_event"]
            changed = events_after(redaction, referral, last) if last is not None else ()
            form = FORMS[action](as_of_now(request.POST, **about), **about)
        refused = str(fault or "")
        if fault is None or fault.stale:
            refused = refusal(request.user, page, referral, consult) or refused
        return self.render_action(request, row, page, form, refused, changed)

    def row_of_page(self, request: HttpRequest, object_id: int, action: str):
        """The row that the page of ``action`` is about, if this user may know of it."""
        return self.row_or_404(request, object_id)

    def row_url(self, row) -> str:
        """Where a finished action leads: the row's page if it may still be read, else the list."""
        raise NotImplementedError

    def render_action(
        self,
        request: HttpRequest,
        row,
        page: Action,
        form: ActionForm,
        refused: str,
        changed: Iterable[Event],
    ) -> HttpResponse:
        referral, consult = self.subject_of(row)
        opened(referral=referral, actor=request.user, consult=consult, details={"page": page.key})
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": page.label,
            "referral": referral,
            "consult": consult,
            "page": page,
            "form": form,
            "refused": refused,
            "changed": changed,
            "row": row,
            "back": self.row_url(row),
            "answers_left_out": form.redaction.hides,
            **form.shows(referral),
        }
        status = 409 if refused and request.method == "POST" else 200
        return TemplateResponse(request, "admin/treatments/action.html", context, status=status)


def perform(
    request: HttpRequest, action: Action, form: ActionForm, referral: Referral, consult: Consult | None
) -> Refused | None:
    """Do what the valid form asks for; the refusal where it may not happen."""
    subject = {"consult": consult} if consult else {} if action.names_consult else {"referral": referral}
    try:
        FUNCTIONS[action.key](
            actor=request.user, seen=form.cleaned_data["seen_version"], **subject, **form.asked()
        )
    except Refused as fault:
        return fault
    return None


def as_of_now(
    sent: QueryDict, *, referral: Referral, consult: Consult | None, seen_event: int | None, **_more
) -> QueryDict:
    """What was sent, as from a page made now."""
    sent = sent.copy()
    sent["seen_version"], sent["seen_event"] = str((consult or referral).version), str(seen_event or 0)
    return sent
