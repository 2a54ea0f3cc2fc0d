"""The end of the way: check your answers, send them, and what comes after."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.entry import leave_entry
from intake.models import Drafting, Submission
from intake.questionnaire.for_another import worded_parts
from intake.questionnaire.part_two import PART_TWO, left_in
from intake.views.guard import address, public, with_draft, with_row


@with_draft
@require_safe
def check(request: HttpRequest, draft: Drafting) -> HttpResponse:
    """Every answer with a way to change it."""
    return _show_check(request, draft, 200)


def _show_check(request: HttpRequest, draft: Drafting, status: int) -> HttpResponse:
    today = timezone.localdate()
    unfinished = draft.unfinished(today)
    parts = draft.questionnaire.parts(draft.context(today), draft.screen, draft.spoken, unfinished)
    if draft.helped_person is not None:
        parts = worded_parts(parts)
    context = {
        "parts": parts,
        "person": draft.helped_person,
        "unfinished": unfinished,
        "tried": status != 200,
        "help_after": draft.questionnaire.help_after,
    }
    return render(request, "intake/check.html", context, status=status)


@with_row
def send(request: HttpRequest, draft: Drafting) -> HttpResponse:
    """Send the intake; a second click, a second tab or a replayed POST finds it sent and shows the same.

    Asked for by its address, say for another language after answers were missing, it leads to the page before.
    """
    if request.method != "POST":
        return redirect(address(request, "check" if draft.is_draft else "done"))
    if draft.is_draft:
        if draft.unfinished(timezone.localdate()):
            return _show_check(request, draft, 422)
        type(draft).submit(draft.pk)
    return redirect(address(request, "done"))


@with_row
@require_safe
def done(request: HttpRequest, sent: Drafting) -> HttpResponse:
    """The reference number and what happens next."""
    return _sent_page(request, sent, "intake/done.html")


@with_row
@require_safe
def record(request: HttpRequest, sent: Drafting) -> HttpResponse:
    """Everything that was sent, to print or keep."""
    return _sent_page(request, sent, "intake/record.html")


def _sent_page(request: HttpRequest, sent: Drafting, template: str) -> HttpResponse:
    if sent.is_draft:
        return redirect(address(request, "tasks"))
    answers = sent.context(timezone.localdate())
    blocks = sent.questionnaire.blocks(answers, sent.screen, sent.spoken)
    blocks += PART_TWO.blocks(answers, sent.screen)
    called = bool(sent.answers.get("about", {}).get("filled_by_phone"))
    told = {
        "submission": sent,
        "blocks": blocks,
        "person": sent.helped_person,
        "helper_called": called,
        "part_two": left_in(answers) if isinstance(sent, Submission) else (),
        "later": "intake:later-page",
    }
    return render(request, template, told)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave nothing of the person in this browser; what was saved stays with us. Staff only leave what they enter.

    Our session and cookies go in any case. Over https, and on the machine itself, browsers that know
    ``Clear-Site-Data`` also drop the pages that Back would show, and cookies of the whole domain.
    """
    if left := leave_entry(request):
        return redirect(left["home"])
    logout(request)
    response = redirect("intake:cleared")
    for name in request.COOKIES:
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@public
@require_safe
def cleared(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/cleared.html")
