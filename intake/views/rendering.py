"""How a page of questions is shown."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intake.entry import entry_of
from intake.forms.pages import PageForm
from intake.models import Drafting
from intake.questionnaire.page import Page
from intake.views import wishes
from intake.views.page_cache import LISTS, TEMPLATE, framed, who_reads
from intake.views.ways import returning_to


def form_of(page: Page, draft: Drafting, today: date, data=None) -> PageForm:
    wished = wishes.asked(draft) if page.wishes else None
    return PageForm(page, draft.context(today), draft.screen, data, wishes=wished, unread=draft.unread)


def render_page(request: HttpRequest, draft: Drafting, page: Page, form, today: date, **more) -> HttpResponse:
    """The page, made anew if anything stands on it besides the questions and their answers."""
    asked_of = draft.questionnaire
    place = asked_of.place_of(page, draft.context(today), draft.screen)
    entered = entry_of(request)
    template = more.pop("template", TEMPLATE)
    is_kept = not form.is_bound if template == TEMPLATE else template in LISTS and form.is_fresh
    if is_kept and not (more or entered or len(messages.get_messages(request))):
        return framed(request, asked_of, form, place, returning_to(request), draft.helped_person, template)
    said = {"page": page, "form": form, "place": place, **who_reads(page, place, draft.helped_person)}
    return render(request, template, said | more)
