"""A list that begins with names: all of them on one page, then the page of each entry in turn, then the list."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from intake.document import MOST_ENTRIES
from intake.forms.listed import count_field
from intake.forms.names import INSTEAD, NamesForm, box_names
from intake.models import Drafting
from intake.questionnaire.list_words import NEVER, NOT_SURE, UNKNOWN
from intake.questionnaire.names import in_full
from intake.questionnaire.page import Page
from intake.views.languages import read_in
from intake.views.leaving import leave
from intake.views.rendering import render_page
from intake.views.ways import BACK, language_in, leaving_to, next_page, way_out, with_return

TEMPLATE = "intake/names.html"
ADDING = "another"  # in the address
MEMORY = "memory"  # the page of names that may help, and the button that leads there


def is_adding(request: HttpRequest) -> bool:
    """Whether names are to be added to those that are known."""
    return ADDING in request.GET


def adding(request: HttpRequest, page: Page) -> str:
    """The address of the page of names for who adds some."""
    place = with_return(request, "page", page.slug)
    return f"{place}{'&' if '?' in place else '?'}{ADDING}=1"


def _known(request: HttpRequest, draft: Drafting, page: Page) -> int:
    """How many entries stand before those that are added."""
    return len(draft.entries(page) or []) if is_adding(request) else 0


def is_sent(request: HttpRequest, page: Page) -> bool:
    """Whether the page of names was posted: it may be sent twice, or once more from another tab."""
    posted = request.POST.keys()
    if page.names is None:
        return False
    return INSTEAD in posted or not posted.isdisjoint(box_names(page, MOST_ENTRIES))


def names(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """Each name becomes an entry, whichever button is pressed; only the one to go on finds faults."""
    if "add" in request.POST:
        known = _known(request, draft, page)
        return shown(request, draft, page, NamesForm(page, typed=request.POST, known=known), today)
    posted = request.POST if request.method == "POST" else None
    form = NamesForm(page, posted, never=draft.entries(page) == [], known=_known(request, draft, page))
    going, sound = _away(request, draft, page, today), form.is_valid()
    if not form.is_bound or not (sound or going):
        return shown(request, draft, page, form, today)
    if typed := form.names():
        draft = type(draft).save_names(draft.pk, page, typed)
        kept = [entry.get(form.words.key, "").casefold() for entry in draft.entries(page) or []]
        if not going and any(name.casefold() not in kept for name in typed.values()):
            form.add_error(None, str(form.words.full).format(most=MOST_ENTRIES))
            return shown(request, draft, page, form, today)
    elif not draft.entries(page):
        _say_instead(draft, page, form)
    if going:
        form_again = NamesForm(page, typed=request.POST, known=_known(request, draft, page))
        again = partial(shown, request, draft, page, form_again, today)
        if code := language_in(request):
            return read_in(request, draft, code, again)
        return leave(request, draft, form, going)
    if form.words.memory and form.chosen in (UNKNOWN, NOT_SURE):
        return redirect(with_return(request, MEMORY, page.slug))
    return to_next(request, draft, page) if draft.entries(page) else next_page(request, draft, page, today)


def _say_instead(draft: Drafting, page: Page, form: NamesForm) -> None:
    """What was chosen where no name was written: "never" is an empty list, and the others say nothing of it."""
    owner, never, count = page.list_field, form.chosen == NEVER, count_field(page)
    if form.chosen:
        said: dict[str, dict] = {owner.section: {owner.key: [] if never else None}}
        if never or draft.entries(page) == []:
            # Who never took one has forgotten none; who takes that back has said nothing of it.
            said.setdefault(count.section, {})[count.key] = 0 if never else None
        type(draft).save_page(draft.pk, page, said, seen=draft, done=never)


def _away(request: HttpRequest, draft: Drafting, page: Page, today: date) -> str:
    """Where a button leads that leaves the page, "" for the one to go on."""
    if to := leaving_to(request):
        if to == BACK and is_adding(request) and draft.entries(page):
            return with_return(request, "page", page.slug)
        return way_out(request, draft, page, to, today)
    if MEMORY in request.POST and page.names and page.names.memory:
        return with_return(request, MEMORY, page.slug)
    return ""


def to_next(request: HttpRequest, draft: Drafting, page: Page) -> HttpResponse:
    """To what is unclear of the names, then to the first entry about which something is still to come.

    After the last one to the list.
    """
    if page.names and draft.unclear(page):
        return redirect(with_return(request, "names", page.slug))
    for name, key in draft.still_to_come(page):
        return redirect(with_return(request, name, page.slug, key))
    return redirect(with_return(request, "page", page.slug))


def shown(request: HttpRequest, draft: Drafting, page: Page, form: NamesForm, today: date, **more: Any):
    return render_page(request, draft, page, form, today, template=TEMPLATE, **more)


def named(draft: Drafting, page: Page, key: str) -> dict[str, Any]:
    """What the page of an entry is called: its place among the others, and its name."""
    if page.names is None:
        return {}
    keys, entries = draft.entry_keys(page), draft.entries(page) or []
    number = keys.index(key) + 1 if key in keys else len(keys) + 1
    name = entries[number - 1].get(page.names.key) if key in keys else ""
    caption = str(page.names.caption).format(number=number, count=max(number, len(keys)))
    return {"caption": caption, "name": in_full(name) if name else "", "begins": number == 1}


def named_again(draft: Drafting, page: Page, key: str) -> dict[str, Any]:
    """What the second page of an entry is called."""
    words, first = page.follow_up, named(draft, page, key)
    if words is None or not first:
        return first
    title, heading = str(words.title).format(**first), str(words.heading).format(**first)
    return {"caption": first["caption"], "name": heading, "title": title}
