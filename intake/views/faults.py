"""Clear pages for what goes wrong before a view is reached."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone

from intake.forms.entry import EntryForm
from intake.forms.memory import MemoryForm
from intake.forms.names import NamesForm
from intake.forms.pages import PageForm
from intake.forms.rows import is_rows
from intake.forms.trial_follow_up import entry_form
from intake.forms.unclear import UnclearForm
from intake.models import Drafting
from intake.views import away, lists, memory, part_two, rows, unclear
from intake.views.answering import again
from intake.views.guard import ENTRY_PAGES, given_back, help_for, row_of
from intake.views.helping import draft_context
from intake.views.names import TEMPLATE, is_sent
from intake.views.rendering import form_of, render_page
from intake.views.status import sent_of
from intake.views.unsaved import is_text
from intake.views.ways import with_return

# Why a page was not taken: it was open for long, or the browser brought no cookie with it.
PAUSE, COOKIES = "pause", "cookies"


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose safety token does not fit, say after a long pause: shown again with what was typed.

    Nothing is saved. The session cookie never comes with another site's POST (SameSite), so a draft in
    the session means that the person's own page was sent.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return render(request, "403_csrf.html", status=403)
    if match.app_name != "intake":
        return render(request, "403_csrf.html", status=403)
    stale = PAUSE if brings_cookies(request) else COOKIES
    if (sent := sent_of(request)) is not None:
        context = again(match.url_name or "", sent, request.POST)
        if context is not None:
            template = f"intake/status/{match.url_name}.html"
            return render(request, template, {**context, "stale": stale}, status=403)
    if match.url_name in part_two.PLACES:
        page = part_two.again(request, match.url_name, match.kwargs["name"], stale)
        if page is not None:
            return page
    draft = row_of(request)
    if draft is None:
        return _without_form(request)
    if draft.is_draft and away.is_away(request, draft):
        return away.page(request, draft, status=403)
    shown = _page_again(request, draft, match, stale) if draft.is_draft else None
    if shown is None:
        return render(request, "403_csrf.html", status=403)
    shown.status_code = 403
    return shown


def _page_again(
    request: HttpRequest, draft: Drafting, match: ResolverMatch, stale: str
) -> HttpResponse | None:
    """The page of ``draft`` with what was typed into it; None for what is no page of questions."""
    page = draft.questionnaire.by_slug.get(match.kwargs.get("slug", ""))
    today = timezone.localdate()
    if page is None or not draft.applies(page, today):
        return None
    form: PageForm | EntryForm | NamesForm | MemoryForm | UnclearForm
    if match.url_name == "page" and page.entries is None:
        form, template = form_of(page, draft, today, request.POST), "intake/page.html"
    elif match.url_name in ENTRY_PAGES and page.entries is not None:
        made, known = entry_form(match.url_name, page), lists.entry_with(draft, page, match.kwargs["key"])
        form, template = made(page, known, request.POST, today=today), "intake/entry.html"
    elif match.url_name == "page" and is_sent(request, page):
        form, template = NamesForm(page, typed=request.POST), TEMPLATE
    elif match.url_name == "memory" and page.names is not None and page.names.memory is not None:
        form, template = memory.form_of(page, draft, typed=request.POST), memory.TEMPLATE
    elif match.url_name == "page" and is_rows(page, request.POST):
        written = rows.typed_again(request, draft, page)
        return rows.shown(request, draft, page, written, today, stale=stale)
    elif match.url_name == "names" and page.names is not None:
        form, template = UnclearForm(page, draft.unclear(page), request.POST), unclear.TEMPLATE
    elif match.url_name == "help":
        context = {**draft_context(request, draft, page, request.POST), "stale": stale}
        return render(request, "intake/help.html", context)
    else:
        return None
    back = with_return(request, "page", page.slug)
    return render_page(request, draft, page, form, today, template=template, stale=stale, back=back)


def _without_form(request: HttpRequest) -> HttpResponse:
    """No form is known in this browser: its cookies were cleared or are blocked. What it sent is given back."""
    ours = from_our_page(request)
    rows = given_back(request) if ours else []
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "blocked": not brings_cookies(request),
        "rows": rows,
        "texts": [value for name, value in sent if ours and not rows and is_text(name, value)],
        **(help_for(request) if ours else {}),
    }
    return render(request, "intake/no_draft.html", context, status=403)


def brings_cookies(request: HttpRequest) -> bool:
    return settings.CSRF_COOKIE_NAME in request.COOKIES


def from_our_page(request: HttpRequest) -> bool:
    """Whether the browser itself says that a page of ours sent this: another site's words are not repeated."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or own == request.headers.get("Origin")
