"""The end of the way: check your answers, send them, and what comes after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.entry import leave_entry
from intake.fields import LANGUAGE
from intake.locations import settings_of
from intake.models import Submission
from intake.questionnaire import summary
from intake.questionnaire.completeness import unfinished_pages
from intake.views.guard import SESSION_KEY, STATUS_KEY, draft_of, no_draft, public, with_draft


def _unfinished(draft: Submission):
    return unfinished_pages(draft.to_document(), draft.context, settings_of(None).suicide_screen)


def _language(submission: Submission) -> str:
    """The language to speak, "" where nobody said it: until then it is that of the pages."""
    return submission.language if LANGUAGE.page in submission.saved_pages() else ""


@with_draft
@require_safe
def check(request: HttpRequest, draft: Submission) -> HttpResponse:
    """Every answer with a way to change it."""
    return _show_check(request, draft, 200)


def _show_check(request: HttpRequest, draft: Submission, status: int) -> HttpResponse:
    unfinished = _unfinished(draft)
    parts = summary.parts(
        draft.pages(), draft.context, settings_of(None).suicide_screen, _language(draft), unfinished
    )
    context = {"parts": parts, "unfinished": unfinished, "tried": status != 200}
    return render(request, "intake/check.html", context, status=status)


@public
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the intake; a second click, a second tab or a replayed POST finds it sent and shows the same."""
    draft = draft_of(request)
    if draft is None:
        return no_draft(request)
    if draft.is_draft:
        if _unfinished(draft):
            return _show_check(request, draft, 422)
        Submission.submit(draft.pk)
    return redirect("intake:done")


@public
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The reference number and what happens next."""
    return _sent_page(request, "intake/done.html")


@public
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Everything that was sent, to print or keep."""
    return _sent_page(request, "intake/record.html")


def _sent_page(request: HttpRequest, template: str) -> HttpResponse:
    sent = draft_of(request)
    if sent is None:
        return no_draft(request)
    if sent.is_draft:
        return redirect("intake:tasks")
    blocks = summary.blocks(sent.pages(), sent.context, settings_of(None).suicide_screen, _language(sent))
    return render(request, template, {"submission": sent, "blocks": blocks})


@public
@require_http_methods(["POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Forget this intake in this browser: for shared phones and computers."""
    if left := leave_entry(request):
        return redirect(left["home"])
    request.session.pop(SESSION_KEY, None)
    request.session.pop(STATUS_KEY, None)
    response = redirect("intake:start")
    response["Clear-Site-Data"] = '"cache"'
    return response
