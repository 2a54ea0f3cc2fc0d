"""Are these the right medicines? Only what is unclear is asked, and only once."""

import secrets
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from intake.document import MOST_ENTRIES
from intake.forms.unclear import UnclearForm
from intake.models import Drafting
from intake.questionnaire.names import NEAR, SEVERAL, Unclear
from intake.questionnaire.page import Page
from intake.views import names
from intake.views.guard import READ_WRITE, page_or_404, with_draft
from intake.views.leaving import leave
from intake.views.rendering import render_page
from intake.views.ways import BACK, SAME, leaving_to, way_out, with_return

TEMPLATE = "intake/unclear.html"


@with_draft
@READ_WRITE
def unclear(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """Each yes is done at once, whichever button is pressed; who goes on is not asked again."""
    page, today = page_or_404(draft, slug), timezone.localdate()
    if page.names is None:
        raise Http404
    asked = draft.unclear(page)
    if not asked and request.method != "POST":
        return names.to_next(request, draft, page)
    form = UnclearForm(page, asked, request.POST if request.method == "POST" else None)
    leaving = leaving_to(request)
    if not form.is_bound or not (form.is_valid() or leaving):
        return render_page(request, draft, page, form, today, template=TEMPLATE)
    form.is_valid()
    draft = done(draft, page, form.yes_to(), () if leaving else asked)
    if leaving:
        near = {BACK: "page", SAME: "names"}.get(leaving)
        to = with_return(request, near, slug) if near else way_out(request, draft, page, leaving, today)
        return leave(request, draft, form, to)
    return (
        redirect(with_return(request, "names", slug))
        if draft.unclear(page)
        else names.to_next(request, draft, page)
    )


def done(draft: Drafting, page: Page, yes: Sequence[Unclear], asked: Sequence[Unclear]) -> Drafting:
    """The draft with what was said yes to; ``asked`` is not asked again."""
    for each in yes:
        if each.kind == NEAR:
            draft = type(draft).save_names(draft.pk, page, {each.key: each.instead})
        elif each.kind == SEVERAL:
            if len(draft.entries(page) or []) + len(each.parts) - 1 <= MOST_ENTRIES:
                keys = (each.key, *(secrets.token_hex(8) for _part in each.parts[1:]))
                draft = type(draft).save_names(draft.pk, page, dict(zip(keys, each.parts, strict=True)))
        else:
            draft = type(draft).remove_entry(draft.pk, page, each.key, only_named=True)
    if asked:
        draft = type(draft).note_asked(draft.pk, page, [each.mark for each in asked])
    return draft
