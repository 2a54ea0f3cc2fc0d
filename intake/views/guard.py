"""Finds the draft of this browser session, or answers with a clear page where there is none."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from intake import steps
from intake.models import Locked, Submission

SESSION_KEY = "intake"
KEEP_FOR = 30 * 24 * 60 * 60  # seconds: as long as a draft is kept
NOT_TYPED = {"csrfmiddlewaretoken", "continue"}


def draft_of(request: HttpRequest) -> Submission | None:
    """The session's submission, draft or sent; None for none and for an id that makes no sense."""
    pk = request.session.get(SESSION_KEY)
    try:
        return Submission.objects.filter(pk=pk).first() if pk else None
    except (ValidationError, ValueError, TypeError):
        return None


def public(view: Callable) -> Callable:
    """A view that patients reach without signing in; every such view is listed in one test."""
    return login_not_required(view)


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the session's draft to ``view``; a missing or sent one gets a page that says so."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        draft = draft_of(request)
        if draft is None:
            return no_draft(request)
        if not draft.is_draft:
            return already_sent(request)
        try:
            return view(request, draft, *args, **kwargs)
        except Locked:
            return already_sent(request)
        except Submission.DoesNotExist:
            return no_draft(request)

    return guarded


def page_or_404(draft: Submission, slug: str) -> steps.Page:
    page = steps.BY_SLUG.get(slug)
    if page is None:
        raise Http404
    return page


def applies(page: steps.Page, draft: Submission) -> bool:
    return steps.page_applies(page, draft.context, settings.SUICIDE_SCREEN)


def no_draft(request: HttpRequest) -> HttpResponse:
    """There is no intake in this browser: it expired, was never started, or belongs to somebody else."""
    typed = [
        value
        for key, value in (request.POST.items() if request.method == "POST" else ())
        if key not in NOT_TYPED and value.strip() and len(value) > 3
    ]
    return render(request, "intake/no_draft.html", {"typed": typed}, status=410 if typed else 404)


def already_sent(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return redirect("intake:done")
    return render(request, "intake/already_sent.html", status=409)
