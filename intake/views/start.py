"""The front door and the task list."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from intake.entry import entry_of
from intake.fields import Answers
from intake.fields.kinds import Text
from intake.fields.lookup import answer
from intake.locations import settings_of
from intake.models import Drafting, Submission, Try
from intake.questionnaire.for_another import worded
from intake.questionnaire.page import Page
from intake.questionnaire.places import Section
from intake.views import away, work
from intake.views.guard import SESSION_KEY, address, keep_session, public, row_of, with_draft
from intake.views.leaving import said_for_another
from intake.views.network import address_of

STARTING = "starting"  # what a browser works for, past a limit


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What this is; POST begins a draft, or goes on with the one this browser has."""
    try:
        draft = row_of(request)
    except DatabaseError:
        if request.method == "POST":
            raise
        draft = None  # the front page, with its numbers to call, stands whatever the database does
    # Of a form that nobody was at for a while this page says nothing.
    going_on = draft is not None and draft.is_draft and away.is_here(request, draft)
    if request.method != "POST":
        return render(
            request, "intake/start.html", {"going_on": going_on, "days": settings_of(None).draft_days}
        )
    entry = entry_of(request)
    if entry and not going_on:
        return redirect(entry["home"])
    if draft and draft.is_draft and away.is_away(request, draft) and away.ANEW not in request.POST:
        return redirect("intake:tasks")
    if not going_on:
        source = Submission.Source.WEB
        if not (work.is_done(request, STARTING) or Try.allowed(start=address_of(request), start_in_all="")):
            if not work.is_asked_for(request):
                return work.ask(request, STARTING, without=True)
            # Without JavaScript it is taken all the same, and staff see it: it may be a person in need.
            source = Submission.Source.CROWD
        begun = Submission.begun_for(another=said_for_another(request))
        draft = Submission.begin(language=(get_language() or "en")[:2], source=source, **begun)
        if request.session.session_key:  # whoever has none gets a new one in any case
            request.session.cycle_key()
        request.session[SESSION_KEY] = str(draft.pk)
        keep_session(request)
        first = draft.pages(timezone.localdate())[0]
        return away.stay(request, redirect("intake:page", first.slug), draft)
    return redirect("intake:tasks")


@with_draft
@require_safe
def tasks(request: HttpRequest, draft: Drafting) -> HttpResponse:
    """Welcome back: where the person stopped, one button on, and each section with how it stands."""
    today = timezone.localdate()
    rows = list(_rows(draft, draft.context(today)))
    stopped = next((row for row in rows if row["left"]), None)
    context = {
        "draft": draft,
        "rows": rows,
        "stopped": stopped,
        "on": _address_on(request, draft, stopped["page"]) if stopped else "",
        "stopped_at": _name_of(draft, stopped["section"], stopped["page"]) if stopped else "",
        "may_send": not draft.unfinished(today),
        "minutes": sum(row["section"].minutes for row in rows if row["left"]),
    }
    return render(request, "intake/tasks.html", context)


def _address_on(request: HttpRequest, draft: Drafting, page: Page) -> str:
    """Of the page where one goes on: of a list that of the entry about which something is still to come."""
    for name, key in draft.still_to_come(page) if page.entries else ():
        return address(request, name, page.slug, key)
    return address(request, "page", page.slug)


def _name_of(draft: Drafting, section: Section, page: Page) -> Text:
    """What a page is called in a sentence: a heading that is the stem of an instrument is too long for one."""
    own = page.heading if draft.helped_person is None else worded(page).heading
    return draft.questionnaire.headings.get((draft.screen, page.slug), own)


def _rows(draft: Drafting, answers: Answers) -> Iterator[dict]:
    """A row for each section of which something is asked, or that the person wanted to be left out."""
    asked_of, saved = draft.questionnaire, set(draft.saved_pages())
    pages = asked_of.pages_for(answers, draft.screen)
    for section in asked_of.sections:
        own = [page for page in pages if page.section == section.slug]
        if not own:
            if section.left_out_by and answer(answers, section.left_out_by):
                yield {"section": section, "left": [], "left_out": True}
            continue
        left = [
            page for page in own if page.slug not in saved or asked_of.missing_on(page, answers, draft.screen)
        ]
        yield {
            "section": section,
            "page": (left or own)[0],
            "left": left,
            "begun": len(left) < len(own) or any(_has_answers(draft, page) for page in own),
        }


def _has_answers(draft: Drafting, page: Page) -> bool:
    """Whether something of the page is stored, finished or not."""
    return any(field.key in draft.answers.get(field.section, {}) for field in page.fields)
