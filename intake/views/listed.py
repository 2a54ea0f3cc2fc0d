"""The page of what was told of a list that begins with names: each entry in a few lines, and whether that is all."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse

from intake.fields.lookup import answer
from intake.forms.listed import ListedForm, count_field
from intake.models import Drafting
from intake.questionnaire.listed import told
from intake.questionnaire.page import Page
from intake.views import names
from intake.views.languages import read_in
from intake.views.leaving import leave
from intake.views.rendering import render_page
from intake.views.ways import SAME, language_in, leaving_to, next_page, way_out, with_return

TEMPLATE = "intake/listed.html"
MORE, ANOTHER = "more", "yes"  # the buttons, and the one of them that adds


def listed(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """The number of those not remembered is saved, whichever button is pressed."""
    count = answer(draft.current, count_field(page).path)
    form = ListedForm(page, count, request.POST if request.method == "POST" else None)
    if leaving_to(request) == SAME and not form.is_valid():
        form.forget_faults()
        return read_in(
            request, draft, language_in(request), partial(shown, request, draft, page, form, today)
        )
    to = _away(request, draft, page, today)
    if not form.is_bound or not (form.is_valid() or to):
        return shown(request, draft, page, form, today)
    sound, still = form.is_valid(), draft.still_to_come(page)
    answers = form.to_answers() if sound else {}
    if still and count is None and form.says_none():
        answers = {}  # the list comes again after the details: until then no tick says nothing
    if answers or not to:
        done = sound and not still and (not to or page.slug in draft.saved_pages())
        type(draft).save_page(draft.pk, page, answers, seen=draft, done=done)
    if to:
        return leave(request, draft, form, to)
    if still:
        return names.to_next(request, draft, page)
    return next_page(request, draft, page, today)


def _away(request: HttpRequest, draft: Drafting, page: Page, today: date) -> str:
    """Where a button leads that is not the one to go on, "" for that one."""
    if to := leaving_to(request):
        return way_out(request, draft, page, to, today)
    if request.POST.get(MORE) == ANOTHER:
        return names.adding(request, page)
    if names.MEMORY in request.POST:
        return with_return(request, names.MEMORY, page.slug)
    return ""


def shown(
    request: HttpRequest, draft: Drafting, page: Page, form: ListedForm, today: date, **more: object
) -> HttpResponse:
    entries, words = draft.entries(page) or [], form.words
    keys = draft.entry_keys(page)
    rows = [
        {
            "key": key,
            "told": told(page.list_field, entry),
        }
        for key, entry in zip(keys, entries, strict=True)
    ]
    heading = words.one if len(rows) == 1 else str(words.several).format(count=len(rows))
    around = {"template": TEMPLATE, "rows": rows, "listed": heading, **more}
    return render_page(request, draft, page, form, today, **around)
