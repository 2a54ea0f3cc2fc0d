"""The questions: pages with one form, and lists that grow one entry at a time."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from intake.forms.part_two import with_later
from intake.models import Drafting
from intake.questionnaire.page import Page
from intake.views import lists, wishes
from intake.views.guard import READ_WRITE, address, page_or_404, with_draft
from intake.views.helping import interrupts
from intake.views.leaving import leave, moved, switch, switched_to
from intake.views.rendering import form_of, render_page
from intake.views.ways import SAME, leaving_to, next_page, to_help, way_out


@with_draft
@READ_WRITE
def page(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """One page of questions; saving it is the autosave."""
    if slug in draft.questionnaire.moved:
        return moved(request, draft, draft.questionnaire.moved[slug])
    page, today = page_or_404(draft, slug), timezone.localdate()
    if not draft.applies(page, today):
        return redirect(address(request, "tasks"))
    if page.entries:
        return lists.entries_so_far(request, draft, page, today)
    form = form_of(page, draft, today, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render_page(request, draft, page, form, today)
    switched = switched_to(request, page)
    leaving, sound, before = leaving_to(request) or switched, form.is_valid(), draft.answers
    # Who leaves may not have seen the whole page, or sees an old one: it is finished when it is sent to go on, and
    # until then a blank takes nothing out.
    done = form.is_whole() and page.slug in draft.saved_pages() if leaving else sound
    answers = form.to_answers() if sound and not leaving else form.to_sound_answers(stamped=done)
    answers = with_later(answers, request.POST, draft.context(today))
    unread = form.to_unread(blanks=sound and not leaving)
    if answers or unread or (sound and not leaving):
        kept = {"language": form.cleaned_data.get("language", ""), "unread": unread}
        type(draft).save_page(draft.pk, page, answers, seen=draft, done=done, **kept)
    wishes.note(request, draft, form, leaving=bool(leaving) or not sound)
    # Only what this page said counts: an unsafe answer of an earlier page has had its interruption. So has
    # one that was saved before, beside the fault that brings the page up again.
    anew, changed = sound or draft.has_rung, not leaving or draft.answers != before
    said = draft.questionnaire, answers
    if interrupts(request, *said, row=draft, shown=draft.helped, anew=anew, changed=changed):
        to = to_help(request, page)
        return leave(request, draft, form, to) if leaving else redirect(to)
    if switched:
        return switch(request, draft, switched, form)
    if leaving:
        again = partial(_again, request, draft, page, today) if leaving == SAME else None
        return leave(request, draft, form, way_out(request, draft, page, leaving, today), again)
    if sound:
        return next_page(request, draft, page, today)
    return render_page(request, draft, page, form, today)


def _again(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """The page as it was typed, unjudged."""
    form = form_of(page, draft, today, request.POST)
    form.forget_faults()
    return render_page(request, draft, page, form, today)
