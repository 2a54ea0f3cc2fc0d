"""The deeds as small admin pages: one decision, a form, a Cancel link; refused ones say why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments import permissions, triage
from treatments.admin import deed_forms as forms
from treatments.admin import desk_forms, queue_forms
from treatments.admin.account import last_event, since, told_by_rules, why_held
from treatments.models import Consult, Event, Referral
from treatments.triage.deed import permission_for, standing
from treatments.workflow import Refused, why_not


@dataclass(frozen=True, slots=True)
class DeedPage:
    """One deed: the words on its button, its form, what it calls, and what is said afterwards."""

    key: str
    label: Text
    form: type
    act: Callable[..., None]
    done: Text


REFERRAL_DEEDS = {
    page.key: page
    for page in (
        DeedPage(
            "claim",
            gettext_lazy("Claim"),
            forms.NothingMore,
            triage.claim,
            gettext_lazy("You are now handling this referral."),
        ),
        DeedPage(
            "assign",
            gettext_lazy("Assign"),
            desk_forms.AssignForm,
            triage.assign,
            gettext_lazy("The referral was assigned."),
        ),
        DeedPage(
            "release",
            gettext_lazy("Give back"),
            desk_forms.ReleaseForm,
            triage.release,
            gettext_lazy("The referral is handled by nobody now."),
        ),
        DeedPage(
            "route",
            gettext_lazy("Route to consult queues"),
            forms.RouteForm,
            triage.route,
            gettext_lazy("The referral was routed."),
        ),
        DeedPage(
            "ask_patient",
            gettext_lazy("Ask the patient"),
            forms.AskForm,
            triage.ask_patient,
            gettext_lazy("The patient was asked."),
        ),
        DeedPage(
            "take_back",
            gettext_lazy("Take the question back"),
            forms.TakeBackForm,
            triage.take_back,
            gettext_lazy("The question was taken back."),
        ),
        DeedPage(
            "release_hold",
            gettext_lazy("Release the hold"),
            forms.ReleaseHoldForm,
            triage.release_hold,
            gettext_lazy("The hold was released and your assessment recorded."),
        ),
        DeedPage(
            "note",
            gettext_lazy("Add a note"),
            forms.NoteForm,
            triage.add_note,
            gettext_lazy("The note was added."),
        ),
        DeedPage(
            "withdraw",
            gettext_lazy("Withdraw a consult"),
            forms.WithdrawForm,
            triage.withdraw,
            gettext_lazy("The consult was withdrawn."),
        ),
        DeedPage(
            "close",
            gettext_lazy("Close"),
            forms.CloseForm,
            triage.close,
            gettext_lazy("The referral was closed."),
        ),
        DeedPage(
            "reopen",
            gettext_lazy("Reopen"),
            forms.ReopenForm,
            triage.reopen,
            gettext_lazy("The referral was reopened."),
        ),
        DeedPage(
            "contact",
            gettext_lazy("Log a contact attempt"),
            desk_forms.ContactForm,
            triage.log_contact,
            gettext_lazy("The attempt was recorded."),
        ),
        DeedPage(
            "caring_contact",
            gettext_lazy("Record the caring contact"),
            desk_forms.CaringContactForm,
            triage.make_caring_contact,
            gettext_lazy("The caring contact was recorded."),
        ),
        DeedPage(
            "signpost",
            gettext_lazy("Point to another service"),
            desk_forms.SignpostForm,
            triage.signpost,
            gettext_lazy("It was recorded where the person was pointed to."),
        ),
        DeedPage(
            "link_duplicate",
            gettext_lazy("Link a duplicate"),
            desk_forms.LinkDuplicateForm,
            triage.link_duplicate,
            gettext_lazy("The two referrals were linked."),
        ),
        DeedPage(
            "unlink_duplicate",
            gettext_lazy("Remove a link"),
            desk_forms.UnlinkDuplicateForm,
            triage.unlink_duplicate,
            gettext_lazy("The link was removed."),
        ),
        DeedPage(
            "undo",
            gettext_lazy("Undo the last move"),
            forms.NothingMore,
            triage.undo,
            gettext_lazy("Your last move was undone."),
        ),
    )
}
CONSULT_DEEDS = {
    page.key: page
    for page in (
        DeedPage(
            "accept",
            gettext_lazy("Accept"),
            queue_forms.AcceptForm,
            triage.accept,
            gettext_lazy("The consult was accepted."),
        ),
        DeedPage(
            "book", gettext_lazy("Book"), forms.BookForm, triage.book, gettext_lazy("The visit was booked.")
        ),
        DeedPage(
            "rebook",
            gettext_lazy("Move the visit"),
            forms.BookForm,
            triage.rebook,
            gettext_lazy("The visit was moved."),
        ),
        DeedPage(
            "complete",
            gettext_lazy("Complete"),
            queue_forms.CompleteForm,
            triage.complete,
            gettext_lazy("The consult was completed."),
        ),
        DeedPage(
            "postpone",
            gettext_lazy("Postpone"),
            queue_forms.PostponeForm,
            triage.postpone,
            gettext_lazy("The consult was postponed."),
        ),
        DeedPage(
            "hand_over",
            gettext_lazy("Hand to another queue"),
            queue_forms.HandOverForm,
            triage.hand_over,
            gettext_lazy("The consult was handed to the other queue."),
        ),
        DeedPage(
            "return",
            gettext_lazy("Return to the coordinators"),
            forms.ReturnForm,
            triage.return_consult,
            gettext_lazy("The consult was returned to the coordinators."),
        ),
        DeedPage(
            "feedback",
            gettext_lazy("Give feedback"),
            queue_forms.FeedbackForm,
            triage.give_feedback,
            gettext_lazy("Thank you. Your feedback was recorded."),
        ),
        DeedPage(
            "undo_consult",
            gettext_lazy("Undo the last move"),
            forms.NothingMore,
            triage.undo_consult,
            gettext_lazy("Your last move was undone."),
        ),
    )
}


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
