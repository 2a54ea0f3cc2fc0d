"""The actions as small admin pages: one decision, a form, a Cancel link; refused ones say why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from intake.fields.kinds import Text
from treatments import triage
from treatments.admin.action_tables import CONSULT_ACTIONS, REFERRAL_ACTIONS, ActionPage
from treatments.models import Consult, Event, Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import hold_view
from treatments.reading.timeline import events_after, last_event
from treatments.triage.frame import permission_for, situation_of
from treatments.workflow import Refused, why_not

__all__ = ["CONSULT_ACTIONS", "REFERRAL_ACTIONS", "ActionPage", "ActionPages", "Button", "may", "refusal"]


@dataclass(frozen=True, slots=True)
class Button:
    """An action as the referral's page offers it; ``refusal`` is "" where it may happen now."""

    label: Text
    url: str
    refusal: str


def may(user, page: ActionPage, consult: Consult | None) -> bool:
    return user.has_perm(permission_for(page.key, consult))


def refusal(user, page: ActionPage, referral: Referral, consult: Consult | None, open_consults: int) -> str:
    return (
        why_not(page.key, situation_of(referral, user, consult, open_consults, timezone.now(), page.key))
        or ""
    )


def as_of_now(
    sent: QueryDict, *, referral: Referral, consult: Consult | None, last: int | None, **_more
) -> QueryDict:
    """What was sent, as from a page made now."""
    sent = sent.copy()
    sent["seen"], sent["last"] = (consult or referral).version, last or 0
    return sent


class ActionPages:
    """Adds the actions' pages to a ``ReadOnlyAdmin``; the admin says which referral and consult a row means."""

    staff_actions: dict[str, ActionPage] = {}

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
                page.label,
                f"{page.key}/",
                refusal(request.user, page, referral, consult, open_consults),
            )
            for page in self.staff_actions.values()
            if may(request.user, page, consult)
        ]

    def action_view(self, request: HttpRequest, object_id: int, action: str) -> HttpResponse:
        row = self.row_of_page(request, object_id, action)
        page = self.staff_actions.get(action)
        if page is None or request.method not in ("GET", "HEAD", "POST"):
            raise Http404
        referral, consult = self.subject_of(row)
        if not may(request.user, page, consult):
            raise PermissionDenied
        refused, stale, changed = "", False, ()
        redaction = redaction_for(request.user)
        about = {
            "referral": referral,
            "consult": consult,
            "last": last_event(redaction, referral),
            "redaction": redaction,
        }
        form = page.form(request.POST if request.method == "POST" else None, **about)
        if form.is_bound and form.is_valid():
            # An action on the referral may name one of its consults itself.
            target = {"consult": consult} if consult else {"referral": referral}
            asked = form.asked()
            if "consult" in asked:
                target = {}
            try:
                page.act(actor=request.user, **target, **asked)
            except Refused as fault:
                refused, stale = str(fault), fault.stale
            else:
                messages.success(request, page.done)
                return redirect(self.next_url(request, row, page))
        if stale:
            # Told what changed, with all that was typed kept: pressing again is then deliberate.
            last = form.cleaned_data["last"]
            changed = events_after(redaction, referral, last) if last is not None else ()
            form = page.form(as_of_now(request.POST, **about), **about)
        if stale or not refused:
            now = refusal(request.user, page, referral, consult, referral.consults.open().count())
            refused = now or refused
        return self.render_action(request, row, page, form, refused, changed)

    def row_of_page(self, request: HttpRequest, object_id: int, action: str):
        """The row that the page of ``action`` is about, if this user may know of it."""
        return self.row_or_404(request, object_id)

    def row_url(self, row) -> str:
        """Where a finished action leads: the row's page if it may still be read, else the list."""
        raise NotImplementedError

    def next_url(self, request: HttpRequest, row, page: ActionPage) -> str:
        """Where this finished action leads."""
        return self.row_url(row)

    def render_action(
        self, request: HttpRequest, row, page: ActionPage, form, refused: str, changed: Iterable[Event] = ()
    ) -> HttpResponse:
        referral, consult = self.subject_of(row)
        redaction = redaction_for(request.user)
        triage.opened(referral=referral, actor=request.user, consult=consult, details={"page": page.key})
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
            "answers_left_out": redaction.hides,
        }
        if page.key == "release_hold":
            context |= hold_view(redaction, referral)
        if page.key in ("route", "release_hold", "accept"):
            context["assessment"] = redaction.assessment(referral)
        if page.key == "route":
            context["warnings"] = triage.queue_words()
        status = 409 if refused and request.method == "POST" else 200
        return TemplateResponse(request, "admin/treatments/action.html", context, status=status)
