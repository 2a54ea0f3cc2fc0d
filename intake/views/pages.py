"""The questions: pages with one form, lists that grow one entry at a time, and the interruption page."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.entry import entry_of
from intake.fields import Answers
from intake.forms.pages import LEAVING, EntryForm, MoreForm, PageForm, SavedByPart, for_staff
from intake.models import Drafting
from intake.questionnaire.dangers import old_very_high_pressure
from intake.questionnaire.names import name_question
from intake.questionnaire.shape import Page, Questionnaire
from intake.questionnaire.summary import entry_rows
from intake.views.guard import address, page_or_404, with_draft
from intake.views.page_cache import TEMPLATE, framed

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
BACK_TO_CHECK = "check"


@with_draft
@READ_WRITE
def page(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """One page of questions; saving it is the autosave."""
    page = page_or_404(draft, slug)
    if not draft.applies(page, timezone.localdate()):
        return redirect(address(request, "tasks"))
    if page.entries:
        return _list(request, draft, page)
    form = form_of(page, draft, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render_page(request, draft, page, form)
    leaving, sound = _leaving(request), form.is_valid()
    answers = form.to_answers() if sound else form.to_sound_answers()
    if sound or answers:
        # Who leaves may not have seen the whole page: it is finished when it is sent to go on.
        done = sound and (not leaving or page.slug in draft.saved_pages())
        language = form.cleaned_data.get("language", "")
        type(draft).save_page(draft.pk, page, answers, seen=draft, language=language, done=done)
    # Only what this page said counts: an unsafe answer of an earlier page has had its interruption. So has
    # one that was saved before, beside the fault that brings the page up again.
    if draft.questionnaire.dangers_in(dated(answers)) and (sound or draft.has_rung):
        return redirect(_with_return(request, "help", page.slug))
    offer_resources(request, draft.questionnaire, answers)
    if leaving:
        return _leave(request, form)
    return next_page(request, draft, page) if sound else render_page(request, draft, page, form)


def form_of(page: Page, draft: Drafting, data=None) -> PageForm:
    context = draft.context(timezone.localdate())
    return PageForm(page, context, draft.screen, data, language=draft.language)


def render_page(request: HttpRequest, draft: Drafting, page: Page, form, **more) -> HttpResponse:
    """The page, made anew if anything stands on it besides the questions and their answers."""
    asked_of = draft.questionnaire
    place = asked_of.place_of(page, draft.pages(timezone.localdate()))
    entered = entry_of(request)
    if entered and form is not None:
        form.helper = for_staff(form.helper)
    nothing_else = not (more or form.is_bound or entered or len(messages.get_messages(request)))
    if nothing_else:
        return HttpResponse(framed(request, asked_of, form, place, _returning(request)))
    template = more.pop("template", TEMPLATE)
    return render(request, template, {"page": page, "form": form, "place": place, **more})


def dated(answers: Answers) -> Answers:
    """``answers`` with the day beside them on which they were given, which dangers read."""
    return {**answers, "today": timezone.localdate().isoformat()}


def offer_resources(request: HttpRequest, asked_of: Questionnaire, answers: Answers) -> None:
    """A box with places to get help for who tells of a concern, or is shown the page again after a danger."""
    answers = dated(answers)
    if asked_of.needs_resources(answers):
        messages.info(
            request,
            _("If any of this is hard right now, you can call or text 988 at any time. It is free."),
        )
    if old_very_high_pressure(answers):
        messages.info(
            request,
            _(
                "That blood pressure was very high. Have it measured again today or tomorrow. "
                "Call 911 for chest pain, weakness, or trouble seeing or speaking."
            ),
        )


def _leaving(request: HttpRequest) -> str:
    """The page that the pressed button leads away to, "" for the one to go on."""
    return next((name for name in LEAVING if name in request.POST), "")


def _leave(request: HttpRequest, form: SavedByPart) -> HttpResponse:
    """Away from a page that was saved, naming the questions whose answer could not be."""
    if unclear := [f"“{form.fields[name].label}”" for name in form.unclear()]:
        messages.warning(
            request,
            _("We saved this page, but not your answer to %(questions)s: it was not clear.")
            % {"questions": ", ".join(unclear)},
        )
    return redirect(address(request, _leaving(request)))


def next_page(request: HttpRequest, draft: Drafting, page: Page) -> HttpResponse:
    """To the next page; back to the list of answers if the person came from there."""
    if (to := request.GET.get("return")) in LEAVING:
        return redirect(address(request, to))
    pages = draft.pages(timezone.localdate())
    slugs = [each.slug for each in pages]
    following = pages[slugs.index(page.slug) + 1 :] if page.slug in slugs else pages
    if _returning(request):
        # A changed answer may bring up new questions: those first.
        new = next((each for each in following if each.slug not in draft.saved_pages()), None)
        return redirect(_with_return(request, "page", new.slug) if new else address(request, "check"))
    if following:
        return redirect(address(request, "page", following[0].slug))
    return redirect(address(request, "check"))


def _returning(request: HttpRequest) -> str:
    """Where the person came from and goes back to: the list of answers, or "" for nowhere in particular."""
    return BACK_TO_CHECK if request.GET.get("return") == BACK_TO_CHECK else ""


def _with_return(request: HttpRequest, name: str, slug: str, *more: str) -> str:
    place, to = address(request, name, slug, *more), _leaving(request) or _returning(request)
    return f"{place}?return={to}" if to else place


# --- Lists: medicines, therapies, allergies ----------------------------------------------------------


def _list(request: HttpRequest, draft: Drafting, page: Page) -> HttpResponse:
    """The entries so far as cards, and whether there is another one."""
    if request.method == "POST" and {"meant", "keep"} & request.POST.keys():
        return _answer_about_a_name(request, draft, page)
    entries = draft.entries(page) or []
    form = MoreForm(page, len(entries), request.POST if request.method == "POST" else None)
    leaving = _leaving(request)
    if leaving and not (form.is_valid() and form.cleaned_data["more"] != "yes"):
        return redirect(address(request, leaving))
    if form.is_bound and form.is_valid():
        more = form.cleaned_data["more"]
        if more == "yes":
            return redirect(_with_return(request, "entry", page.slug, secrets.token_hex(8)))
        # "No" with nothing in the list says "none"; "not sure" says nothing.
        none: dict[str, dict] = {}
        if more == "no" and not entries:
            none = {page.list_field.section: {page.list_field.key: []}}
        type(draft).save_page(draft.pk, page, none, seen=draft)
        return redirect(address(request, leaving)) if leaving else next_page(request, draft, page)
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
    return render_page(request, draft, page, form, **more)


def _answer_about_a_name(request: HttpRequest, draft: Drafting, page: Page) -> HttpResponse:
    """Yes puts the name that was meant in the place of the one that was typed; keeping it changes nothing."""
    back = _with_return(request, "page", page.slug)
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
    stored = _entry(draft, page, key)
    posted = request.POST if request.method == "POST" else None
    form = EntryForm(page, stored, posted, today=timezone.localdate())
    leaving = _leaving(request)
    if form.is_bound and (form.is_valid() or leaving):
        filled = form.to_entry() if form.is_valid() else form.to_sound_entry()
        if filled:
            draft = type(draft).save_entry(draft.pk, page, key, filled, done=form.is_valid())
        if leaving and (not filled or key in draft.entry_keys(page)):
            return _leave(request, form)
        if key in draft.entry_keys(page):
            return redirect(_with_return(request, "page", page.slug))
        form.add_error(None, _("This list is full. Please tell us about the rest when we call you."))
    return render_page(request, draft, page, form, template="intake/entry.html", known=stored is not None)


@with_draft
@READ_WRITE
def remove(request: HttpRequest, draft: Drafting, slug: str, key: str) -> HttpResponse:
    """Ask once, then take the entry out."""
    page = _list_page(draft, slug)
    if request.method == "POST":
        type(draft).remove_entry(draft.pk, page, key)
        return redirect(_with_return(request, "page", page.slug))
    stored = _entry(draft, page, key)
    if stored is None:
        return redirect(_with_return(request, "page", page.slug))
    return render_page(
        request,
        draft,
        page,
        None,
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


# --- The interruption page ----------------------------------------------------------------------------


@with_draft
@READ_WRITE
def help(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """Where to get help now, straight after an unsafe answer; nothing here has to be answered."""
    page = page_or_404(draft, slug)
    questions = draft.questionnaire.help_page
    form = form_of(questions, draft, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        type(draft).save_page(draft.pk, questions, form.to_answers(), seen=draft)
        if page.slug not in draft.saved_pages() and request.GET.get("return") not in LEAVING:
            return redirect(_with_return(request, "page", page.slug))
        return next_page(request, draft, page)
    context = {"form": form, "page": page, "number_known": draft.has_number}
    return render(request, "intake/help.html", context)
