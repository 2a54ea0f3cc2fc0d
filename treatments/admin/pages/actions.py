"""The deeds as small admin pages: one decision, a form, a Cancel link; refused ones say why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from intake.fields.kinds import Text
from treatments import permissions, triage
from treatments.admin.deed_tables import CONSULT_DEEDS, REFERRAL_DEEDS, DeedPage
from treatments.models import Consult, Event, Referral
from treatments.reading.referral_view import last_event, since, told_by_rules, why_held
from treatments.triage.frame import permission_for, standing
from treatments.workflow import Refused, why_not

__all__ = ["CONSULT_DEEDS", "REFERRAL_DEEDS", "Button", "DeedPage", "DeedPages", "may", "refusal"]


@dataclass(frozen=True, slots=True)
class Button:
    """A deed as the referral's page offers it; ``refusal`` is "" where it may happen now."""

    label: Text
    url: str
    refusal: str


def may(user, page: DeedPage, consult: Consult | None) -> bool:
    return user.has_perm(permission_for(page.key, consult))


def refusal(user, page: DeedPage, referral: Referral, consult: Consult | None, open_consults: int) -> str:
    return why_not(page.key, standing(referral, user, consult, open_consults, page.key)) or ""


def as_of_now(sent: QueryDict, *, referral: Referral, consult: Consult | None, last: int | None) -> QueryDict:
    """What was sent, as from a page made now."""
    sent = sent.copy()
    sent["seen"], sent["last"] = (consult or referral).version, last or 0
    return sent


class DeedPages:
    """Adds the deeds' pages to a ``ReadOnlyAdmin``; the admin says which referral and consult a row means."""

    deeds: dict[str, DeedPage] = {}

    def parts(self, row) -> tuple[Referral, Consult | None]:
        raise NotImplementedError

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.deed_view)
        return [path("<int:object_id>/<slug:deed>/", view, name=f"{self.opts.model_name}_deed")]

    def buttons(self, request: HttpRequest, row, open_consults: int) -> list[Button]:
        """The deeds this user has the permission for, the refused ones with the reason."""
        referral, consult = self.parts(row)
        return [
            Button(
                page.label,
                f"{page.key}/",
                refusal(request.user, page, referral, consult, open_consults),
            )
            for page in self.deeds.values()
            if may(request.user, page, consult)
        ]

    def deed_view(self, request: HttpRequest, object_id: int, deed: str) -> HttpResponse:
        row = self.row_for(request, object_id, deed)
        page = self.deeds.get(deed)
        if page is None or request.method not in ("GET", "HEAD", "POST"):
            raise Http404
        referral, consult = self.parts(row)
        if not may(request.user, page, consult):
            raise PermissionDenied
        refused, stale, changed = "", False, ()
        about = {"referral": referral, "consult": consult, "last": last_event(request.user, referral)}
        form = page.form(request.POST if request.method == "POST" else None, **about)
        if form.is_bound and form.is_valid():
            # A deed on the referral may name one of its consults itself.
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
                return redirect(self.onwards(request, row, page))
        if stale:
            # Told what changed, with all that was typed kept: pressing again is then deliberate.
            last = form.cleaned_data["last"]
            changed = since(request.user, referral, last) if last is not None else ()
            form = page.form(as_of_now(request.POST, **about), **about)
        if stale or not refused:
            now = refusal(request.user, page, referral, consult, referral.consults.open().count())
            refused = now or refused
        return self.render_deed(request, row, page, form, refused, changed)

    def row_for(self, request: HttpRequest, object_id: int, deed: str):
        """The row that the page of ``deed`` is about, if this user may know of it."""
        return self.row_or_404(request, object_id)

    def after(self, row) -> str:
        """Where a finished deed leads: the row's page if it may still be read, else the list."""
        raise NotImplementedError

    def onwards(self, request: HttpRequest, row, page: DeedPage) -> str:
        """Where this finished deed leads."""
        return self.after(row)

    def render_deed(
        self, request: HttpRequest, row, page: DeedPage, form, refused: str, changed: Iterable[Event] = ()
    ) -> HttpResponse:
        referral, consult = self.parts(row)
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
            "back": self.after(row),
        }
        if page.key == "release_hold":
            context |= why_held(request.user, referral)
        if page.key in ("route", "release_hold", "accept"):
            granted = request.user.has_perm(permissions.READ_SUBSTANCE_USE)
            context["assessment"] = told_by_rules(referral, substance_use=granted)
        if page.key == "route":
            context["warnings"] = triage.queue_words()
        status = 409 if refused and request.method == "POST" else 200
        return TemplateResponse(request, "admin/treatments/deed.html", context, status=status)
