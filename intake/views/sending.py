"""The end of the way: check your answers, send them, and what comes after."""

from contextlib import suppress

from django.contrib.auth import logout
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from intake.entry import entry_of, leave_entry
from intake.forms.signature import SignatureForm
from intake.models import Drafting, Locked, Submission
from intake.questionnaire.for_another import worded_parts
from intake.questionnaire.in_short import Short, medicines, reaching
from intake.questionnaire.part_two import PART_TWO, left_in
from intake.questionnaire.skipped import Skipped, helping_most
from intake.questionnaire.summary import Block
from intake.views.guard import READ_WRITE, address, public, with_draft, with_row


@with_draft
@require_safe
def check(request: HttpRequest, draft: Drafting) -> HttpResponse:
    """Every answer with a way to change it."""
    return _show_check(request, draft, 200)


def _show_check(
    request: HttpRequest, draft: Drafting, status: int, form: SignatureForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    answers, unfinished = draft.context(today), draft.unfinished(today)
    parts = draft.questionnaire.parts(answers, draft.screen, draft.spoken, unfinished)
    if draft.helped_person is not None:
        parts = worded_parts(parts)
    context = {
        "parts": parts,
        "person": draft.helped_person,
        "unfinished": unfinished,
        "tried": status != 200,
        "help_after": draft.questionnaire.help_after,
        "form": form or _signature(request, draft),
        "reaching": reaching(answers) if isinstance(draft, Submission) else (),
        "medicines": [_linked(request, draft, row, place) for place, row in enumerate(medicines(answers))],
        "skipped": [
            _linked(request, draft, row, row.place)
            for row in helping_most(draft.questionnaire, answers, draft.screen)
        ],
    }
    return render(request, "intake/check.html", context, status=status)


def _linked(request: HttpRequest, draft: Drafting, row: Short | Skipped, place: int | None) -> dict:
    """``row`` with the address of its page, or of the page of the entry at ``place`` in the page's list."""
    page = draft.questionnaire.by_slug[row.slug]
    keys = draft.entry_keys(page) if place is not None and page.entries else []
    if place is not None and place < len(keys):
        return {"row": row, "address": address(request, "entry", row.slug, keys[place])}
    return {"row": row, "address": address(request, "page", row.slug)}


def _signature(request: HttpRequest, draft: Drafting, data: QueryDict | None = None) -> SignatureForm:
    answers, page = draft.context(timezone.localdate()), draft.questionnaire.check_page
    return SignatureForm(page, answers, draft.screen, data, by_staff=bool(entry_of(request)))


@with_row
@READ_WRITE
def send(request: HttpRequest, draft: Drafting) -> HttpResponse:
    """Send the intake; a second click, a second tab or a replayed POST finds it sent and shows the same.

    Asked for by its address, say for another language after answers were missing, it leads to the page before.
    """
    if request.method != "POST":
        return redirect(address(request, "check" if draft.is_draft else "done"))
    if draft.is_draft:
        form, page = _signature(request, draft, request.POST), draft.questionnaire.check_page
        sound = form.is_valid()
        if draft.unfinished(timezone.localdate()) or not sound:
            if sound and form.signed:
                type(draft).save_page(draft.pk, page, form.to_sound_answers(), done=False)
            return _show_check(request, draft, 422, form)
        with suppress(Locked, ObjectDoesNotExist):  # sent at this moment in another tab
            type(draft).save_page(draft.pk, page, form.to_signed(), done=False)
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
    if signed := sent.questionnaire.block_of(sent.questionnaire.check_page, answers, sent.screen).rows:
        blocks.append(Block(str(sent.questionnaire.check_page.title), signed))
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
