"""Away from a page that is not finished: what is typed is saved unchecked, then the pressed button leads on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.forms.pages import PageForm, SavedByPart
from intake.forms.part_two import with_later
from intake.models import Drafting, Submission
from intake.models.for_another import CONSENT, HELPER
from intake.questionnaire.page import Page
from intake.views.guard import page_or_404
from intake.views.helping import interrupts
from intake.views.languages import read_in
from intake.views.ways import language_in, leaving_to, to_help, way_out, with_return

FOR = "for"  # posted by the buttons that say for whom the form is
MYSELF, SOMEONE_ELSE = "self", "someone_else"
NAME = "name"  # the page on which that can be said otherwise
MOST_NAMED = 3  # questions in one sentence


def leave(
    request: HttpRequest,
    draft: Drafting,
    form: SavedByPart,
    to: str,
    again: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """To the address ``to`` from a page that was saved, naming the questions whose answer could not be.

    For a language ``again`` shows the page as it was typed, where that could not be saved whole.
    """
    unclear, code = form.unclear(), language_in(request)
    if code and again and unclear:
        form.forget_faults()
        return read_in(request, draft, code, again)

    def away() -> HttpResponse:
        say(request, form, unclear)
        return redirect(to)

    return read_in(request, draft, code, away) if code else away()


def say(request: HttpRequest, form: SavedByPart, unclear: list[str]) -> None:
    """Which answers of a page that was left are not as they were typed."""
    if unclear:
        messages.warning(
            request,
            _("We saved this page, but not your answer to %(questions)s: it was not clear.")
            % {"questions": _named(form, unclear)},
        )
    blank = form.blanks()
    if len(blank) > MOST_NAMED:
        messages.info(
            request,
            _(
                "Some questions were blank on this page. We kept what you had told us before. "
                "To take an answer out, clear it and press the button to go on."
            ),
        )
    elif blank:
        messages.info(
            request,
            _(
                "This was blank: %(questions)s. We kept what you had told us before. "
                "To take it out, clear it and press the button to go on."
            )
            % {"questions": _named(form, blank)},
        )


def _named(form: SavedByPart, names: list[str]) -> str:
    return ", ".join(f"“{form.fields[name].label}”" for name in names)


def said_for_another(request: HttpRequest) -> bool | None:
    """Whether the pressed button says that the form is for somebody else; None where it says nothing of it."""
    return {MYSELF: False, SOMEONE_ELSE: True}.get(request.POST.get(FOR, ""))


def switched_to(request: HttpRequest, page: Page) -> str:
    """For whom the form is from now on, by the button that was pressed; "" for no such button."""
    known = page.slug == NAME and said_for_another(request) is not None
    return request.POST[FOR] if known else ""


def switch(request: HttpRequest, draft: Drafting, to: str, form: SavedByPart) -> HttpResponse:
    """Somebody else fills the form in: they say who they are, and agree for themselves, then this page again."""
    if isinstance(draft, Submission):
        Submission.fill_in_for(draft.pk, another=to == SOMEONE_ELSE)
    return leave(
        request, draft, form, with_return(request, "page", HELPER if to == SOMEONE_ELSE else CONSENT)
    )


def moved(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """A page that is gone leads to ``slug``, which asks its questions now; what was typed on it is kept.

    An unsafe answer on it rings, and its help comes first, as on any page.
    """
    page, today, to = page_or_404(draft, slug), timezone.localdate(), leaving_to(request)
    if request.method == "POST":
        form = PageForm(page, draft.context(today), draft.screen, request.POST)
        form.is_valid()
        if sound := with_later(form.to_sound_answers(), request.POST, draft.context(today)):
            done = slug in draft.saved_pages()
            type(draft).save_page(draft.pk, page, sound, seen=draft, done=done)
            said = draft.questionnaire, sound
            if draft.has_rung and interrupts(request, *said, row=draft, shown=draft.helped):
                return redirect(to_help(request, page))
    return redirect(way_out(request, draft, page, to, today) if to else with_return(request, "page", slug))
