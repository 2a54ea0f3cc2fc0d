"""Finds the draft of this browser session, or answers with a clear page where there is none."""

from collections.abc import Callable
from functools import lru_cache, partial, wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, get_script_prefix, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.entry import entered_here, entry_of
from intake.fields import Kind
from intake.forms.fields import entry_questions, page_fields, questions_of
from intake.forms.names import box_count, box_names, name_part
from intake.forms.rows import RowsForm, is_rows
from intake.forms.stand_ins import covered, shown_fields
from intake.forms.widgets import DateParts
from intake.locations import settings_of
from intake.models import Changed, Drafting, Locked, Submission
from intake.questionnaire.for_another import worded
from intake.questionnaire.page import Page
from intake.questionnaire.shape import Questionnaire
from intake.questionnaire.summary import Row
from intake.views import away, languages
from intake.views.help_sections import levels_said, reading_of, said_in, sections_of

# The rows that pages fill in, by the namespace of the pages' addresses; the session keeps a row's id under it.
FILLED_IN: dict[str, type[Drafting]] = {"intake": Submission}
SESSION_KEY = "intake"
STATUS_KEY = "status"  # in the session: [id of the sent intake, until when (seconds since 1970)]
KEPT_KEY = "kept_on"  # in the session: the day on which it was last made to last as long as its draft
READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
SAVING = ("page", "entry", "more", "memory", "names", "help")  # the pages that save what was typed
ENTRY_PAGES = ("entry", "more")  # those of one entry of a list
MOST_TRIES = 20  # to save a page while other tabs save theirs


def space_of(request: HttpRequest) -> str:
    """The namespace of the address that was asked for, which says whose pages these are."""
    return match_of(request).namespace


def match_of(request: HttpRequest) -> ResolverMatch:
    """What the address that was asked for led to."""
    if request.resolver_match is None:
        raise Http404
    return request.resolver_match


def questionnaire_of(request: HttpRequest) -> Questionnaire:
    return FILLED_IN[space_of(request)].questionnaire


def address(request: HttpRequest, name: str, *args: str) -> str:
    """The address of the page ``name`` among those that fill in the same questionnaire."""
    return _address(get_script_prefix(), space_of(request), name, args)


@lru_cache(maxsize=1024)  # some hundred pages, and the entries of lists
def _address(_prefix: str, space: str, name: str, args: tuple[str, ...]) -> str:
    """Django looks for it among all patterns anew, and every page that is saved leads to another."""
    return reverse(f"intake:{name}", args=args, current_app=space)


def row_of(request: HttpRequest) -> Drafting | None:
    """The session's row, draft or sent; None for none, an expired one, and an id that makes no sense.

    Whether anything of it may be shown is for ``away`` to say: views take it from ``with_row`` or ``with_draft``.
    While staff enter one for a person on the phone it is that one or none, never the browser's own draft.
    """
    entry = entry_of(request)
    request.entry = entry  # type: ignore[attr-defined]  # the pages say so
    space = space_of(request)
    model, pk = FILLED_IN[space], request.session.get(space)
    try:
        found: Drafting | None
        if entry and model is Submission:
            found = entered_here(request, entry)
        else:
            found = model.read(pk) if pk else None
    except (ValidationError, ValueError, TypeError):
        return None
    if found is None or found.key_holder.is_erased:
        return None
    return found if found.is_alive(timezone.now()) or not found.is_draft else None


def keep_session(request: HttpRequest) -> bool:
    """Let the browser's session outlive the draft that is being saved, and the cookie of its forms; once a day.

    True where it did. Not for staff: theirs ends sooner, whatever they enter or have begun in the same browser.
    """
    today = timezone.now().date().isoformat()  # UTC's: any day does, and the clinic's costs a look-up
    if entry_of(request) or request.session.get(KEPT_KEY) == today or request.user.is_authenticated:
        return False
    request.session[KEPT_KEY] = today
    days = settings_of(None).draft_days + 1  # a draft's, and the day between two renewals
    request.session.set_expiry(days * 24 * 60 * 60)
    get_token(request)  # the response then renews the cookie of the forms, which kept pages do not
    return True


def public(view: Callable) -> Callable:
    """A view that patients reach without signing in; every such view is listed in one test."""
    return login_not_required(view)


def with_row(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the session's row to ``view``, draft or sent, once it is clear who is there."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        row = row_of(request)
        if row is None:
            return no_draft(request)
        return away.first(request, row, partial(view, request, row, *args, **kwargs))

    return guarded


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the session's draft to ``view``; a missing or sent one gets a page that says so."""

    def on_draft(request: HttpRequest, row: Drafting, *args, **kwargs) -> HttpResponse:
        if not row.is_draft:
            return already_sent(request)
        renewed = request.method == "POST" and keep_session(request)
        response = view(request, row, *args, **kwargs)
        return languages.renew(request, response) if renewed else response

    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        for _attempt in range(MOST_TRIES):
            row = row_of(request)
            if row is None:
                return no_draft(request)
            saves = row.is_draft and match_of(request).url_name in SAVING
            view_of = partial(on_draft, request, row, *args, **kwargs)
            try:
                return away.first(request, row, view_of, saves=saves)
            except (
                Changed
            ):  # in another tab, at this moment: what was posted is judged by what stands there now
                continue
            except Locked:
                return already_sent(request)
            except ObjectDoesNotExist:
                return no_draft(request)
        raise Changed

    return guarded


def for_the_person(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that only the person themselves has a use for: whoever enters a form for them is led back to it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect(address(request, "tasks")) if entry_of(request) else view(request, *args, **kwargs)

    return guarded


def page_or_404(draft: Drafting, slug: str) -> Page:
    """The page, in the words for whoever fills it in."""
    page = draft.questionnaire.by_slug.get(slug)
    if page is None:
        raise Http404
    return page if draft.helped_person is None else worded(page)


def no_draft(request: HttpRequest) -> HttpResponse:
    """There is no intake in this browser: it expired, was never started, or belongs to somebody else."""
    given = given_back(request)
    context = {"rows": given, **help_for(request)}
    return render(request, "intake/no_draft.html", context, status=410 if given else 404)


def help_for(request: HttpRequest) -> dict[str, object]:
    """The help that what was posted calls for, though it was not saved."""
    asked_of = questionnaire_of(request)
    said = said_in(asked_of, request.POST, timezone.localdate())
    levels = levels_said(asked_of, said)
    return {
        "sections": sections_of(levels) if levels else [],
        "reading": next(filter(None, map(reading_of, said)), ""),
    }


def already_sent(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return redirect(address(request, "done"))
    return render(request, "intake/already_sent.html", {"rows": given_back(request)}, status=409)


def given_back(request: HttpRequest) -> list[Row]:
    """The answers in a POST that can't be saved, in words, so that the person can copy them."""
    match, asked_of = match_of(request), questionnaire_of(request)
    page = (
        asked_of.help_page if match.url_name == "help" else asked_of.by_slug.get(match.kwargs.get("slug", ""))
    )
    if request.method != "POST" or page is None:
        return []
    if match.url_name in ENTRY_PAGES and page.entries:
        asked = [(question.key, question) for question in entry_questions(page)]
    elif match.url_name == "memory" and page.names and page.names.memory:
        ticked = {key for values in request.POST.lists() for key in values[1]}
        known = [row.name for row in page.names.memory.rows if row.key in ticked]
        return [Row(str(page.names.memory.heading), ", ".join(known), "memory")] if known else []
    elif is_rows(page, request.POST):
        asked = RowsForm(page, request.POST, answers={}).questions
    elif page.names:
        asked = [(name, name_part(page)) for name in box_names(page, box_count(page, request.POST))]
    else:
        every = (*questions_of(worded(page)), *questions_of(page))
        asked = list({name: question for name, _owner, question, _place in every}.items())
    rows = []
    for name, question in asked:
        if question.kind is Kind.DATE:
            typed = [request.POST.get(f"{name}_{part}", "") for part in DateParts.PARTS]
        else:
            words = {str(value): str(words) for value, words in question.choices}
            typed = [words.get(value, value) for value in request.POST.getlist(name)]
        if any(typed):
            rows.append(Row(str(question.question), " ".join(filter(None, typed)), name))
    return rows + _given_back_instead(request, page)


def _given_back_instead(request: HttpRequest, page: Page) -> list[Row]:
    """The same of the fields that stand for others."""
    rows = []
    for name, made in shown_fields(page).items() if covered(page) else ():
        if name not in page_fields(page) and any(typed := request.POST.getlist(name)):
            words = {str(value): str(words) for value, words in getattr(made, "choices", ())}
            rows.append(Row(str(made.label), ", ".join(words.get(value, value) for value in typed), name))
    return rows
