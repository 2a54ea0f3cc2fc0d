"""The page for what could not be stored: it gives back all that was typed, and reads no row and no session.

The draft is out of reach, so an unsafe answer is found in what was posted alone, and its help stands first.
"""

from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone

from intake.forms.entry import EntryForm
from intake.forms.pages import PageForm
from intake.forms.trial_follow_up import entry_form
from intake.forms.unsaved import UnsavedForm
from intake.locations import location_of, settings_of
from intake.questionnaire.shape import Questionnaire
from intake.views.guard import ENTRY_PAGES, FILLED_IN
from intake.views.help_sections import levels_said, reading_of, said_in, sections_of
from intake.views.status import NOT_TYPED

RETRY_AFTER = 30  # seconds; the page speaks of a minute
HELPING = ("help", "status-help")
TEMPLATE = "unsaved.html"


def unsaved_page(request: HttpRequest, number: str, *, away: bool) -> str:
    """The whole page. ``number`` is the request's, to read out; ``away``: our records can't be reached or written."""
    typed, match, here = typed_in(request), _match_of(request), settings_of(location_of(request))
    asked_of = FILLED_IN[match.namespace].questionnaire if match and match.namespace in FILLED_IN else None
    said = said_in(asked_of, typed, timezone.localdate()) if asked_of and typed else []
    levels = levels_said(asked_of, said) if asked_of else {}
    wants_help = asked_of is not None and match is not None and match.url_name in HELPING
    sent = (
        [(name, value) for name, values in typed.lists() for value in values] if typed is not None else None
    )
    context = {
        "number": number,
        "away": away,
        "posted": request.method == "POST",
        "sections": sections_of(levels) if levels or wants_help else [],
        "unsafe": bool(levels),
        "reading": next(filter(None, map(reading_of, said)), ""),
        "form": _form(match, asked_of, typed, here.suicide_screen),
        "again": typed is not None,
        "sent": sent,
        "texts": [value for name, value in sent or () if is_text(name, value)],
        "address": request.get_full_path(),
        "csrf_token": get_token(request),
        "clinic": here,
    }
    return render_to_string(TEMPLATE, context)


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What a page of ours posted: neither its token nor a password; None where no page of ours posted anything.

    Another site's POST brings no cookie of ours (SameSite): nothing of it is repeated above a button.
    """
    ours = getattr(request, "csrf_processing_done", False) or "CSRF_COOKIE" in request.META
    if request.method != "POST" or not ours:
        return None
    typed = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and "password" not in name.lower():
            typed.setlist(name, values)
    return typed


def is_text(name: str, value: str) -> bool:
    """Whether a person may have typed it: then it stands on the page in plain sight, to be copied."""
    return name not in NOT_TYPED and not name.startswith(("_", "seen_")) and len(value.strip()) > 3


def _match_of(request: HttpRequest) -> ResolverMatch | None:
    try:
        return request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return None


def _form(
    match: ResolverMatch | None, asked_of: Questionnaire | None, typed: QueryDict | None, screen: str
) -> PageForm | EntryForm | None:
    """The form of the page it was typed into; None where that can't be made without the draft."""
    if asked_of is None or match is None or typed is None:
        return None
    page, today = asked_of.by_slug.get(match.kwargs.get("slug", "")), timezone.localdate()
    if page is None:
        return None
    if match.url_name == "page" and page.entries is None:
        return UnsavedForm(page, typed, screen, today=today)
    if match.url_name in ENTRY_PAGES and page.entries is not None:
        return entry_form(match.url_name, page)(page, None, typed, today=today)
    return None
