"""How a page of questions is shown, and how it is left."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from intake.entry import entry_of
from intake.forms.pages import PageForm, SavedByPart, for_staff
from intake.models import Drafting
from intake.questionnaire.shape import Page
from intake.views.guard import address
from intake.views.page_cache import TEMPLATE, framed
from intake.views.ways import leaving_to, returning_to


def form_of(page: Page, draft: Drafting, today: date, data=None) -> PageForm:
    return PageForm(page, draft.context(today), draft.screen, data, language=draft.language)


def render_page(request: HttpRequest, draft: Drafting, page: Page, form, today: date, **more) -> HttpResponse:
    """The page, made anew if anything stands on it besides the questions and their answers."""
    asked_of = draft.questionnaire
    place = asked_of.place_of(page, draft.pages(today))
    entered = entry_of(request)
    if entered and form is not None and hasattr(form, "helper"):
        form.helper = for_staff(form.helper)
    nothing_else = not (more or form.is_bound or entered or len(messages.get_messages(request)))
    if nothing_else:
        return framed(request, asked_of, form, place, returning_to(request))
    template = more.pop("template", TEMPLATE)
    return render(request, template, {"page": page, "form": form, "place": place, **more})


def leave(request: HttpRequest, form: SavedByPart, to: HttpResponse | None = None) -> HttpResponse:
    """Away from a page that was saved (``to``, or where the button leads), naming the questions whose answer could not be."""
    if unclear := [f"“{form.fields[name].label}”" for name in form.unclear()]:
        messages.warning(
            request,
            _("We saved this page, but not your answer to %(questions)s: it was not clear.")
            % {"questions": ", ".join(unclear)},
        )
    return to or redirect(address(request, leaving_to(request)))
