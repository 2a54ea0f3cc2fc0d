"""The end of the way: check your answers, send them, and what comes after."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intake.entry import entry_of, leave_entry
from intake.forms.signature import SignatureForm
from intake.locations import location_of, settings_of
from intake.mail.safe_ways import send_reference, ticked_safe
from intake.models import Drafting, Submission
from intake.questionnaire.for_another import name_in, worded_parts
from intake.questionnaire.in_short import Short, medicines, reaching
from intake.questionnaire.part_two import PART_TWO, left_in
from intake.questionnaire.skipped import Skipped, helping_most
from intake.questionnaire.summary import Block, with_kept_words
from intake.views.guard import READ_WRITE, address, public, with_draft, with_row
from intake.views.network import address_of
from intake.views.steps import steps_of


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
    parts = [
        replace(part, blocks=with_kept_words(part.blocks, draft.kept_as_typed))
        for part in draft.questionnaire.parts(answers, draft.screen, draft.spoken, unfinished)
    ]
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
        type(draft).submit(draft.pk, signed=form.to_signed())
    return HttpResponseRedirect(address(request, "done"))


@with_row
@require_safe
def done(request: HttpRequest, sent: Drafting) -> HttpResponse:
    """The reference number, ways to keep it, what happens next, and part two."""
    if sent.is_draft:
        return redirect(address(request, "tasks"))
    context: dict[str, object] = {"submission": sent, "person": sent.helped_person}
    if isinstance(sent, Submission):
        answers = sent.current
        context |= {
            "name": name_in(answers),
            "ways": () if entry_of(request) else tuple(ticked_safe(answers)),
            "steps": steps_of(sent, settings_of(location_of(request)), timezone.now()),
            "part_two": left_in(answers),
            "later": "intake:later-page",
        }
    return render(request, "intake/done.html", context)


@with_row
@require_POST
def send_number(request: HttpRequest, sent: Drafting) -> HttpResponse:
    """Send the reference number by a way that was ticked as safe; nothing else is offered, nor done."""
    if not isinstance(sent, Submission) or sent.is_draft or entry_of(request):
        return redirect(address(request, "tasks"))
    if send_reference(sent, request.POST.get("by", ""), address_of(request)):
        messages.success(request, _("The number is on its way to you. It may take a few minutes."))
    else:
        messages.warning(request, _("We could not send it now. Please write the number down."))
    return redirect("intake:done")


@with_row
@require_safe
def record(request: HttpRequest, sent: Drafting) -> HttpResponse:
    """Everything that was told, to print or keep; what was skipped is left out."""
    if sent.is_draft:
        return redirect(address(request, "tasks"))
    asked_of, answers = sent.questionnaire, sent.context(timezone.localdate())
    blocks = with_kept_words(asked_of.blocks(answers, sent.screen, sent.spoken), sent.kept_as_typed)
    blocks += PART_TWO.blocks(answers, sent.screen)
    blocks.append(asked_of.block_of(asked_of.check_page, answers, sent.screen))
    told = [block for block in map(_told, blocks) if block.answered]
    return render(request, "intake/record.html", {"submission": sent, "blocks": told})


def _told(block: Block) -> Block:
    """The block without the questions that have no answer."""
    return replace(
        block,
        rows=[row for row in block.rows if row.answer],
        entries=[[row for row in rows if row.answer] for rows in block.entries],
    )


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
