"""Lists: medicines, therapies, allergies. Each entry has a page of its own."""

import secrets
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from intake.document import MOST_ENTRIES
from intake.fields.kinds import Text
from intake.fields.lookup import answer
from intake.forms.entry import EntryForm
from intake.forms.more import MoreForm
from intake.forms.rows import is_rows
from intake.forms.trial_follow_up import FollowUpForm, entry_form
from intake.models import Drafting
from intake.questionnaire.names import name_question
from intake.questionnaire.page import Page
from intake.questionnaire.summary import Block, entry_rows, with_kept_words
from intake.views import listed, names, rows
from intake.views.guard import READ_WRITE, page_or_404, with_draft
from intake.views.languages import read_in
from intake.views.leaving import leave
from intake.views.rendering import render_page
from intake.views.ways import BACK, SAME, language_in, leaving_to, next_page, way_out, with_return


def entries_so_far(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """The entries so far as cards, and whether there is another one."""
    if request.method == "POST" and {"meant", "keep"} & request.POST.keys():
        return _answer_about_a_name(request, draft, page)
    entries = draft.entries(page) or []
    if page.names and (not entries or names.is_sent(request, page) or names.is_adding(request)):
        return names.names(request, draft, page, today)
    if page.names:
        return listed.listed(request, draft, page, today)
    if is_rows(page, request.POST) or (page.rows and not entries and request.method != "POST"):
        return rows.rows(request, draft, page, today)
    if request.method != "POST" and not entries and _had(draft, page):
        return redirect(_new_entry(request, page))
    return _more(request, draft, page, today)


def _more(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """Whether there is another one; what stands beside the list is saved, whichever button is pressed."""
    count = len(draft.entries(page) or [])
    form = MoreForm(page, count, draft.current, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _shown(request, draft, page, form, today)
    sound, leaving, more = form.is_valid(), leaving_to(request), form.cleaned_data.get("more")
    going_on = sound and not leaving and more != "yes"
    said = form.said_beside(blanks=going_on)
    if more == "no" and not count:  # "none"; "not sure" says nothing
        said.setdefault(page.list_field.section, {})[page.list_field.key] = []
    if said or going_on:
        done = going_on or page.slug in draft.saved_pages()
        type(draft).save_page(draft.pk, page, said, seen=draft, done=done)
    if leaving == SAME:  # a yes is no answer before the page is sent to go on
        form.forget_faults()
        return read_in(
            request, draft, language_in(request), partial(_shown, request, draft, page, form, today)
        )
    if leaving:
        return leave(request, draft, form, way_out(request, draft, page, leaving, today))
    if not sound:
        return _shown(request, draft, page, form, today)
    return next_page(request, draft, page, today) if going_on else redirect(_new_entry(request, page))


def _had(draft: Drafting, page: Page) -> bool:
    """Whether an earlier page says that there is something to tell here."""
    return bool(page.list_words.had) and answer(draft.current, page.list_words.had) == "yes"


def _new_entry(request: HttpRequest, page: Page) -> str:
    return with_return(request, "entry", page.slug, secrets.token_hex(8))


def _shown(request: HttpRequest, draft: Drafting, page: Page, form: MoreForm, today: date) -> HttpResponse:
    """The cards, and the question under them."""
    cards = _cards(request, draft, page)
    more = {"template": "intake/list.html", "cards": cards, **rows.carried(draft, page)} if cards else {}
    return render_page(request, draft, page, form, today, **more)


def _cards(request: HttpRequest, draft: Drafting, page: Page) -> list[dict]:
    """What was told of each entry, with what is unclear about its name."""
    entries = draft.entries(page) or []
    rows = [entry_rows(page.list_field, entry) for entry in entries]
    (told,) = with_kept_words([Block("", [], rows)], draft.kept_as_typed)
    return [
        {
            "key": key,
            "title": rows[0].answer or _("Not finished yet"),
            "rows": [row for row in rows[1:] if row.answer],
            "name": None if key == request.GET.get("kept") else name_question(entry),
        }
        for key, entry, rows in zip(draft.entry_keys(page), entries, told.entries, strict=True)
    ]


def _answer_about_a_name(request: HttpRequest, draft: Drafting, page: Page) -> HttpResponse:
    """Yes puts the name that was meant in the place of the one that was typed; keeping it changes nothing."""
    back = with_return(request, "page", page.slug)
    key = request.POST.get("meant", "")
    known = entry_with(draft, page, key)
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
    stored, today = entry_with(draft, page, key), timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    beside = draft.unread_beside(page, key)
    form = entry_form("entry", page)(page, stored, posted, today=today, unread=beside)
    leaving = leaving_to(request)
    if form.is_bound and not leaving and stored is None and _had(draft, page) and form.is_empty():
        return _on(request, draft, page, today)
    if form.is_bound and (form.is_valid() or leaving):
        # Who leaves the page of a name may not have seen it: it waits until it is sent to go on.
        done = form.is_valid() and not (leaving and key in draft.waiting(page))
        filled = form.to_entry() if done and not leaving else form.to_sound_entry()
        # An entry that was whole stays so, if what is blank now was said before.
        whole = bool(leaving) and stored is not None and form.is_whole() and key not in draft.waiting(page)
        if filled and not (leaving and filled == stored):
            follows = _follows(draft, page, key, filled, leaving) if done else None
            unread, done_now = form.to_unread(), done or whole
            draft = type(draft).save_entry(
                draft.pk, page, key, filled, done=done_now, follows=follows, unread=unread
            )
        if leaving and (not filled or key in draft.entry_keys(page)):
            first = _had(draft, page) and (draft.entry_keys(page) or [key])[:1] == [key]
            way = way_out(request, draft, page, leaving, today, key="" if first and leaving == BACK else key)
            return leave(request, draft, form, way, partial(_entry_page, request, draft, page, key, form))
        if key in draft.entry_keys(page):
            if done and ("more", key) in draft.still_to_come(page):
                return redirect(with_return(request, "more", page.slug, key))
            if _had(draft, page):
                another = request.POST.get("more") == "yes"
                return redirect(_new_entry(request, page)) if another else _on(request, draft, page, today)
            return names.to_next(request, draft, page)
        form.add_error(None, _full(page))
    return _entry_page(request, draft, page, key, form)


def _full(page: Page) -> Text:
    words = _("{list}: {most} is the most. Write the others in a message after you send")
    return format_lazy(words, list=page.title, most=MOST_ENTRIES)


def _entry_page(
    request: HttpRequest, draft: Drafting, page: Page, key: str, form: EntryForm, *, second: bool = False
) -> HttpResponse:
    named = names.named_again(draft, page, key) if second else names.named(draft, page, key)
    around: dict[str, object] = {"template": "intake/entry.html", **named}
    around["another"] = page.list_words.another if _had(draft, page) else ""
    if page.names and not second and entry_with(draft, page, key) is not None:
        around["remove"] = with_return(request, "remove", page.slug, key)
    return render_page(request, draft, page, form, form.today, **around)


def _on(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """To the next page: this list is told."""
    type(draft).save_page(draft.pk, page, {}, seen=draft)
    return next_page(request, draft, page, today)


def _follows(draft: Drafting, page: Page, key: str, entry: dict, leaving: str) -> bool:
    """Whether the second page of an entry comes next: it may have been there before, for who leaves."""
    words = page.follow_up
    if words is None or not words.asked_when(entry):
        return False
    return not leaving or ("more", key) in draft.still_to_come(page) or words.is_new(entry)


@with_draft
@READ_WRITE
def more(request: HttpRequest, draft: Drafting, slug: str, key: str) -> HttpResponse:
    """The second page of an entry, which the answers of the first bring up."""
    page, today = _list_page(draft, slug), timezone.localdate()
    stored, words = entry_with(draft, page, key), page.follow_up
    if words is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    if stored is None or (posted is None and not words.asked_when(stored)):
        if posted is not None:
            messages.warning(request, _("This was taken out of your list, so we did not save this page."))
        return redirect(with_return(request, "page", page.slug))
    names_of = zip(draft.entry_keys(page), draft.entries(page) or [], strict=True)
    others = [entry.get("drug", "") for other, entry in names_of if other != key]
    beside = draft.unread_beside(page, key)
    form = FollowUpForm(page, stored, posted, today=today, others=others, unread=beside)
    leaving = leaving_to(request)
    if form.is_bound and (form.is_valid() or leaving):
        done = form.is_valid() and not (leaving and ("more", key) in draft.still_to_come(page))
        filled = form.to_entry() if done and not leaving else form.to_sound_entry()
        if not (leaving and filled == stored):
            follows = False if done else None
            named, unread = key not in draft.waiting(page), form.to_unread()
            draft = type(draft).save_entry(
                draft.pk, page, key, filled, done=named, follows=follows, unread=unread
            )
        if not leaving:
            return names.to_next(request, draft, page)
        way = way_out(request, draft, page, leaving, today, key=key, second=True)
        again = partial(_entry_page, request, draft, page, key, form, second=True)
        return leave(request, draft, form, way, again)
    return _entry_page(request, draft, page, key, form, second=True)


@with_draft
@READ_WRITE
def remove(request: HttpRequest, draft: Drafting, slug: str, key: str) -> HttpResponse:
    """Ask once, then take the entry out."""
    page = _list_page(draft, slug)
    if request.method == "POST":
        type(draft).remove_entry(draft.pk, page, key)
        return redirect(with_return(request, "page", page.slug))
    stored = entry_with(draft, page, key)
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


def entry_with(draft: Drafting, page: Page, key: str) -> dict | None:
    """The entry with this key, None where there is none."""
    keys = draft.entry_keys(page)
    return (draft.entries(page) or [])[keys.index(key)] if key in keys else None
