"""Names that may help to remember: a tick is an entry, and what is an entry is ticked already."""

import secrets
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from intake.forms.memory import MemoryForm, memory_words
from intake.forms.names import name_part
from intake.models import Drafting
from intake.questionnaire.memory import same_medicine, ticked_by
from intake.questionnaire.page import Page
from intake.views import names
from intake.views.guard import READ_WRITE, address, page_or_404, with_draft
from intake.views.languages import read_in
from intake.views.leaving import leave
from intake.views.rendering import render_page
from intake.views.ways import BACK, language_in, leaving_to, next_page, with_return

TEMPLATE = "intake/memory.html"


@with_draft
@READ_WRITE
def memory(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """Each name that is ticked becomes an entry, whichever button is pressed."""
    page, today = page_or_404(draft, slug), timezone.localdate()
    if page.names is None or page.names.memory is None:
        raise Http404
    form = form_of(page, draft, request.POST if request.method == "POST" else None)
    leaves = leaving_to(request)
    if not form.is_bound or not (form.is_valid() or leaves):
        return _shown(request, draft, page, form, today)
    form.is_valid()
    draft, kept = _stored(draft, page, form)
    if kept:
        messages.info(request, str(form.words.kept).format(names=", ".join(kept)))
    if code := language_in(request):
        typed = form_of(page, draft, typed=request.POST)
        return read_in(request, draft, code, partial(_shown, request, draft, page, typed, today))
    if leaves:
        to = with_return(request, "page", slug) if leaves == BACK else address(request, leaves)
        return leave(request, draft, form, to)
    if draft.entries(page):
        return names.to_next(request, draft, page)
    type(draft).save_page(draft.pk, page, {}, seen=draft)
    return next_page(request, draft, page, today)


def _shown(request: HttpRequest, draft: Drafting, page: Page, form: MemoryForm, today: date) -> HttpResponse:
    return render_page(request, draft, page, form, today, template=TEMPLATE)


def form_of(page: Page, draft: Drafting, data=None, typed=None) -> MemoryForm:
    """The form beside the names that are entries now."""
    part = name_part(page).key
    texts = [entry.get(part, "") for entry in draft.entries(page) or []]
    return MemoryForm(page, ticked_by(memory_words(page).rows, texts), data, typed=typed)


def _stored(draft: Drafting, page: Page, form: MemoryForm) -> tuple[Drafting, list[str]]:
    """The draft with what was ticked and without what was taken back, and the names that stay all the same."""
    part, gone = name_part(page).key, form.taken_back()
    for key, entry in [*zip(draft.entry_keys(page), draft.entries(page) or [], strict=True)]:
        if entry.get(part) in gone:
            draft = type(draft).remove_entry(draft.pk, page, key, only_named=True)
    added = {secrets.token_hex(8): row.name for row in form.added()}
    if added:
        draft = type(draft).save_names(draft.pk, page, added, same=same_medicine)
    return draft, [entry[part] for entry in draft.entries(page) or [] if entry.get(part) in gone]
