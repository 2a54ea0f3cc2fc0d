"""The page of a list whose first entries are written there, a row each."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from intake.document import MOST_ENTRIES
from intake.fields.kinds import Text
from intake.forms.rows import ADD, RowsForm
from intake.models import Drafting
from intake.questionnaire.listed import still_taken
from intake.questionnaire.names import name_question
from intake.questionnaire.page import Page
from intake.views.languages import read_in
from intake.views.leaving import leave
from intake.views.rendering import render_page
from intake.views.ways import language_in, leaving_to, next_page, way_out, with_return

TEMPLATE = "intake/rows_of_list.html"


def rows(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """Each row with a name becomes an entry, whichever button is pressed."""
    if ADD in request.POST:
        return shown(request, draft, page, typed_again(request, draft, page), today)
    posted = request.POST if request.method == "POST" else None
    chosen = "no" if draft.entries(page) == [] else ""
    asked, leaving = question_of(draft, page), leaving_to(request)
    form = RowsForm(page, posted, answers=draft.current, question=asked, chosen=chosen)
    if not form.is_bound or not (form.is_valid() or leaving):
        return shown(request, draft, page, form, today)
    sound, entries = form.is_valid(), form.entries()
    for key, entry in entries.items():
        draft = type(draft).save_entry(draft.pk, page, key, entry, done=sound and not leaving)
        if key not in draft.entry_keys(page) and not leaving:
            form.add_error(None, str(form.words.full).format(most=MOST_ENTRIES))
            return shown(request, draft, page, form, today)
    known = draft.entries(page)
    said = form.said_beside(blanks=sound and not leaving)
    if not known and (form.chosen == "no" or not leaving):
        # "No" with nothing in the list says "none"; "not sure" says nothing.
        none: list | None = [] if form.chosen == "no" else None
        said.setdefault(page.list_field.section, {})[page.list_field.key] = none
    if said or not leaving:
        done = page.slug in draft.saved_pages() if leaving else True
        type(draft).save_page(draft.pk, page, said, seen=draft, done=done)
    if leaving:
        again = partial(shown, request, draft, page, typed_again(request, draft, page), today)
        if code := language_in(request):
            return read_in(request, draft, code, again)
        return leave(request, draft, form, way_out(request, draft, page, leaving, today))
    if entries and any(name_question(entry) for entry in known or ()):
        return redirect(with_return(request, "page", page.slug))
    return next_page(request, draft, page, today)


def typed_again(request: HttpRequest, draft: Drafting, page: Page) -> RowsForm:
    """What was typed, not judged."""
    question = question_of(draft, page)
    return RowsForm(page, answers=draft.current, typed=request.POST, question=question)


def question_of(draft: Drafting, page: Page) -> Text:
    """Whether there are any, or any others than those told before."""
    if page.rows is None or not page.rows.other:
        return ""
    return page.rows.other if still_taken(draft.current) else ""


def carried(draft: Drafting, page: Page) -> Mapping[str, object]:
    """What was told before and need not be written again."""
    names = still_taken(draft.current) if page.rows and page.rows.carried else []
    return {"carried": names} if names else {}


def shown(
    request: HttpRequest, draft: Drafting, page: Page, form: RowsForm, today: date, **more: object
) -> HttpResponse:
    around = {"template": TEMPLATE, **carried(draft, page), **more}
    return render_page(request, draft, page, form, today, **around)
