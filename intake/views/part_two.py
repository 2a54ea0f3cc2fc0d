"""Part two, reached from the done page or from the status page: what each page says is one amendment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.entry import entry_of
from intake.forms.part_two import LaterForm
from intake.models import Amendment, Drafting, Submission
from intake.models.question import rung_by
from intake.questionnaire import amendments
from intake.questionnaire.page import Page
from intake.questionnaire.part_two import PART_TWO, is_told
from intake.signals import TooLate
from intake.views import away
from intake.views.guard import READ_WRITE, public, row_of, with_row
from intake.views.helping import interrupts
from intake.views.status import knows, late_of, sent_of, with_sent

TEMPLATE = "intake/part_two.html"
# The names of its addresses, and the page that each is reached from.
PLACES = {"later-page": "intake:done", "status-later": "intake:status"}


@with_row
@READ_WRITE
def after_done(request: HttpRequest, row: Drafting, name: str) -> HttpResponse:
    """For the browser that has just sent the form."""
    if not isinstance(row, Submission):
        raise Http404
    if row.is_draft:
        return redirect("intake:tasks")
    return _page(request, row, _page_or_404(name), PLACES["later-page"])


@public
def after_status(request: HttpRequest, name: str) -> HttpResponse:
    """For who has proved with reference and date of birth that the form is theirs."""
    page = _page_or_404(name)
    if request.method == "POST" and sent_of(request) is None and (late := late_of(request)) is not None:
        # Open for too long: what is unsafe is stored and rings before the page asks again who it is.
        form = LaterForm(page, late.context(timezone.localdate()), late.screen, request.POST)
        form.is_valid()
        rang = Amendment.if_unsafe(late, form.given(), at=timezone.now())
        request.rang_late = rang is not None  # type: ignore[attr-defined]  # the page says so
    return _of_status(request, page)


@with_sent
@READ_WRITE
def _of_status(request: HttpRequest, sent: Submission, page: Page) -> HttpResponse:
    return _page(request, sent, page, PLACES["status-later"])


def _page_or_404(name: str) -> Page:
    page = PART_TWO.by_slug.get(f"later/{name}")
    if page is None:
        raise Http404
    return page


def again(request: HttpRequest, url_name: str, name: str, stale: str) -> HttpResponse | None:
    """The page with what was typed, when its safety token did not fit; None where nobody may see it."""
    page, to = PART_TWO.by_slug.get(f"later/{name}"), PLACES[url_name]
    if url_name == "status-later":
        sent: Drafting | None = sent_of(request)
    else:
        sent = row_of(request)
        sent = None if sent is None or sent.is_draft or away.is_away(request, sent) else sent
    if page is None or not isinstance(sent, Submission):
        return None
    form = LaterForm(page, sent.context(timezone.localdate()), sent.screen, request.POST)
    told = is_told(page, sent.current)
    context = {"form": form, "page": page, "told": told, "back": to, "stale": stale}
    return render(request, TEMPLATE, context, status=403)


def _page(request: HttpRequest, sent: Submission, page: Page, to: str) -> HttpResponse:
    today, posted = timezone.localdate(), request.POST if request.method == "POST" else None
    form = LaterForm(page, sent.context(today), sent.screen, posted)
    if form.is_bound:
        sound, given, before = form.is_valid(), form.given(), sent.current
        rings = bool(rung_by(given, given, before, timezone.now()))
        if given and (sound or rings):
            try:
                Amendment.add(sent, given)
            except TooLate:
                return redirect("intake:start")
        if _helps(request, sent, given, rings, amendments.laid_over(before, given)):
            return redirect("intake:status-help")
        if sound:
            if given:
                messages.success(request, _("Thank you. We have your answers."))
            return redirect(to)
    told = is_told(page, sent.current)
    return render(request, TEMPLATE, {"form": form, "page": page, "told": told, "back": to})


def _helps(request: HttpRequest, sent: Submission, given: dict, rings: bool, around: dict) -> bool:
    """Whether the page with help comes next. It opens to who has sent the form here as to who proved whose it is."""
    nested = amendments.nested(given)
    if not interrupts(request, PART_TWO, nested, row=sent, shown={}, anew=rings, around=around):
        return False
    if entry_of(request):
        return False
    knows(request, sent.pk)
    return True
