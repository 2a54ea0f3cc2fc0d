"""The questions: pages with one form, and lists that grow one entry at a time."""

import secrets
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.entry import entry_of
from intake.forms.pages import EntryForm, MoreForm, PageForm, SavedByPart, for_staff
from intake.models import Drafting
from intake.questionnaire.names import name_question
from intake.questionnaire.shape import Page
from intake.questionnaire.summary import entry_rows
from intake.views.guard import READ_WRITE, address, page_or_404, with_draft
from intake.views.helping import interrupts
from intake.views.page_cache import TEMPLATE, framed
from intake.views.ways import leaving_to, next_page, returning_to, with_return


@with_draft
@READ_WRITE
def page(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """One page of questions; saving it is the autosave."""
    page, today = page_or_404(draft, slug), timezone.localdate()
    if not draft.applies(page, today):
        return redirect(address(request, "tasks"))
    if page.entries:
        return _list(request, draft, page, today)
    form = form_of(page, draft, today, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render_page(request, draft, page, form, today)
    leaving, sound = leaving_to(request), form.is_valid()
    answers = form.to_answers() if sound else form.to_sound_answers()
    if sound or answers:
        # Who leaves may not have seen the whole page: it is finished when it is sent to go on.
        done = sound and (not leaving or page.slug in draft.saved_pages())
        language = form.cleaned_data.get("language", "")
        type(draft).save_page(draft.pk, page, answers, seen=draft, language=language, done=done)
    # Only what this page said counts: an unsafe answer of an earlier page has had its interruption. So has
    # one that was saved before, beside the fault that brings the page up again.
    anew = sound or draft.has_rung
    if interrupts(request, draft.questionnaire, answers, row=draft, shown=draft.helped, anew=anew):
        return redirect(with_return(request, "help", page.slug))
    if leaving:
        return _leave(request, form)
    if sound:
        return next_page(request, draft, page, today)
    return render_page(request, draft, page, form, today)


def form_of(page: Page, draft: Drafting, today: date, data=None) -> PageForm:
    return PageForm(page, draft.context(today), draft.screen, data, language=draft.language)


def render_page(request: HttpRequest, draft: Drafting, page: Page, form, today: date, **more) -> HttpResponse:
    """The page, made anew if anything stands on it besides the questions and their answers."""
    asked_of = draft.questionnaire
    place = asked_of.place_of(page, draft.pages(today))
    entered = entry_of(request)
    if entered and form is not None:
        form.helper = for_staff(form.helper)
    nothing_else = not (more or form.is_bound or entered or len(messages.get_messages(request)))
    if nothing_else:
        return framed(request, asked_of, form, place, returning_to(request))
    template = more.pop("template", TEMPLATE)
    return render(request, template, {"page": page, "form": form, "place": place, **more})


def _leave(request: HttpRequest, form: SavedByPart) -> HttpResponse:
    """Away from a page that was saved, naming the questions whose answer could not be."""
    if unclear := [f"“{form.fields[name].label}”" for name in form.unclear()]:
        messages.warning(
            request,
            _("We saved this page, but not your answer to %(questions)s: it was not clear.")
            % {"questions": ", ".join(unclear)},
        )
    return redirect(address(request, leaving_to(request)))


# --- Lists: medicines, therapies, allergies ----------------------------------------------------------


def _list(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """The entries so far as cards, and whether there is another one."""
    if request.method == "POST" and {"meant", "keep"} & request.POST.keys():
        return _answer_about_a_name(request, draft, page)
    entries = draft.entries(page) or []
    form = MoreForm(page, len(entries), request.POST if request.method == "POST" else None)
    leaving = leaving_to(request)
    if leaving and not (form.is_valid() and form.cleaned_data["more"] != "yes"):
        return redirect(address(request, leaving))
    if form.is_bound and form.is_valid():
        more = form.cleaned_data["more"]
        if more == "yes":
            return redirect(with_return(request, "entry", page.slug, secrets.token_hex(8)))
        # "No" with nothing in the list says "none"; "not sure" says nothing.
        none: dict[str, dict] = {}
        if more == "no" and not entries:
            none = {page.list_field.section: {page.list_field.key: []}}
        type(draft).save_page(draft.pk, page, none, seen=draft)
        return redirect(address(request, leaving)) if leaving else next_page(request, draft, page, today)
    cards = [
        {
            "key": key,
            "title": rows[0].answer or _("Not finished yet"),
            "rows": [row for row in rows[1:] if row.answer],
            "name": None if key == request.GET.get("kept") else name_question(entry),
        }
        for key, entry, rows in zip(
            draft.entry_keys(page),
            entries,
            [entry_rows(page.list_field, entry) for entry in entries],
            strict=True,
        )
    ]
    more = {"template": "intake/list.html", "cards": cards} if cards else {}
    return render_page(request, draft, page, form, today, **more)


def _answer_about_a_name(request: HttpRequest, draft: Drafting, page: Page) -> HttpResponse:
    """Yes puts the name that was meant in the place of the one that was typed; keeping it changes nothing."""
    back = with_return(request, "page", page.slug)
    key = request.POST.get("meant", "")
    known = _entry(draft, page, key)
    asked = name_question(known) if known else None
    if known and asked and asked.instead:
        type(draft).save_entry(draft.pk, page, key, {**known, "drug": asked.instead})
    kept = request.POST.get("keep", "")
    if kept in draft.entry_keys(page):
        return redirect(f"{back}{'&' if '?' in back else '?'}kept={kept}")
    return redirect(back)


@with_draft
@READ_WRITE
def entry(request: HttpRequest, draft: Drafting, slug: str, key: str) -> HttpResponse:
    """One entry of a list, new or known: the key in the address says which, however often it is sent."""
    page = _list_page(draft, slug)
    stored, today = _entry(draft, page, key), timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    form = EntryForm(page, stored, posted, today=today)
    leaving = leaving_to(request)
    if form.is_bound and (form.is_valid() or leaving):
        filled = form.to_entry() if form.is_valid() else form.to_sound_entry()
        if filled:
            draft = type(draft).save_entry(draft.pk, page, key, filled, done=form.is_valid())
        if leaving and (not filled or key in draft.entry_keys(page)):
            return _leave(request, form)
        if key in draft.entry_keys(page):
            return redirect(with_return(request, "page", page.slug))
        form.add_error(None, _("This list is full. Please tell us about the rest when we call you."))
    template = "intake/entry.html"
    return render_page(request, draft, page, form, today, template=template, known=stored is not None)


@with_draft
@READ_WRITE
def remove(request: HttpRequest, draft: Drafting, slug: str, key: str) -> HttpResponse:
    """Ask once, then take the entry out."""
    page = _list_page(draft, slug)
    if request.method == "POST":
        type(draft).remove_entry(draft.pk, page, key)
        return redirect(with_return(request, "page", page.slug))
    stored = _entry(draft, page, key)
    if stored is None:
        return redirect(with_return(request, "page", page.slug))
    return render_page(
        request,
        draft,
        page,
        None,
        timezone.localdate(),
        template="intake/remove.html",
        rows=entry_rows(page.list_field, stored),
    )


def _list_page(draft: Drafting, slug: str) -> Page:
    page = page_or_404(draft, slug)
    if page.entries is None:
        raise Http404
    return page


def _entry(draft: Drafting, page: Page, key: str) -> dict | None:
    keys = draft.entry_keys(page)
    return (draft.entries(page) or [])[keys.index(key)] if key in keys else None
